package dev.namaskar.series.evaluate;

/**
 * A value beside what had been forecast of it.
 *
 * @param series the series' name
 * @param index its place in the series
 * @param time its time
 * @param actual the value
 * @param forecast the median
 * @param lower the lower end of the interval
 * @param upper its upper end
 * @param score how far out it lies, in deviations of a normal distribution on the forecast's own line of quantiles: 1.96 at
 *     the upper end of the interval of 95 %, negative below the median
 * @param pValue how seldom a value lies as far out, where nothing strange happens
 * @param qValue the least rate of false discoveries at which it is one
 * @param anomaly whether that is less than the rate asked for
 */
public record ScoredValue(
        String series,
        int index,
        long time,
        double actual,
        double forecast,
        double lower,
        double upper,
        double score,
        double pValue,
        double qValue,
        boolean anomaly) {}
