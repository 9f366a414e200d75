package dev.namaskar.series.baseline;

/**
 * A rule on seasonally adjusted values, the season put back onto what it says.
 *
 * @param name in reports
 * @param season the season to take away, where there is one
 * @param settled whether the season was tested for, and the rule fitted, before
 * @param rule a rule for values without one
 */
record Adjusted(String name, int season, LocalMethod rule, boolean settled) implements LocalMethod {
    Adjusted(String name, int season, LocalMethod rule) {
        this(name, season, rule, false);
    }

    @Override
    public LocalMethod of(int steps) {
        return new Adjusted(name, steps, rule);
    }

    @Override
    public int shortest() {
        return rule.shortest();
    }

    @Override
    public LocalMethod settled(double[] values, int length) {
        SeasonalAdjustment adjustment = SeasonalAdjustment.of(values, length, season);
        return new Adjusted(name, adjustment.season(), rule.settled(adjustment.adjusted(), length), true);
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        if (!settled) {
            return settled(values, length).forecast(values, length, horizon);
        }
        SeasonalAdjustment adjustment = SeasonalAdjustment.by(values, length, season);
        return adjustment.seasonal(rule.forecast(adjustment.adjusted(), length, horizon));
    }
}
