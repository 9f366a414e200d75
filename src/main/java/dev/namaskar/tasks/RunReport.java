package dev.namaskar.tasks;

import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.train.run.RunEnd;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.settings.RunSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task's training run: its settings and its results. */
public final class RunReport {
    private final Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> speed = new LinkedHashMap<>();
    private final Training.Result result;
    private final double loss;

    private RunReport(Training.Result result, double loss) {
        this.result = result;
        this.loss = loss;
    }

    /**
     * The report of a run, or of several whose networks make an ensemble: where the last ended.
     *
     * @param best validation loss, of an ensemble the mean of its networks'
     */
    static RunReport of(
            TrainingPlan plan,
            RunSettings run,
            Map<String, Object> identity,
            RunEnd end,
            double best,
            @Nullable String from) {
        Training.Result result = end.result();
        RunReport report = new RunReport(result, best);
        Map<String, @Nullable Object> figures = report.figures;
        figures.putAll(identity);
        figures.remove("data_fingerprint");
        List<Recurrent> layers = plan.start().networks().values().stream()
                .flatMap(network -> RecurrentLayers.in(network.spec()).stream())
                .toList();
        figures.put(
                "cell", common(layers.stream().map(layer -> layer.cell().name()).toList()));
        figures.put("hidden", common(layers.stream().map(Recurrent::hidden).toList()));
        figures.put("layers", layers.size());
        figures.put("parameters", plan.start().params().layout().size());
        figures.put("seed", run.seed());
        figures.put("gemm", String.valueOf(run.gemm()));
        figures.put("steps", result.steps());
        figures.put("train_nats", rounded(result.trainLoss(), 4));
        figures.put("val_nats", rounded(best, 4));
        if (Double.isFinite(best) && !identity.containsKey("ensemble")) {
            figures.put("best_step", end.standing().bestStep());
        }
        figures.put("ended", result.reason());
        if (from != null) {
            figures.put("from", from);
        }
        Object rows = identity.getOrDefault("batch", 0);
        report.speed.put("threads", run.threads());
        report.speed.put("ms_per_step", rounded(result.medianStepSeconds() * 1e3, 3));
        report.speed.put(
                "examples_per_s",
                rows instanceof Integer batch ? rounded(batch / result.medianStepSeconds(), 0) : null);
        report.speed.put("seconds", rounded(result.seconds(), 2));
        return report;
    }

    /** What all layers share; the list of what each has if they differ. */
    private static @Nullable Object common(List<?> all) {
        return all.stream().distinct().count() == 1 ? all.get(0) : all;
    }

    private static @Nullable Double rounded(double number, int digits) {
        double scale = Math.pow(10, digits);
        return Double.isFinite(number) ? Math.round(number * scale) / scale : null;
    }

    /** Settings and results by the names that the command line prints: the same for the same run. */
    public Map<String, @Nullable Object> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /** How fast it was: reported, but not stored, so that the same run leaves the same bytes. */
    public Map<String, @Nullable Object> speed() {
        return Collections.unmodifiableMap(speed);
    }

    /** How the run ended. */
    public Training.Result result() {
        return result;
    }

    /** The lowest validation loss; infinite where nothing was held out. */
    public double loss() {
        return loss;
    }

    /** {@code validation 0.3121 nats at step 400; 1200 steps in 8.1 s}. */
    @Override
    public String toString() {
        String loss = Double.isFinite(this.loss)
                ? String.format(Locale.ROOT, "validation %.4f nats", this.loss)
                        + (figures.containsKey("best_step") ? " at step " + figures.get("best_step") : "")
                : String.format(Locale.ROOT, "training %.4f nats", result.trainLoss());
        return String.format(Locale.ROOT, "%s; %d steps in %.1f s", loss, result.steps(), result.seconds());
    }
}
