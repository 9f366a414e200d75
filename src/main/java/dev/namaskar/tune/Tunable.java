package dev.namaskar.tune;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What settings are tried on: one task's training with its data. Asked by any number of threads at once.
 *
 * @param <M> the model that comes of it
 */
public interface Tunable<M> {
    /** The task's word: {@code text}, {@code classify}. */
    String task();

    /** What scores are: {@code val_nats}, {@code mase}. */
    String measure();

    /** The settings that trials may try, in the order in which they are drawn. */
    List<? extends TunedSetting<?>> settings();

    /** The names of those that are asked for already, so that all trials have them. */
    Set<String> asked();

    /** What must be the same for a search to go on: the data, and what all trials have in common. */
    Map<String, @Nullable Object> identity();

    /** The start of everything drawn at random in a trial's run. */
    long seed();

    /**
     * Refuses what a training cannot have.
     *
     * @throws IllegalArgumentException naming the setting
     */
    void check(Map<String, Object> settings);

    /** Looks at the data once, before any settings are drawn. */
    default void prepare(Setup setup) {}

    /** The settings of a trial: those drawn without what changes nothing beside the others, and what all trials share. */
    default Map<String, Object> effective(Map<String, Object> settings) {
        return settings;
    }

    /**
     * Carries a trial out.
     *
     * @param watch told of every step, and asked whether to end
     * @throws IllegalArgumentException if the settings do not go with the data
     * @throws dev.namaskar.train.NotANumberException if the loss is no number any more
     * @throws IOException if the data cannot be read
     */
    Fitted<M> fit(Trial trial, Setup setup, TrainingListener watch) throws IOException;

    /** The model of a whole run with these settings, where its trial left none. */
    M train(Map<String, Object> settings, Setup setup, TrainingListener watch) throws IOException;

    /**
     * What every trial's bits depend on beside its settings and its seed.
     *
     * @param threads of one trial
     * @param gemm whose matrix products
     */
    record Setup(int threads, GemmChoice gemm) {}

    /**
     * What came of a trial's run.
     *
     * @param score on what was held out, lower is better
     * @param model the trained model, where the trial's is the one to keep
     */
    record Fitted<M>(double score, @Nullable M model) {}
}
