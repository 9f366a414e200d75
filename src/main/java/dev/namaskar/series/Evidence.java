package dev.namaskar.series;

import dev.namaskar.series.baseline.LocalMethod;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.network.RawForecasts;
import dev.namaskar.series.network.SettledMethods;
import dev.namaskar.series.network.WindowSource;
import dev.namaskar.series.transform.Moments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The choice among specifications by what they do: each is trained briefly on the histories without their ends, and
 * forecasts these. Nothing but the histories is looked at, so a choice made at an origin knows nothing of what follows it.
 *
 * <p>A forecast's score is the mean of its scaled and its relative error, each in units of the first candidate's. The first
 * candidate is the one that holds up on most tables; another is taken only where it is better by two percent, a local method
 * alone where it is better by ten, and by more than chance makes it.
 */
final class Evidence {
    private static final long STEPS = 400;

    /** A step of a few patches costs little, and what reads whole seasons learns later. */
    private static final long STEPS_OF_PATCHES = 1000;

    private static final int MOST_SERIES = 400;
    private static final int MOST_WINDOWS = 400;
    private static final double HELD_OUT = 0.4;
    private static final int ORIGINS = 5;
    private static final double LEAST_GAIN = 0.02;

    /** A mean of two kinds is seldom worse than either, whatever chance has a part in the gain. */
    private static final double LEAST_GAIN_OF_MEANS = 0.005;

    /** One method by itself has to be far ahead: of many, one is a little ahead by chance, and a mix can trust it as well. */
    private static final double LEAST_GAIN_ALONE = 0.1;

    /** The probability that a gain is no chance, at least. */
    private static final double SURE = 0.9;

    private final List<Series> past = new ArrayList<>();
    private final List<RawForecasts.At> windows = new ArrayList<>();
    private final double[] scales;
    private final int horizon;
    private final int season;

    /** The shortest history that the first candidate forecasts: one that needs more cannot be taken for all. */
    private final int shortest;

    private Evidence(List<Series> histories, ForecastSpec first, int earliest) {
        horizon = first.horizon();
        season = first.season();
        int apart = (histories.size() + MOST_SERIES - 1) / MOST_SERIES;
        int stride = Math.max(1, horizon / 2);
        for (int i = 0; i < histories.size(); i += apart) {
            Series series = histories.get(i);
            int last = series.length() - horizon;
            int span = Math.max(1, Math.min((ORIGINS - 1) * stride + 1, (int) (HELD_OUT * series.length()) - horizon));
            int begin = Math.max(last - span + 1, earliest);
            if (begin > last || WindowSource.origins(series.upTo(begin), first) < 1) {
                continue;
            }
            past.add(series.upTo(begin));
            int dense = Math.max(
                    1,
                    Math.min(
                            stride, MOST_WINDOWS < histories.size() ? stride : span * histories.size() / MOST_WINDOWS));
            for (int origin = last; origin >= begin; origin -= dense) {
                windows.add(new RawForecasts.At(series, origin));
            }
        }
        shortest = IntStream.concat(
                        past.stream().mapToInt(Series::length),
                        histories.stream().mapToInt(Series::length).filter(length -> length >= first.shortest()))
                .min()
                .orElse(0);
        scales = windows.stream()
                .mapToDouble(at -> Outcome.scale(at.series().upTo(at.origin()), season))
                .toArray();
    }

    /**
     * The best of the candidates; the first where histories are too short for a comparison.
     *
     * @param alone whether a local method may take the place of them all: not where a network was asked for
     */
    static ForecastSpec best(List<ForecastSpec> candidates, List<Series> histories, Fitting fitting, boolean alone) {
        ForecastSpec first = candidates.get(0);
        int earliest = candidates.stream()
                .filter(candidate -> candidate.patch() == first.patch())
                .mapToInt(ForecastSpec::shortest)
                .max()
                .orElseThrow();
        Evidence evidence = new Evidence(histories, first, earliest);
        if (evidence.windows.isEmpty()) {
            fitting.note("histories too short to compare settings on their ends");
            return first;
        }
        return evidence.best(candidates, fitting, alone);
    }

