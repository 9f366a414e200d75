package dev.namaskar.spark.evaluate;

import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * A search that can be begun on any machine of a cluster: travels to the executors, so that what it holds must travel too.
 *
 * @param <M> the model
 */
@FunctionalInterface
public interface SparkSearch<M> extends Serializable {
    /**
     * The search on files that are on this machine: the same whichever it is.
     *
     * @param files the data, in the order that was given
     * @throws IOException if they cannot be read
     */
    Tuning<M> at(List<Path> files) throws IOException;
}
