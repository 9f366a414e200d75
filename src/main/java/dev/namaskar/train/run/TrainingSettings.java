package dev.namaskar.train.run;

import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.OptimizerSpec;
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

    /** So many steps at most. */
    default S steps(long count) {
        return run(r -> r.withSteps(count));
    }

    /** So many minutes at most. */
    default S minutes(double limit) {
        return run(r -> r.withMinutes(limit));
    }

    /** The start of everything drawn at random; usually 1. */
    default S seed(long start) {
        return run(r -> r.withSeed(start));
    }

    /** So many worker threads, each with its part of every batch; usually the processors, at most 8. */
    default S threads(int count) {
        return run(r -> r.withThreads(count));
    }

    /** The optimizer by its name, with settings behind a colon: {@code adam:lr=0.004,clip=1}. */
    default S optimizer(String spec) {
        return run(r -> r.withOptimizer(OptimizerSpec.parse(spec)));
    }

    /** With this learning rate at the beginning. */
    default S learningRate(double rate) {
        return run(r -> r.withOptimizer(r.update().optimizer().and("lr", rate)));
    }

    /** With recurrent layers of this cell: rnn (tanh), gru, lstm, or one's own. */
    default S cell(String name) {
        return layers(l -> l.withCell(name));
    }

    /** With so many units in each recurrent layer, or in each of its directions. */
    default S hidden(int units) {
        return layers(l -> l.withHidden(units));
    }

    /** The share of values that dropout zeros at recurrent layers. */
    default S dropout(double share) {
        return layers(l -> l.withDropout(share));
    }
}
