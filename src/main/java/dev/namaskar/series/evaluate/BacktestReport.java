package dev.namaskar.series.evaluate;

import dev.namaskar.series.Backtest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a back-test saw.
 *
 * @param setting the back-test
 * @param models the forecasters, the one under test first
 * @param results every forecast of every fold, series and model, with the actual values
 */
public record BacktestReport(Backtest setting, List<String> models, List<Result> results) {
    private static final double SIGNIFICANT = 0.05;

    /**
     * One forecast and the actual values.
     *
     * @param fold counted from 1
     * @param model the forecaster's name
     * @param outcome forecast and actual values
     */
    public record Result(int fold, String model, Outcome outcome) {}

    /**
     * The sentence at the end.
     *
     * @param sentence whether the model is better than the best baseline, and how sure that is
     * @param baseline the best baseline's name
     * @param test the test behind it
     */
    public record Verdict(String sentence, String baseline, DieboldMariano test) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    /** Copies the lists. */
    public BacktestReport {
        models = List.copyOf(models);
        results = List.copyOf(results);
    }

    /** All metrics of a model over all folds. */
    public Map<String, Double> scores(String model) {
        return scores(outcomes(model, 0));
    }

    /** One's own metric of a model over all folds. */
    public double score(String model, Metric metric) {
        return metric.of(outcomes(model, 0));
    }

    /** All metrics of a model in one fold, counted from 1. */
    public Map<String, Double> scores(String model, int fold) {
        return scores(outcomes(model, fold));
    }

    private Map<String, Double> scores(List<Outcome> outcomes) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Metric metric : Metrics.all(setting.levels())) {
            scores.put(metric.name(), metric.of(outcomes));
        }
        return scores;
    }

    /** A model's outcomes of one fold, or of all with fold 0. */
    private List<Outcome> outcomes(String model, int fold) {
        return results.stream()
                .filter(r -> r.model().equals(model) && (fold == 0 || r.fold() == fold))
                .map(Result::outcome)
                .toList();
    }

    /** Names of the series that were scored in at least one fold. */
    public List<String> scored() {
        return results.stream()
                .map(r -> r.outcome().forecast().series())
                .distinct()
                .toList();
    }

    /** A model's outcomes for one series, in order of the folds. */
    public List<Outcome> outcomes(String model, String series) {
        return results.stream()
                .filter(r -> r.model().equals(model)
                        && r.outcome().forecast().series().equals(series))
                .map(Result::outcome)
                .toList();
    }

    /** Compares the first model with the best of the others: a Diebold-Mariano test over the folds' mean scaled errors. */
    public Verdict verdict() {
        String model = models.get(0);
        Metric measure = Double.isNaN(Metrics.MASE.of(outcomes(model, 0))) ? Metrics.MAE : Metrics.MASE;
        String best = models.stream()
                .skip(1)
                .min((a, b) -> Double.compare(measure.of(outcomes(a, 0)), measure.of(outcomes(b, 0))))
                .orElseThrow(() -> new IllegalStateException("a verdict needs a baseline"));
        int overlap = (setting.horizon() + setting.stride() - 1) / setting.stride();
        DieboldMariano test = DieboldMariano.test(losses(model, measure), losses(best, measure), overlap);
        double own = measure.of(outcomes(model, 0));
        double other = measure.of(outcomes(best, 0));
        String figures = String.format(
                Locale.ROOT, "%s %.3f against %.3f", measure.name().toUpperCase(Locale.ROOT), own, other);
        return new Verdict(sentence(best, test, own < other, figures), best, test);
    }

    private static String sentence(String best, DieboldMariano test, boolean smaller, String figures) {
        String baseline = best.replace('_', ' ');
        if (Double.isNaN(test.pValue())) {
            return "no verdict against " + baseline + ": one fold is not enough for a test (" + figures + ")";
        }
        String p = test.pValue() < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.2g", test.pValue());
        if (test.pValue() >= SIGNIFICANT) {
            return "no better than " + baseline + ": " + p + " (" + figures + ")";
        }
        return (smaller ? "better than " : "worse than ") + baseline + ", the best baseline: " + p + " (" + figures
                + ")";
    }

    private double[] losses(String model, Metric measure) {
        List<Double> losses = new ArrayList<>();
        for (int fold = 1; fold <= setting.folds(); fold++) {
            losses.add(measure.of(outcomes(model, fold)));
        }
        return losses.stream().mapToDouble(l -> l).toArray();
    }

    /** The scores as a table: a line a model, over all folds and for each fold of the first. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        String first = models.get(0);
        text.append(String.format(Locale.ROOT, "%-16s", "model"));
        scores(first).keySet().forEach(name -> text.append(String.format(Locale.ROOT, " %12s", name)));
        text.append('\n');
        models.forEach(model -> line(text, model, scores(model)));
        for (int fold = 1; fold <= setting.folds(); fold++) {
            line(text, first + " fold " + fold, scores(first, fold));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Map<String, Double> scores) {
        text.append(String.format(Locale.ROOT, "%-16s", name));
        scores.values().forEach(value -> text.append(String.format(Locale.ROOT, " %12.4f", value)));
        text.append('\n');
    }
}
