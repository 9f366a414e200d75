package dev.namaskar.tune;

import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.run.TrainingSettings;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A training as trials take it: fresh each time, with what is asked of it and a trial's settings in what is open. */
abstract class TrainingTunable<S extends TrainingSettings<S>, M> implements Tunable<M> {
    private final Supplier<S> fresh;
    private final Map<String, TunedSetting<S>> settings = new LinkedHashMap<>();
    private final Set<String> asked;
    private final RunSettings run;
    private final RecurrentLayers layers;

    TrainingTunable(Supplier<S> fresh, List<TunedSetting<S>> all) {
        this.fresh = fresh;
        S training = fresh.get();
        all.forEach(setting -> settings.put(setting.name(), setting));
        asked = all.stream()
                .filter(setting -> setting.asked().test(training))
                .map(TunedSetting::name)
                .collect(Collectors.toUnmodifiableSet());
        run = TunedSettings.run(training);
        layers = TunedSettings.layers(training);
        if (run.length().minutes() != null) {
            throw new IllegalArgumentException(
                    "`minutes`: expected a number of steps or epochs for each trial, or none,"
                            + " as what a trial gets done in its time is another each time; found "
                            + run.length().minutes());
        }
    }

    @Override
    public final List<TunedSetting<S>> settings() {
        return List.copyOf(settings.values());
    }

    @Override
    public final Set<String> asked() {
        return asked;
    }

    @Override
    public final long seed() {
        return run.seed();
    }

    /** The layers that are asked for. */
    final RecurrentLayers layers() {
        return layers;
    }

    @Override
    public Map<String, @Nullable Object> identity() {
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("asked_layers", layers.toString());
        identity.put("asked_run", run.withThreads(1).withGemm(null).toString());
        return identity;
    }

    @Override
    public final void check(Map<String, Object> values) {
        Objects.requireNonNull(with(values, fresh.get()));
    }

    private S with(Map<String, Object> values, S training) {
        S given = training;
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            TunedSetting<S> setting = settings.get(entry.getKey());
            if (setting == null) {
                throw new IllegalArgumentException("expected one of " + Collections.unmodifiableSet(settings.keySet())
                        + ", found " + entry.getKey());
            }
            given = setting.give().apply(given, entry.getValue());
        }
        return given;
    }

    /** A fresh training of these settings for a part of a run. */
    final S training(Map<String, Object> values, double part, Setup setup, TrainingListener watch) {
        return with(values, fresh.get())
                .run(r -> r.withLength(r.length().part(part))
                        .withThreads(setup.threads())
                        .withGemm(setup.gemm()))
                .listen(watch);
    }

    @Override
    public final Fitted<M> fit(Trial trial, Setup setup, TrainingListener watch) throws IOException {
        return fit(training(trial.settings(), trial.part(), setup, watch));
    }

    /** Carries a training out. */
    abstract Fitted<M> fit(S training) throws IOException;

    @Override
    public M train(Map<String, Object> values, Setup setup, TrainingListener watch) throws IOException {
        M model = fit(training(values, 1, setup, watch)).model();
        if (model == null) {
            throw new IllegalStateException("expected a model of a whole run, found none");
        }
        return model;
    }
}
