package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.calendar.HolidayCalendar;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.StaticInput;
import dev.namaskar.series.transform.Transform;
import dev.namaskar.series.transform.Transforms;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that comes after an origin may touch a forecast made at it: not by a bit. */
class LeakageTest {
    private static final double[] LEVELS = {0.8, 0.95};

    /** A random table and a random way to forecast it. */
    record Case(long seed, Table table, ForecastSpec spec, Backtest backtest, Fitting fitting) {
        @Override
        public String toString() {
            return seed + " " + spec.transform() + " patch " + spec.patch() + " context " + spec.leastContext() + ".."
                    + spec.context() + " skips " + Arrays.toString(spec.lags()) + " known " + spec.known()
                    + " methods " + spec.methods() + (spec.missing() ? " missing" : "") + " layers "
                    + spec.recurrence().layers() + " observed " + spec.observed() + " calendar " + spec.calendar()
                    + (spec.holidays() == null ? "" : " holidays")
                    + (spec.statics().isEmpty() ? "" : " static")
                    + (backtest.refit() ? " refit" : "") + (table.aligned() ? " aligned" : " ragged") + " stride "
                    + backtest.stride();
        }
    }

    static Stream<Case> cases() {
        return IntStream.range(0, 56).mapToObj(LeakageTest::draw);
    }

    private static Case draw(int seed) {
        Random random = new Random(seed * 7919L + 5);
        List<String> transforms = Transforms.all().stream().map(Transform::name).toList();
        String transform = transforms.get(seed % transforms.size());
        int patch = 1 + random.nextInt(3);
        int context = patch * (2 + random.nextInt(4));
        int horizon = 1 + random.nextInt(5);
        boolean aligned = random.nextBoolean();
        int known = aligned ? random.nextInt(3) : 0;
        int observed = aligned ? random.nextInt(3) : 0;
        ForecastSpec.PointLoss loss = Transforms.named(transform).isAffine() && random.nextBoolean()
                ? ForecastSpec.PointLoss.SMAPE
                : ForecastSpec.PointLoss.MASE;
        ForecastSpec spec = ForecastSpec.of(horizon)
                .patch(patch)
                .context(context, random.nextBoolean() ? context : patch)
                .season(1 + random.nextInt(6))
                .lags(random.ints(random.nextInt(3), 1, context + 3).distinct().toArray())
                .transform(transform)
                .objective(loss)
                .recurrent(
                        List.of("rnn", "gru", "lstm").get(random.nextInt(3)),
                        3 + random.nextInt(4),
                        1 + random.nextInt(2),
                        random.nextBoolean() ? 0.2 : 0)
                .columns(names("k", known), names("o", observed), aligned ? calendar(random) : List.of())
                .methods(methods(random))
                .missing(random.nextInt(3) == 0);
        spec = random.nextInt(5) == 0 ? spec.recurrent("gru", 1, 0, 0) : spec;
        spec = aligned && random.nextInt(3) == 0 ? spec.holidays(HolidayCalendar.of("DE-BY", 1969, 1971)) : spec;
        Table table = table(random, aligned, known, observed, spec.missing());
        spec = random.nextInt(3) == 0
                ? spec.statics(StaticInput.fit(table.series(), List.of("kind", "size"), random.nextBoolean()))
                : spec;
        ForecastSpec other = spec.methods(List.of()).lags(2, 5).patch(2).context(6);
        spec = random.nextInt(3) == 0 ? spec.beside(other.recurrent("gru", 4, 1, 0)) : spec;
        Backtest backtest = new Backtest(
                horizon, 2 + random.nextInt(3), 1 + random.nextInt(6), random.nextBoolean(), LEVELS, spec.season());
        return new Case(seed, table, spec, backtest, fitting(9, random));
    }

    private static List<String> methods(Random random) {
        List<String> all =
                new ArrayList<>(List.of("theta", "dotm", "damped", "ets", "seasonal_naive", "naive2", "drift"));
        Collections.shuffle(all, random);
        List<String> some = new ArrayList<>(all.subList(0, Math.max(0, random.nextInt(6) - 2)));
        if (some.size() > 1) {
            some.add(random.nextInt(3), "combined");
        }
        return some;
    }