    private ForecastSpec best(List<ForecastSpec> candidates, Fitting fitting, boolean alone) {
        ForecastSpec first = candidates.get(0);
        ForecastSpec best = first;
        Errors unit = null;
        double[] least = new double[0];
        List<String> told = new ArrayList<>();
        for (Trial trial : trials(candidates, fitting, alone)) {
            Errors errors = errorsOf(
                    trial.model.raw(windows).stream().map(Forecast::point).toList());
            unit = unit == null ? errors : unit;
            double[] scores = errors.in(unit);
            told.add(String.format(Locale.ROOT, "%s %.3f", describe(trial.spec), mean(scores)));
            boolean better = trial.spec.beside() == null
                    ? least.length == 0 || clearlyLess(scores, least, LEAST_GAIN)
                    : mean(scores) < (1 - LEAST_GAIN_OF_MEANS) * mean(least);
            if (better) {
                least = scores;
                best = trial.spec;
            }
        }
        for (LocalMethod method : alone ? LocalMethod.all(season) : List.<LocalMethod>of()) {
            if (unit == null || past.stream().anyMatch(s -> s.length() < method.shortest())) {
                continue;
            }
            double[] scores = alone(method).in(unit);
            if (clearlyLess(scores, least, LEAST_GAIN_ALONE)) {
                told.add(String.format(Locale.ROOT, "%s alone %.3f", method.name(), mean(scores)));
                least = scores;
                best = first.lags(new int[0]).methods(List.of(method.name())).recurrent(ForecastSettings.NO_RECURRENCE);
            }
        }
        fitting.note(
                "compared on " + windows.size() + " windows at the ends of the histories: " + String.join(", ", told));
        return best;
    }

    /** A forecaster, trained on the past of the windows. */
    private record Trial(ForecastSpec spec, SeriesModel model) {}

    /**
     * Each candidate that can forecast all histories, and the mean of the first and each network that reads seasons: kinds
     * err differently, as networks alike but for their seeds do not.
     */
    private List<Trial> trials(List<ForecastSpec> candidates, Fitting fitting, boolean pairs) {
        List<Trial> all = new ArrayList<>();
        List<Trial> means = new ArrayList<>();
        for (ForecastSpec candidate : candidates) {
            SeriesModel model = trained(candidate, fitting);
            if (model == null) {
                continue;
            }
            Trial first = all.isEmpty() ? null : all.get(0);
            if (pairs && first != null && first.spec.hasNetwork() && candidate.patch() > first.spec.patch()) {
                means.add(new Trial(first.spec.beside(candidate), first.model.beside(model)));
            }
            if (first == null || candidate.shortest() <= shortest) {
                all.add(new Trial(candidate, model));
            }
        }
        all.addAll(means);
        return all;
    }

    private static String describe(ForecastSpec spec) {
        ForecastSpec other = spec.beside();
        if (other != null) {
            return "mean of the first and " + describe(other);
        }
        return (spec.hasNetwork() ? "network " : spec.isLinear() ? "linear map " : "mix ") + spec.transform()
                + (spec.patch() > 1 ? " in steps of " + spec.patch() : "") + " from "
                + String.join("+", spec.starts());
    }

    /** Scaled and relative errors of each window. */
    private record Errors(double[] scaled, double[] relative) {
        double[] in(Errors unit) {
            double scale = mean(unit.scaled);
            double size = mean(unit.relative);
            double[] scores = new double[scaled.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (scale > 0 ? scaled[i] / scale : 0) / 2 + (size > 0 ? relative[i] / size : 0) / 2;
            }
            return scores;
        }
    }

