package dev.namaskar.spark.train;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;

/**
 * Makes a replica's trainer where its part of the data is.
 *
 * @param <D> what parts are made of
 */
interface ReplicaTrainers<D> extends Serializable {
    /**
     * A trainer at step 0, with whatever parameters.
     *
     * @param replica from 0; the first one draws at random as a run without replicas would
     * @param part of the data
     * @throws IllegalArgumentException if the part is too small to train on
     */
    Opened open(int replica, Iterator<D> part, Optimizer optimizer, TrainerSettings settings) throws IOException;

    /**
     * A trainer, and what is to be closed behind it.
     *
     * @param data that the trainer reads
     */
    record Opened(Trainer trainer, Closeable data) implements Closeable {
        @Override
        public void close() throws IOException {
            trainer.close();
            data.close();
        }
    }
}