    private static List<Calendar> calendar(Random random) {
        List<Calendar> all = new ArrayList<>(List.of(Calendar.values()));
        Collections.shuffle(all, random);
        return all.subList(0, random.nextInt(4));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static Table table(Random random, boolean aligned, int known, int observed, boolean missing) {
        Frequency frequency = aligned ? Frequency.parse("day") : Frequency.parse("row");
        List<Series> series = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int s = 0; s < count; s++) {
            int length = s == 0 ? 70 + random.nextInt(30) : 25 + random.nextInt(60);
            int begin = aligned ? 100 - length - random.nextInt(3) : 0;
            long[] times = new long[length];
            Arrays.setAll(times, i -> aligned ? frequency.plus(0, begin + i) : i + 1);
            double[] values = random.doubles(length, 5, 9).toArray();
            for (int t = 0; missing && t < length; t++) {
                values[t] = random.nextInt(8) == 0 ? Double.NaN : values[t];
            }
            double[][] knownColumns = columns(random, known, length);
            double[][] observedColumns = columns(random, observed, length);
            series.add(Series.copyOf("s" + s, frequency, times, values, knownColumns, observedColumns)
                    .labelled(Map.of("kind", "k" + s % 2, "size", s + ".5")));
        }
        return new Table(series, frequency, aligned, aligned, names("k", known), names("o", observed), List.of());
    }

    private static double[][] columns(Random random, int count, int length) {
        double[][] columns = new double[count][];
        Arrays.setAll(columns, c -> random.doubles(length).toArray());
        return columns;
    }

    private static List<Forecaster> forecasters(Case c) {
        List<Forecaster> all =
                new ArrayList<>(LocalForecaster.baselines(c.spec().season()));
        all.add(0, new NetworkForecaster(c.spec(), c.fitting()).otherwise("standard"));
        return all;
    }

    private static Fitting fitting(long seed, Random random) {
        int members = 1 + random.nextInt(2);
        int windows = random.nextInt(5) - 1;
        int networks = random.nextInt(4);
        double heldOut = random.nextInt(3) == 0 ? 0.15 : 0;
        return Fitting.of(RunSettings.NONE
                        .withSteps(4)
                        .withOptimizer(OptimizerSpec.parse("adam:lr=0.01"))
                        .withStop(new EarlyStop(null, null, 2L))
                        .withData(new RunSettings.Data(4, heldOut))
                        .withThreads(1)
                        .withSeed(seed))
                .members(members)
                .calibration(windows < 0 ? null : windows, networks < 1 ? null : networks);
    }