    private @Nullable SeriesModel trained(ForecastSpec candidate, Fitting fitting) {
        ForecastSpec spec = candidate.isLinear() ? linear(candidate) : candidate;
        long most = Fitting.learnsPatches(spec) ? STEPS_OF_PATCHES : STEPS;
        long steps = Math.min(most, fitting.rules(past, spec).steps());
        NetworkForecaster forecaster = new NetworkForecaster(spec, fitting.brief(steps));
        try {
            return forecaster.fit(past);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A linear map reads a part of the histories, and so the same part of what is left of them here. */
    private ForecastSpec linear(ForecastSpec spec) {
        int context = Math.max(2, Math.min(spec.context(), UsualSpec.linearContext(past, season, horizon)));
        return spec.patch(context).context(context);
    }

    private Errors alone(LocalMethod method) {
        List<double[]> points = new ArrayList<>();
        Map<Series, LocalMethod> settled = new LinkedHashMap<>();
        for (RawForecasts.At at : windows) {
            double[] history = SettledMethods.history(at.series().filled(season), at.origin(), season);
            LocalMethod fitted = settled.computeIfAbsent(at.series(), s -> method.settled(history, history.length));
            points.add(fitted.forecast(history, history.length, horizon));
        }
        return errorsOf(points);
    }

    private Errors errorsOf(List<double[]> points) {
        double[] scaled = new double[points.size()];
        double[] relative = new double[points.size()];
        for (int i = 0; i < scaled.length; i++) {
            RawForecasts.At at = windows.get(i);
            double scale = scales[i];
            for (int h = 0; h < horizon; h++) {
                double actual = at.series().value(at.origin() + h);
                if (Double.isNaN(actual)) {
                    continue;
                }
                double point = points.get(i)[h];
                double off = Math.abs(actual - point);
                double size = Math.abs(actual) + Math.abs(point);
                scaled[i] += scale > 0 ? off / scale / horizon : 0;
                relative[i] += size > 0 ? 2 * off / size / horizon : 0;
            }
        }
        return new Errors(scaled, relative);
    }

    /**
     * Whether the gain is larger than chance makes it. Series of one table rise and fall together, so what counts is not
     * only how gains differ from window to window, but also from origin to origin, counted from the series' ends.
     */
    private boolean clearlyLess(double[] scores, double[] than, double leastGain) {
        double[] gains = new double[scores.length];
        Map<Integer, double[]> byOrigin = new TreeMap<>();
        for (int i = 0; i < gains.length; i++) {
            gains[i] = than[i] - scores[i];
            RawForecasts.At at = windows.get(i);
            double[] sum = byOrigin.computeIfAbsent(at.series().length() - at.origin(), back -> new double[2]);
            sum[0] += gains[i];
            sum[1]++;
        }
        double[] groups =
                byOrigin.values().stream().mapToDouble(s -> s[0] / s[1]).toArray();
        double gain = mean(gains);
        // Neighbouring origins share most of their steps: as many are independent as lie a horizon apart.
        int[] backs = byOrigin.keySet().stream().mapToInt(b -> b).toArray();
        double apart = 1 + (backs[backs.length - 1] - backs[0]) / (double) horizon;
        double independent = Math.min(groups.length, apart);
        double common = groups.length < 2 ? gain : doubt(independent) * deviation(groups) / Math.sqrt(independent);
        double own = deviation(gains) / Math.sqrt(gains.length);
        return gain > Math.max(leastGain * mean(than), Math.max(common, own));
    }

    /** How many standard errors of a mean of so many it takes to be sure of its sign: Student's t. */
    private static double doubt(double independent) {
        return new TDistribution(null, Math.max(1, independent - 1)).inverseCumulativeProbability(SURE);
    }

    private static double deviation(double[] values) {
        return Moments.deviation(values, mean(values), 0, values.length);
    }

    private static double mean(double[] values) {
        return Moments.mean(values, 0, values.length);
    }
}
