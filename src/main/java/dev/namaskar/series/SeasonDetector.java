package dev.namaskar.series;

import dev.namaskar.series.transform.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The season that series show without being told: the length whose lines stand out of their own spectrum.
 *
 * <p>For a length m the last {@code q m} values of a series, without their line, are looked at as waves. What comes back
 * every m steps lies in the waves number {@code q, 2q, 3q, ...} alone; the waves next to those numbers hold what does not.
 * For the first K harmonics the evidence is the generalised likelihood ratio that the line {@code P} is larger than the
 * mean {@code B} of its w neighbours, where powers of waves are exponential:
 *
 * <pre>
 * sum_k S [(w + 1) ln((P_k + w B_k) / (w + 1)) - ln P_k - w ln B_k] - c K,   P_k > B_k
 * </pre>
 *
 * <p>with powers averaged over S series. The comparison is with what lies beside, so neither a trend, a random walk nor a
 * cycle that keeps no time passes for a season, and noise of half the amplitude hides none. (The line test is that of
 * Thomson 1982, with neighbouring waves in the place of tapers.)
 */
final class SeasonDetector {
    private static final double STRONG = 0.4;

    /** Lengths that clocks and calendars bring: they need less evidence than the others. */
    private static final Set<Integer> USUAL = Set.of(4, 7, 12, 24, 48, 52, 96, 144, 168, 288, 336, 365);

    private static final double USUAL_BONUS = 1.15;

    /** Evidence in nats: {@code 5 + ln(lengths looked at)}, so that noise shows a season once in a few hundred tables. */
    private static final double ENOUGH = 5;

    private static final double LESS_FOR_USUAL = 2;

    /** How many times the lines' power is what lies beside them: with less a season is there, but of no use. */
    private static final double STANDS_OUT = 2;

    /** A part of a longer season is taken for it when it has this share of what the longer one explains. */
    private static final double USUAL_PART = 0.7;

    private static final double PART = 0.85;

    private static final int[] HARMONICS = {1, 2, 3, 4, 6};
    private static final double COST_OF_HARMONIC = 1.5;
    private static final int NEIGHBOURS = 5;

    private static final int LONGEST = 366;
    private static final int LEAST_SEASONS = 3;
    private static final int MOST_SEASONS = 12;
    private static final int MOST_SERIES = 100;
    private static final double MOST_WORK = 2e8;

    /** A series that moves by no more than the rounding of its values stands still. */
    private static final double STILL = 1e-9;

    /**
     * What was found for a length.
     *
     * @param length steps
     * @param evidence nats by which a season of this length is likelier than none
     * @param contrast how many times the season's lines stand over what lies beside them
     * @param explained share of the series' variance that the means of the season's steps explain, without what they
     *     explain by chance
     */
    record Season(int length, double evidence, double contrast, double explained) {
        /** No season. */
        static final Season NONE = new Season(1, 0, 0, 0);

        private static final double MOST_ODDS = 1e6;

        /** How sure it is, in words. */
        String text() {
            if (length == 1) {
                return "too long for the values to tell";
            }
            double odds = Math.exp(evidence);
            return String.format(
                    Locale.ROOT,
                    "%s to one by the values, %.0f %% of whose variance it explains",
                    odds >= MOST_ODDS
                            ? "over a million"
                            : String.format(Locale.ROOT, odds < 10 ? "%.1f" : "%,.0f", odds),
                    100 * Math.max(0, explained));
        }
    }

    /**
     * Powers of the lines of one length and beside them, summed over series.
     *
     * @param explained shares of the series' variances
     * @param neighbours mean number of waves beside a line
     */
    private record Powers(double[] lines, double[] beside, double explained, int series, double neighbours) {}

    private SeasonDetector() {}

    /** Whether the ups and downs themselves come back each season. */
    static boolean isStrong(List<Series> histories, int season) {
        return correlation(histories, season) > STRONG;
    }

