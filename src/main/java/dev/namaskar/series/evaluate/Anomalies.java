package dev.namaskar.series.evaluate;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.interval.QuantileLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The values of a table that a forecaster did not expect. Every value that has enough history is forecast from what came
 * before it, so many steps ahead; how far out it lies on the forecast's line of quantiles is its score. Scores are
 * divided by the median of their series' where that has enough of them, ranked over all series together
 * ({@link TailRanks}), and a share of false ones among all discoveries is held (Benjamini and Hochberg).
 *
 * <p>What follows a strange value is forecast from it and looks strange too. So the first of each stretch is found, taken
 * for missing and its place for what was forecast, and all is scored again, until nothing more is found or
 * {@value #ROUNDS} rounds are over. Missing values have no score.
 *
 * <pre>{@code
 * Anomalies found = Anomalies.of(model, table, 1, 0.05);
 * for (ScoredValue value : found.found()) System.out.println(value);
 * }</pre>
 *
 * @param scored all values that have a score, series by series in the order of their times
 * @param rate the share of false ones that is accepted among those found
 * @param step steps between the last value that a forecast sees and the one that it is scored by
 * @param level of the intervals beside the values
 */
public record Anomalies(List<ScoredValue> scored, double rate, int step, double level) {
    /** With fewer scores than this nothing can be said. */
    public static final int LEAST_SCORES = 40;

    private static final int ROUNDS = 6;
    private static final int LEAST_OF_SERIES = 50;
    /** Seasons of history from which on it makes no difference how many there are. */
    private static final int MATURE = 4;

    private static final int LEAST_YOUNG = 5;
    private static final double[] LEVELS = {0.5, 0.8, 0.95};
    private static final double NORMAL_MEDIAN = 0.6744897501960817;

    /** Copies the list. */
    public Anomalies {
        scored = List.copyOf(scored);
    }

    /**
     * Scores a table.
     *
     * @param step 1 for a forecast from all values before, up to the model's horizon
     * @param rate the share of false ones that is accepted among those found, such as 0.05
     * @throws IllegalArgumentException where the table is not what the model reads, or holds too little
     */
    public static Anomalies of(SeriesModel model, Table table, int step, double rate) {
        if (step < 1 || step > model.spec().horizon()) {
            throw new IllegalArgumentException("expected a `step` of 1 to the model's horizon of "
                    + model.spec().horizon() + ", found " + step);
        }
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("expected a `rate` between 0 and 1, found " + rate);
        }
        return new Rounds(model, table.series(), step, rate).run();
    }

    /** Those that were found, the strangest first. */
    public List<ScoredValue> found() {
        return scored.stream()
                .filter(ScoredValue::anomaly)
                .sorted((a, b) -> Double.compare(a.pValue(), b.pValue()))
                .toList();
    }

    /** Scoring, finding and scoring again. */
    private static final class Rounds {
        private final SeriesModel model;
        private final List<Series> series;
        private final int step;
        private final double rate;
        private final List<Series> cleaned = new ArrayList<>();
        private final List<BitSet> strange = new ArrayList<>();
        private final int echo;

        Rounds(SeriesModel model, List<Series> series, int step, double rate) {
            this.model = model;
            this.series = series;
            this.step = step;
            this.rate = rate;
            int longest = Arrays.stream(model.spec().lags()).max().orElse(1);
            echo = Math.max(Math.max(longest, model.spec().season()), step);
            for (Series one : series) {
                cleaned.add(one);
                strange.add(new BitSet());
            }
        }

        Anomalies run() {
            List<ScoredValue> scored = score();
            for (int round = 1; round < ROUNDS && clean(scored); round++) {
                scored = score();
            }
            return new Anomalies(scored, rate, step, LEVELS[LEVELS.length - 1]);
        }

        /** Replaces the first strange value of each stretch by its forecast; false where there is none that was not. */
        private boolean clean(List<ScoredValue> scored) {
            int at = 0;
            boolean any = false;
            for (int s = 0; s < series.size(); s++) {
                double[] values = cleaned.get(s).values();
                int last = Integer.MIN_VALUE / 2;
                boolean changed = false;
                while (at < scored.size()
                        && scored.get(at).series().equals(series.get(s).id())) {
                    ScoredValue value = scored.get(at++);
                    if (value.anomaly() && !strange.get(s).get(value.index()) && value.index() > last + echo) {
                        last = value.index();
                        strange.get(s).set(last);
                        values[last] = value.forecast();
                        changed = true;
                    }
                }
                if (changed) {
                    cleaned.set(s, cleaned.get(s).withValues(values));
                    any = true;
                }
            }
            return any;
        }

        private List<ScoredValue> score() {
            List<Series> from = new ArrayList<>();
            List<Integer> origins = new ArrayList<>();
            List<Integer> of = new ArrayList<>();
            for (int s = 0; s < series.size(); s++) {
                Series one = series.get(s);
                for (int t = model.spec().shortest() + step - 1; t < one.length(); t++) {
                    if (!Double.isNaN(one.value(t)) && reaches(one, t - step + 1)) {
                        from.add(cleaned.get(s));
                        origins.add(t - step + 1);
                        of.add(s);
                    }
                }
            }
            if (from.size() < LEAST_SCORES) {
                throw new IllegalArgumentException("expected at least " + LEAST_SCORES
                        + " values with enough history to be forecast ("
                        + (model.spec().shortest() + step - 1)
                        + " before each), found " + from.size());
            }
            List<Forecast> forecasts =
                    model.forecastAt(from, origins.stream().mapToInt(i -> i).toArray(), step, LEVELS);
            double[] scores = new double[forecasts.size()];
            for (int i = 0; i < scores.length; i++) {
                double actual = series.get(of.get(i)).value(origins.get(i) + step - 1);
                double out = QuantileLine.of(forecasts.get(i), step - 1).distance(actual);
                scores[i] = actual < forecasts.get(i).point()[step - 1] ? -out : out;
            }
            return scored(forecasts, origins, of, scores);
        }

        /** Whether columns known ahead reach as far as a forecast from an origin reads them. */
        private boolean reaches(Series one, int origin) {
            return one.known() == 0 || one.reach() >= origin + model.spec().horizon();
        }

        private List<ScoredValue> scored(
                List<Forecast> forecasts, List<Integer> origins, List<Integer> of, double[] scores) {
            double[] distances = distances(of, scores);
            settleYoung(origins, distances);
            TailRanks ranks = new TailRanks(distances);
            double[] p = Arrays.stream(distances).map(ranks::pValue).toArray();
            double[] q = FalseDiscovery.adjusted(p);
            List<ScoredValue> scored = new ArrayList<>();
            int widest = LEVELS.length - 1;
            for (int i = 0; i < p.length; i++) {
                Series one = series.get(of.get(i));
                Forecast said = forecasts.get(i);
                int t = origins.get(i) + step - 1;
                scored.add(new ScoredValue(
                        one.id(),
                        t,
                        one.time(t),
                        one.value(t),
                        said.point()[step - 1],
                        said.lower()[widest][step - 1],
                        said.upper()[widest][step - 1],
                        scores[i],
                        p[i],
                        q[i],
                        q[i] <= rate));
            }
            return scored;
        }

        /**
         * Of a history of few seasons less is known than forecasts of longer ones say: where distances are larger from
         * origins in its second, third or fourth season, they are divided by as much.
         */
        private void settleYoung(List<Integer> origins, double[] distances) {
            int season = model.spec().season();
            double usual = median(Arrays.stream(distances));
            for (int age = 1; age < MATURE && usual > 0; age++) {
                int seasons = age;
                IntPredicate young = i -> origins.get(i) / season == seasons;
                double own = median(
                        IntStream.range(0, distances.length).filter(young).mapToDouble(i -> distances[i]));
                for (int i = 0; i < distances.length && own > usual; i++) {
                    distances[i] *= young.test(i) ? usual / own : 1;
                }
            }
        }

        /** The median of those above nought, or 0 of too few. */
        private static double median(DoubleStream distances) {
            double[] sorted = distances.filter(d -> d > 0).sorted().toArray();
            return sorted.length < LEAST_YOUNG ? 0 : sorted[sorted.length / 2];
        }

        /** Without sign, in units of what is usual for the series. */
        private double[] distances(List<Integer> of, double[] scores) {
            double[] distances = new double[scores.length];
            for (int begin = 0, end; begin < scores.length; begin = end) {
                end = begin;
                while (end < scores.length && of.get(end).equals(of.get(begin))) {
                    distances[end] = Math.abs(scores[end]);
                    end++;
                }
                double[] own = Arrays.copyOfRange(distances, begin, end);
                Arrays.sort(own);
                double median = own[own.length / 2];
                if (own.length >= LEAST_OF_SERIES && median > 0) {
                    for (int i = begin; i < end; i++) {
                        distances[i] *= NORMAL_MEDIAN / median;
                    }
                }
            }
            return distances;
        }
    }
}