    /** Other values from the fold's origin on: scaled, shuffled, or hostile. */
    private static Table disturbed(Table table, int[] lengths, Random random) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            Series s = table.series().get(i);
            double[] values = s.values();
            double[][] observed = new double[s.observed()][s.length()];
            for (int t = 0; t < s.length(); t++) {
                for (int o = 0; o < observed.length; o++) {
                    observed[o][t] = t < lengths[i] ? s.observed(o, t) : random.nextGaussian() * 1e6;
                }
                if (t >= lengths[i]) {
                    values[t] = switch (random.nextInt(values.length > 0 && s.hasMissing() ? 5 : 4)) {
                        case 4 -> Double.NaN;
                        case 0 -> -values[t];
                        case 1 -> values[t] * 1e9;
                        case 2 -> 0;
                        default -> random.nextDouble();
                    };
                }
            }
            double[][] known = new double[s.known()][s.reach()];
            for (int k = 0; k < known.length; k++) {
                int column = k;
                Arrays.setAll(known[k], t -> s.known(column, t));
            }
            series.add(Series.copyOf(s.id(), s.frequency(), s.times(), values, known, observed)
                    .labelled(s.labels()));
        }
        return with(table, series);
    }

    /** The same table of other series. */
    private static Table with(Table table, List<Series> series) {
        return new Table(
                series,
                table.frequency(),
                table.aligned(),
                table.timed(),
                table.known(),
                table.observed(),
                table.remarks());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changingTheFutureChangesNoForecast(Case c) {
        check(c, table -> forecasters(c));
    }

    private static void check(Case c, Function<Table, List<Forecaster>> forecasters) {
        int last = c.backtest().folds();
        BacktestReport before = c.backtest().run(c.table(), forecasters.apply(c.table()), note -> {});
        int fold = 1 + new Random(c.seed()).nextInt(last);
        // Later folds may see what was changed; with values the transform refuses they need not even run.
        Backtest upToFold = new Backtest(
                c.backtest().horizon(),
                fold,
                c.backtest().stride(),
                c.backtest().refit(),
                LEVELS,
                c.backtest().season());
        int[] lengths = c.backtest().origins(c.table())[fold - 1];
        Table shorter = shortened(disturbed(c.table(), lengths, new Random(c.seed() + 1)), c.backtest(), fold);
        BacktestReport after = upToFold.run(shorter, forecasters.apply(shorter), note -> {});

        assertSameForecasts(before, after, fold);
    }

    /** Cuts off the steps that only later folds are judged by, so that the same origins stand at the same places. */
    private static Table shortened(Table table, Backtest backtest, int fold) {
        int back = (backtest.folds() - fold) * backtest.stride();
        long end = table.series().stream()
                .mapToLong(s -> s.time(s.length() - 1))
                .max()
                .orElseThrow();
        List<Series> series = new ArrayList<>();
        for (Series s : table.series()) {
            int length = table.aligned() ? s.lengthBefore(table.frequency().plus(end, 1 - back)) : s.length() - back;
            series.add(s.upTo(length));
        }
        return with(table, series);
    }

    private static void assertSameForecasts(BacktestReport before, BacktestReport after, int fold) {
        List<BacktestReport.Result> expected =
                before.results().stream().filter(r -> r.fold() <= fold).toList();
        assertThat(expected).isNotEmpty().hasSameSizeAs(after.results());
        int compared = 0;
        for (int i = 0; i < expected.size(); i++) {
            BacktestReport.Result a = expected.get(i);
            BacktestReport.Result b = after.results().get(i);
            assertThat(b.model()).isEqualTo(a.model());
            if (a.fold() == fold) {
                Forecast was = a.outcome().forecast();
                Forecast is = b.outcome().forecast();
                assertThat(is.point()).as(a.model()).containsExactly(was.point());
                assertThat(is.lower()).as(a.model()).isDeepEqualTo(was.lower());
                assertThat(is.upper()).as(a.model()).isDeepEqualTo(was.upper());
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    /** What is chosen at the first origin, by a comparison inside the histories, knows nothing of what follows it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aChoiceByEvidenceSeesNoFuture(int seed) {
        Random random = new Random(seed);
        Table table = table(random, seed % 2 == 0, 0, 0, seed > 1);
        Backtest backtest = new Backtest(3, 1, 3, false, LEVELS, 0);
        Table other = disturbed(table, backtest.origins(table)[0], random);
        BacktestReport before = backtest.run(table, choosing(), List.of(), note -> {});
        BacktestReport after = backtest.run(other, choosing(), List.of(), note -> {});

        assertSameForecasts(before, after, 1);
        assertThat(before.results().get(0).outcome().actual())
                .isNotEqualTo(after.results().get(0).outcome().actual());
    }

    private static SeriesTraining choosing() {
        return SeriesModel.training().horizon(3).steps(4).threads(1);
    }

    /** Series of one clock that begin and end at times of their own. */
    @Test
    void anOriginIsOneMomentForAllSeries() {
        Frequency day = Frequency.parse("day");
        List<Series> series = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            int begin = 7 * s;
            long[] times = new long[60 - 9 * s];
            Arrays.setAll(times, i -> day.plus(0, begin + i));
            series.add(Series.copyOf("s" + s, day, times, new double[times.length], new double[0][], new double[0][]));
        }
        Table table = new Table(series, day, true, true, List.of(), List.of(), List.of());
        Backtest backtest = new Backtest(3, 8, 5, false, LEVELS, 1);
        int[][] origins = backtest.origins(table);
        long last = series.stream().mapToLong(s -> s.time(s.length() - 1)).max().orElseThrow();

        for (int fold = 0; fold < 8; fold++) {
            long moment = day.plus(last, 1 - 3 - 5L * (7 - fold));
            for (int s = 0; s < 4; s++) {
                Series one = series.get(s);
                int length = origins[fold][s];
                assertThat(length == 0 ? Long.MIN_VALUE : one.time(length - 1)).isLessThan(moment);
                assertThat(length == one.length() ? Long.MAX_VALUE : one.time(length))
                        .isGreaterThanOrEqualTo(moment);
            }
        }
    }

    @Test
    void noticesAForecasterThatPeeks() {
        Case c = draw(3);

        assertThatThrownBy(() -> check(c, table -> List.of(new Peeking(table)))).isInstanceOf(AssertionError.class);
        check(c, table -> List.of(LocalForecaster.baselines(1).get(0)));
    }

    /** The usual mistake: a scale that was fitted to everything. */
    private record Peeking(Table table) implements Forecaster {
        @Override
        public String name() {
            return "peeking";
        }

        @Override
        public int shortest() {
            return 1;
        }

        @Override
        public Fitted fit(List<Series> histories) {
            return (history, horizon, levels) -> {
                double mean = Arrays.stream(table.series(history.id()).values())
                        .filter(v -> !Double.isNaN(v))
                        .average()
                        .orElseThrow();
                double[] point = new double[horizon];
                Arrays.fill(point, mean);
                double[][] ends = new double[levels.length][horizon];
                return new Forecast(history.id(), new long[horizon], point, levels, ends, ends);
            };
        }
    }
}