    /** The season's length; 1 where there is none. */
    static int season(List<Series> histories) {
        return find(histories).length();
    }

    /** The season, with how sure it is. Of a day and a week that both show it is the day. */
    static Season find(List<Series> histories) {
        int[] lengths = histories.stream().mapToInt(Series::length).sorted().toArray();
        int typical = lengths.length == 0 ? 0 : lengths[lengths.length / 2];
        int longest = Math.min(LONGEST, typical / LEAST_SEASONS);
        List<double[]> sample = sample(histories, longest, typical);
        List<Season> found = new ArrayList<>();
        Season best = Season.NONE;
        for (int length = 2; length <= longest; length++) {
            Season season = season(sample, length);
            double enough = ENOUGH + Math.log(longest) - (USUAL.contains(length) ? LESS_FOR_USUAL : 0);
            if (season.evidence() > enough && season.contrast() > STANDS_OUT) {
                found.add(season);
                best = season.evidence() > best.evidence() ? season : best;
            }
        }
        for (Season part : found) {
            double share = USUAL.contains(part.length()) ? USUAL_PART : PART;
            if (best.length() % part.length() == 0 && part.explained() > share * best.explained()) {
                return part;
            }
        }
        return best;
    }

    /** What the series show of a season of this length. */
    static Season of(List<Series> histories, int length) {
        int[] lengths = histories.stream().mapToInt(Series::length).sorted().toArray();
        int typical = lengths.length == 0 ? 0 : lengths[lengths.length / 2];
        return length < 2 || typical < LEAST_SEASONS * length || length > LONGEST
                ? Season.NONE
                : season(sample(histories, length, typical), length);
    }

