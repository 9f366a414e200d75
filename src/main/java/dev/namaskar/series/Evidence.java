package dev.namaskar.series;

import dev.namaskar.series.baseline.LocalMethod;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.transform.Moments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The choice among specifications by what they do: each is trained briefly on the histories without their ends, and
 * forecasts these. Nothing but the histories is looked at, so a choice made at an origin knows nothing of what follows it.
 *
 * <p>A forecast's score is the mean of its scaled and its relative error, each in units of the first candidate's. The
 * candidates stand from the plainest to the boldest: a later one is taken only where it is better by more than chance
 * makes it, one standard error of the mean difference over the windows. Where a local method alone does better than all
 * of them by two and a half, forecasts start from it and nothing else.
 */
final class Evidence {
    private static final long STEPS = 400;
    private static final double ALONE = 2.5;
    private static final int MOST_SERIES = 400;
    private static final int MOST_WINDOWS = 400;
    private static final double HELD_OUT = 0.25;

    private final List<Series> past = new ArrayList<>();
    private final List<RawForecasts.At> windows = new ArrayList<>();
    private final int horizon;
    private final int season;

    private Evidence(List<Series> histories, ForecastSpec first, int shortest) {
        horizon = first.horizon();
        season = first.season();
        int apart = (histories.size() + MOST_SERIES - 1) / MOST_SERIES;
        int each = Math.max(1, MOST_WINDOWS * apart / histories.size());
        for (int i = 0; i < histories.size(); i += apart) {
            Series series = histories.get(i);
            int span = Math.max(horizon, (int) (HELD_OUT * series.length()));
            int last = series.length() - horizon;
            int begin = Math.max(series.length() - span, shortest);
            if (begin > last || WindowSource.origins(series.upTo(begin), first) < 1) {
                continue;
            }
            past.add(series.upTo(begin));
            int stride = Math.max(1, (last - begin + each) / each);
            for (int origin = last; origin >= begin; origin -= stride) {
                windows.add(new RawForecasts.At(series, origin));
            }
        }
    }

    /** The best of the candidates; the first where histories are too short for a comparison. */
    static ForecastSpec best(List<ForecastSpec> candidates, List<Series> histories, Fitting fitting) {
        ForecastSpec first = candidates.get(0);
        int shortest =
                candidates.stream().mapToInt(ForecastSpec::shortest).max().orElseThrow();
        Evidence evidence = new Evidence(histories, first, shortest);
        if (evidence.windows.isEmpty()) {
            fitting.notes.accept("histories too short to compare settings on their ends");
            return first;
        }
        return evidence.best(candidates, fitting);
    }

    private ForecastSpec best(List<ForecastSpec> candidates, Fitting fitting) {
        ForecastSpec best = candidates.get(0);
        double[] least = new double[0];
        Errors unit = null;
        List<String> told = new ArrayList<>();
        for (ForecastSpec candidate : candidates) {
            Errors errors = trained(candidate, fitting);
            if (errors == null) {
                continue;
            }
            unit = unit == null ? errors : unit;
            double[] scores = errors.in(unit);
            told.add(String.format(Locale.ROOT, "%s %.3f", describe(candidate), mean(scores)));
            if (least.length == 0 || clearlyLess(scores, least, 1)) {
                least = scores;
                best = candidate;
            }
        }
        for (LocalMethod method : LocalMethod.all(season)) {
            if (unit == null || past.stream().anyMatch(s -> s.length() < method.shortest())) {
                continue;
            }
            double[] scores = alone(method).in(unit);
            if (clearlyLess(scores, least, ALONE)) {
                told.add(String.format(Locale.ROOT, "%s alone %.3f", method.name(), mean(scores)));
                least = scores;
                best = candidates.get(0).lags().length > 0 ? best : only(candidates.get(0), method.name());
            }
        }
        fitting.notes.accept(
                "compared on " + windows.size() + " windows at the ends of the histories: " + String.join(", ", told));
        return best;
    }

    private static ForecastSpec only(ForecastSpec spec, String method) {
        return spec.lags().length == 0 ? spec.methods(List.of(method)) : spec;
    }

    private static String describe(ForecastSpec spec) {
        return (spec.hasNetwork() ? "network " : "mix ") + spec.transform() + " from "
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

    private @Nullable Errors trained(ForecastSpec spec, Fitting fitting) {
        long steps =
                Math.min(STEPS, fitting.rules(UsualSpec.windows(past, spec)).steps());
        NetworkForecaster forecaster = new NetworkForecaster(spec, fitting.brief(steps));
        SeriesModel model;
        try {
            model = forecaster.fit(past);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return errors(model.raw().of(windows));
    }

    private Errors alone(LocalMethod method) {
        List<double[]> points = new ArrayList<>();
        Map<Series, LocalMethod> settled = new LinkedHashMap<>();
        for (RawForecasts.At at : windows) {
            double[] values = at.series().filled(season);
            LocalMethod fitted = settled.computeIfAbsent(at.series(), s -> method.settled(values, at.origin()));
            points.add(fitted.forecast(values, at.origin(), horizon));
        }
        return errorsOf(points);
    }

    private Errors errors(List<Forecast> forecasts) {
        return errorsOf(forecasts.stream().map(Forecast::point).toList());
    }

    private Errors errorsOf(List<double[]> points) {
        double[] scaled = new double[points.size()];
        double[] relative = new double[points.size()];
        for (int i = 0; i < scaled.length; i++) {
            RawForecasts.At at = windows.get(i);
            double scale = Outcome.scale(at.series().upTo(at.origin()), season);
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

    private static boolean clearlyLess(double[] scores, double[] than, double errors) {
        double[] gains = new double[scores.length];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = than[i] - scores[i];
        }
        double mean = mean(gains);
        double error = Moments.deviation(gains, mean, 0, gains.length) / Math.sqrt(Math.max(1, gains.length - 1));
        return mean > errors * error;
    }

    private static double mean(double[] values) {
        return Moments.mean(values, 0, values.length);
    }
}
