package dev.namaskar.tasks;

import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainable;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a training run needs of its task.
 *
 * @param start the model that it begins with, with all texts that make a model of the task of it
 * @param trainable the same networks as a trainer sees them
 * @param examples what is learned from
 * @param objective makes an objective for each thread
 * @param validation of what was held out; null where nothing is
 * @param settings of the task that must be the same for a run to be taken up again, and that its report tells
 */
public record TrainingPlan(
        Model start,
        Trainable trainable,
        Examples examples,
        Supplier<Objective> objective,
        @Nullable Validation validation,
        Map<String, Object> settings) {
    /** Measures parameters on examples that they were not trained on. */
    public interface Validation {
        /** Makes what measures, for one thread, with products by this library: parameters to a loss, lower is better. */
        ToDoubleFunction<float[]> with(GemmLibrary library);

        /** How many examples it looks at. */
        int examples();
    }

    /** The plan of one network. */
    public static TrainingPlan of(
            Model start,
            Examples examples,
            Supplier<Objective> objective,
            @Nullable Validation validation,
            Map<String, Object> settings) {
        return new TrainingPlan(start, Trainable.of(start.network()), examples, objective, validation, settings);
    }
}