    /** The ends of as many series, from all over the table, as there is time for. */
    private static List<double[]> sample(List<Series> histories, int longest, int typical) {
        int reach = MOST_SEASONS * Math.max(longest, 1);
        double waves = HARMONICS[HARMONICS.length - 1] * (1 + 2.0 * NEIGHBOURS);
        double work = waves * longest * Math.min(typical, reach);
        int most = (int) Math.max(1, Math.min(MOST_SERIES, MOST_WORK / Math.max(1, work)));
        int count = Math.min(most, histories.size());
        List<double[]> sample = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double[] values =
                    histories.get((int) ((long) i * histories.size() / count)).raw();
            double[] filled = filled(Arrays.copyOfRange(values, Math.max(0, values.length - reach), values.length));
            if (filled.length > 0) {
                sample.add(filled);
            }
        }
        return sample;
    }

    /** Values that are missing stand on the line between their neighbours; those at the ends are left out. */
    private static double[] filled(double[] values) {
        int from = 0;
        int to = values.length;
        while (from < to && Double.isNaN(values[from])) {
            from++;
        }
        while (to > from && Double.isNaN(values[to - 1])) {
            to--;
        }
        double[] filled = Arrays.copyOfRange(values, from, to);
        int last = 0;
        for (int i = 1; i < filled.length; i++) {
            if (!Double.isNaN(filled[i])) {
                for (int gap = last + 1; gap < i; gap++) {
                    filled[gap] = filled[last] + (filled[i] - filled[last]) * (gap - last) / (i - last);
                }
                last = i;
            }
        }
        return filled;
    }

    private static Season season(List<double[]> sample, int length) {
        Powers powers = powers(sample, length);
        double evidence = 0;
        double contrast = 0;
        double sum = 0;
        double lines = 0;
        double beside = 0;
        int k = 0;
        for (int harmonics : HARMONICS) {
            if (harmonics > powers.lines().length || powers.series() == 0) {
                break;
            }
            for (; k < harmonics; k++) {
                sum += ratio(powers, k);
                lines += powers.lines()[k];
                beside += powers.beside()[k];
            }
            double standing = sum - COST_OF_HARMONIC * harmonics;
            if (standing > evidence) {
                evidence = standing;
                contrast = lines / beside;
            }
        }
        double explained = powers.explained() / Math.max(1, powers.series());
        return new Season(length, USUAL.contains(length) ? evidence * USUAL_BONUS : evidence, contrast, explained);
    }

    /** The log likelihood ratio of one harmonic. */
    private static double ratio(Powers powers, int k) {
        double w = powers.neighbours();
        double line = powers.lines()[k];
        double beside = Math.max(powers.beside()[k], STILL * STILL * line);
        return line > beside
                ? powers.series()
                        * ((w + 1) * Math.log((line + w * beside) / (w + 1)) - Math.log(line) - w * Math.log(beside))
                : 0;
    }

    private static Powers powers(List<double[]> sample, int length) {
        int harmonics = Math.min(HARMONICS[HARMONICS.length - 1], length / 2);
        double[] lines = new double[harmonics];
        double[] beside = new double[harmonics];
        double explained = 0;
        int series = 0;
        int neighbours = 0;
        for (double[] values : sample) {
            int seasons = values.length / length;
            double[] y = seasons < LEAST_SEASONS ? null : standardized(values, seasons * length);
            if (y == null) {
                continue;
            }
            int reach = Math.min(seasons - 1, NEIGHBOURS);
            series++;
            explained += explained(y, length);
            neighbours += 2 * reach;
            for (int k = 0; k < harmonics; k++) {
                int line = (k + 1) * seasons;
                lines[k] += power(y, line);
                for (int off = 1; off <= reach; off++) {
                    // A spectrum that falls with the frequency, as that of a walk does, is made level.
                    double below = power(y, line - off) * (line - off) / line;
                    double above = power(y, line + off) * (line + off) / line;
                    beside[k] += (below + above) / (2 * reach);
                }
            }
        }
        return new Powers(lines, beside, explained, series, (double) neighbours / Math.max(1, series));
    }

    /** The last values without their line, in units of their own deviation; null where nothing is left. */
    private static double @Nullable [] standardized(double[] values, int count) {
        double[] y = Arrays.copyOfRange(values, values.length - count, values.length);
        double mean = Moments.mean(y, 0, count);
        double middle = (count - 1) / 2.0;
        double slope = 0;
        double size = 0;
        double squares = 0;
        for (int t = 0; t < count; t++) {
            slope += (t - middle) * (y[t] - mean);
            squares += (t - middle) * (t - middle);
            size = Math.max(size, Math.abs(y[t]));
        }
        slope /= squares;
        for (int t = 0; t < count; t++) {
            y[t] -= mean + slope * (t - middle);
        }
        double deviation = Moments.deviation(y, 0, 0, count);
        if (!(deviation > STILL * size)) {
            return null;
        }
        for (int t = 0; t < count; t++) {
            y[t] /= deviation;
        }
        return y;
    }

    /** {@code 1 - (within / (n - m)) / (all / n)} of values with a mean of 0 and a variance of 1. */
    private static double explained(double[] y, int length) {
        double[] means = new double[length];
        for (int t = 0; t < y.length; t++) {
            means[t % length] += y[t] * length / y.length;
        }
        double within = 0;
        for (int t = 0; t < y.length; t++) {
            within += (y[t] - means[t % length]) * (y[t] - means[t % length]);
        }
        return 1 - within / (y.length - length);
    }

    /** {@code |sum_t y(t) e^(-2 pi i wave t / n)|^2 / n} (Goertzel 1958: two additions and a product a value). */
    private static double power(double[] y, int wave) {
        double twice = 2 * Math.cos(2 * Math.PI * wave / y.length);
        double one = 0;
        double two = 0;
        for (double v : y) {
            double next = v + twice * one - two;
            two = one;
            one = next;
        }
        return (one * one + two * two - twice * one * two) / y.length;
    }

    /** Mean autocorrelation of differences whose own mean is taken away. */
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
