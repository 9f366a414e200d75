package dev.namaskar.series;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How strongly series repeat themselves: the mean autocorrelation of their differences, whose own mean is taken away, so
 * that neither a trend nor a random walk passes for a season.
 */
final class SeasonDetector {
    private static final double STRONG = 0.4;

    /** A season is as good as another of several times its length, if it is nearly as strong. */
    private static final double NEARLY = 0.9;

    private static final int LONGEST = 366;
    private static final int LEAST_SEASONS = 3;
    private static final int MOST_SERIES = 100;

    private SeasonDetector() {}

    /** Whether the ups and downs themselves come back each season. */
    static boolean isStrong(List<Series> histories, int season) {
        return correlation(histories, season) > STRONG;
    }

    /**
     * The season of series whose clock tells none: the shortest strong lag that is nearly as strong as the strongest; 1
     * where none is strong. It has to stand out: of its neighbours, and of some shorter lag by half, as the second hour
     * of a day that goes up and down smoothly does not.
     */
    static int season(List<Series> histories) {
        List<Series> sample = histories.subList(0, Math.min(MOST_SERIES, histories.size()));
        int[] lengths = sample.stream().mapToInt(Series::length).sorted().toArray();
        int longest = lengths.length == 0 ? 0 : Math.min(LONGEST, lengths[lengths.length / 2] / LEAST_SEASONS);
        double[] strength = IntStream.range(0, longest + 2)
                .mapToDouble(lag -> lag == 0 ? 1 : correlation(sample, lag))
                .toArray();
        double strongest = STRONG;
        double weakest = 1;
        boolean[] standsOut = new boolean[strength.length];
        for (int lag = 1; lag <= longest; lag++) {
            standsOut[lag] = strength[lag] > strength[lag - 1]
                    && strength[lag] >= strength[lag + 1]
                    && weakest < strength[lag] / 2;
            strongest = standsOut[lag] ? Math.max(strongest, strength[lag]) : strongest;
            weakest = Math.min(weakest, strength[lag]);
        }
        double enough = Math.max(STRONG, NEARLY * strongest);
        return IntStream.rangeClosed(2, longest)
                .filter(lag -> standsOut[lag] && strength[lag] > enough)
                .findFirst()
                .orElse(1);
    }

    private static double correlation(List<Series> histories, int lag) {
        double sum = 0;
        int counted = 0;
        for (Series series : histories) {
            double[] values = series.raw();
            if (values.length <= 2 * lag) {
                continue;
            }
            double drift = (values[values.length - 1] - values[0]) / (values.length - 1);
            double products = 0;
            double squares = 0;
            for (int i = 1; i < values.length; i++) {
                double change = values[i] - values[i - 1] - drift;
                squares += change * change;
                products += i > lag ? change * (values[i - lag] - values[i - lag - 1] - drift) : 0;
            }
            if (squares > 0) {
                sum += products / squares;
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }
}
