package dev.namaskar.tasks;

import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainable;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.util.List;
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
 * @param answers what a model that is still being trained says of a few examples
 */
public record TrainingPlan(
        Model start,
        Trainable trainable,
        Examples examples,
        Supplier<Objective> objective,
        @Nullable Validation validation,
        Map<String, Object> settings,
        Answering answers) {
    /** Measures parameters on examples that they were not trained on. */
    public interface Validation {
        /** Makes what measures, for one thread, with products by this library: parameters to a loss, lower is better. */
        ToDoubleFunction<float[]> with(GemmLibrary library);

        /** How many examples it looks at. */
        int examples();
    }

    /** What a model that is still being trained says. */
    @FunctionalInterface
    public interface Answering {
        /** What the task's model that a stored one is says of a few examples, always the same. */
        List<Sample.Answer> of(Model now) throws IOException;
    }

    /** A few of the examples that validate, or of those that are learned where none do, to be shown along the run. */
    public static <T> List<T> some(List<T> validating, List<T> learned) {
        List<T> from = validating.isEmpty() ? learned : validating;
        return List.copyOf(from.subList(0, Math.min(Sample.EXAMPLES, from.size())));
    }

    /** The plan of one network. */
    public static TrainingPlan of(
            Model start,
            Examples examples,
            Supplier<Objective> objective,
            @Nullable Validation validation,
            Map<String, Object> settings,
            Answering answers) {
        return new TrainingPlan(
                start, Trainable.of(start.network()), examples, objective, validation, settings, answers);
    }
}
