package dev.namaskar.train.run;

import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.train.settings.RunSettings;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The settings that the training of every task has, so that they can be asked for without knowing which task it is.
 *
 * @param <S> the task's own training, on which every setting can be followed by the next
 */
public interface TrainingSettings<S> {
    /** Other settings of the run: its length, optimizer, averaging, threads and the like. */
    S run(UnaryOperator<RunSettings> change);

    /** Other settings of the recurrent layers. */
    S layers(UnaryOperator<RecurrentLayers> change);

    /** Adds somebody who watches. */
    S listen(TrainingListener listener);

    /** Told what was found and decided, a sentence each. */
    S notes(Consumer<String> to);
}
