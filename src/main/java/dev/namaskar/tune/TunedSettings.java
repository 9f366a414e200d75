package dev.namaskar.tune;

import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.text.TextTraining;
import dev.namaskar.train.run.TrainingSettings;
import dev.namaskar.train.settings.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings of each kind of training that trials may try, and the ranges that are tried where none is named. */
final class TunedSettings {
    /** A learning rate is tried from this part of the usual one to as many times of it. */
    private static final double RATES = 8;

    private TunedSettings() {}

    /** Of a text. */
    static List<TunedSetting<TextTraining>> ofText() {
        List<TunedSetting<TextTraining>> all = new ArrayList<>();
        all.add(rate(rates(2e-3)));
        all.addAll(ofLayers("rnn|gru|lstm", "32..256", "0..0.4"));
        all.addAll(ofRun(null, "cosine|linear-warmup(100)*cosine|constant", null));
        all.add(new TunedSetting<>(
                "embedding", Scale.WIDTH, null, t -> t.askedEmbedding() != null, (t, v) -> t.embedding((int) v)));
        all.add(new TunedSetting<>(
                "seq-len", Scale.WIDTH, null, t -> t.askedSeqLen() != null, (t, v) -> t.seqLen((int) v)));
        return all;
    }

    /**
     * Of a task's examples.
     *
     * @param fresh a training of it
     */
    static <S extends TaskTraining<?, S>> List<TunedSetting<S>> ofTask(S fresh) {
        List<TunedSetting<S>> all = new ArrayList<>();
        Object usual = fresh.usualRun().update().optimizer().settings().get("lr");
        all.add(rate(rates(usual instanceof Number rate ? rate.doubleValue() : 1e-3)));
        all.addAll(ofLayers("gru|lstm", "32..256", "0..0.5"));
        all.addAll(ofRun("16|32|64|128", "cosine|linear-warmup(50)*cosine|constant", null));
        all.add(new TunedSetting<>(
                "embedding",
                Scale.WIDTH,
                fresh.usualEmbedding() > 0 ? "16..128" : null,
                t -> t.askedEmbedding() != null,
                (t, v) -> t.embedding((int) v)));
        return all;
    }

    /** Of series. */
    static List<TunedSetting<SeriesTraining>> ofSeries() {
        List<TunedSetting<SeriesTraining>> all = new ArrayList<>();
        all.add(rate(rates(2e-3)));
        all.addAll(ofLayers("gru|lstm", "16..128", "0..0.4"));
        all.addAll(ofRun("16|32|64", "cosine-annealing|cosine|constant", null));
        all.add(forecaster(
                "loss",
                Scale.WORD,
                "smape|mase",
                (t, v) -> t.forecaster(s ->
                        s.loss(ForecastSpec.PointLoss.valueOf(String.valueOf(v).toUpperCase(Locale.ROOT))))));
        all.add(forecaster("context", Scale.WIDTH, null, (t, v) -> t.forecaster(s -> s.context((int) v))));
        all.add(forecaster("patch", Scale.WIDTH, null, (t, v) -> t.forecaster(s -> s.patch((int) v))));
        all.add(forecaster("season", Scale.WIDTH, null, (t, v) -> t.forecaster(s -> s.season((int) v))));
        all.add(forecaster("transform", Scale.WORD, null, (t, v) -> t.forecaster(s -> s.transform(String.valueOf(v)))));
        all.add(forecaster(
                "starts",
                Scale.WORD,
                null,
                (t, v) -> t.forecaster(s -> s.starts(String.valueOf(v).split("\\+", -1)))));
        return all;
    }

    private static TunedSetting<SeriesTraining> forecaster(
            String name, Scale scale, @Nullable String usual, BiFunction<SeriesTraining, Object, SeriesTraining> give) {
        return new TunedSetting<>(name, scale, usual, t -> t.asked().asks(name), give);
    }

    private static String rates(double usual) {
        return Scale.shown(usual / RATES) + ".." + Scale.shown(usual * RATES);
    }

    private static <S extends TrainingSettings<S>> TunedSetting<S> rate(String usual) {
        return optimizer("lr", Scale.RATE, usual);
    }

    private static <S extends TrainingSettings<S>> List<TunedSetting<S>> ofLayers(
            String cells, String widths, String dropouts) {
        return List.of(
                // An order or a forget bias that is asked for belongs to the cell that is asked for with it.
                layers(
                        "cell",
                        Scale.WORD,
                        cells,
                        l -> l.cell() != null || l.order() != null || l.forgetBias() != null,
                        (l, v) -> l.withCell(String.valueOf(v))),
                layers("hidden", Scale.WIDTH, widths, l -> l.hidden() != null, (l, v) -> l.withHidden((int) v)),
                layers("layers", Scale.WHOLE, "1..2", l -> l.layers() != null, (l, v) -> l.withLayers((int) v)),
                layers(
                        "dropout",
                        Scale.NUMBER,
                        dropouts,
                        l -> l.dropout() != null,
                        (l, v) -> l.withDropout((double) v)));
    }

    private static <S extends TrainingSettings<S>> List<TunedSetting<S>> ofRun(
            @Nullable String batches, String schedules, @Nullable String clips) {
        return List.of(
                new TunedSetting<>(
                        "batch",
                        Scale.WIDTH,
                        batches,
                        t -> run(t).data().batch() != null,
                        (t, v) -> t.run(r -> r.withData(
                                new RunSettings.Data((int) v, r.data().valFraction())))),
                optimizer("schedule", Scale.WORD, schedules),
                optimizer("clip", Scale.RATE, clips),
                new TunedSetting<>(
                        "optimizer",
                        Scale.WORD,
                        null,
                        t -> false,
                        (t, v) -> t.run(r -> r.withOptimizer(new OptimizerSpec(
                                String.valueOf(v), r.update().optimizer().settings())))));
    }

    private static <S extends TrainingSettings<S>> TunedSetting<S> optimizer(
            String name, Scale scale, @Nullable String usual) {
        return new TunedSetting<>(
                name,
                scale,
                usual,
                t -> run(t).update().optimizer().settings().containsKey(name),
                (t, v) -> t.run(r -> r.withOptimizer(r.update().optimizer().with(name, v))));
    }

    private static <S extends TrainingSettings<S>> TunedSetting<S> layers(
            String name,
            Scale scale,
            String usual,
            Predicate<RecurrentLayers> asked,
            BiFunction<RecurrentLayers, Object, RecurrentLayers> give) {
        return new TunedSetting<>(
                name, scale, usual, t -> asked.test(layers(t)), (t, v) -> t.layers(l -> give.apply(l, v)));
    }

    /** What is asked of a training's run. */
    static <S extends TrainingSettings<S>> RunSettings run(S training) {
        return seen(training::run);
    }

    /** What is asked of a training's layers. */
    static <S extends TrainingSettings<S>> RecurrentLayers layers(S training) {
        return seen(training::layers);
    }

    /** What a change would be made to. */
    private static <T> T seen(Function<UnaryOperator<T>, ?> door) {
        AtomicReference<T> found = new AtomicReference<>();
        Objects.requireNonNull(door.apply(before -> {
            found.set(before);
            return before;
        }));
        return Objects.requireNonNull(found.get());
    }
}
