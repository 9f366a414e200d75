package dev.namaskar.tasks;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainable;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.function.Supplier;

/**
 * What a network of a task's run is trained on and how, so that parts of the examples can be trained on elsewhere in the
 * same way.
 *
 * @param trainable the network or networks
 * @param examples all that are learned from
 * @param objective makes an objective for each thread
 * @param rows B
 * @param seed of the order of the examples
 */
public record TaskRecipe(Trainable trainable, Examples examples, Supplier<Objective> objective, int rows, long seed) {
    /** The same with another order of the examples, as the networks of an ensemble have. */
    public TaskRecipe withSeed(long other) {
        return new TaskRecipe(trainable, examples, objective, rows, other);
    }

    /**
     * A trainer at step 0 on one of several parts: every so many-th example, in batches as large as those of all.
     *
     * @param part from 0; the first one draws at random as a run on all would
     * @param parts how many there are; of one, the part is the whole
     * @throws IllegalArgumentException if there are fewer examples than parts
     */
    public Trainer trainer(int part, int parts, Optimizer optimizer, TrainerSettings settings) {
        if (examples.size() < parts) {
            throw new IllegalArgumentException(
                    "expected an example for each of " + parts + " parts, found " + examples.size());
        }
        Examples own = parts == 1 ? examples : new Part(examples, part, parts);
        LengthBuckets batches = new LengthBuckets(own, rows, seed + part * SplitMix64.GOLDEN_GAMMA);
        return new Trainer(trainable, Params.zeros(trainable.params()), optimizer, batches, objective, settings);
    }

    /** Every so many-th of all examples. */
    private record Part(Examples all, int first, int every) implements Examples {
        private int of(int example) {
            return first + example * every;
        }

        @Override
        public BatchShape shape() {
            return all.shape();
        }

        @Override
        public int size() {
            return (all.size() - first + every - 1) / every;
        }

        @Override
        public int length(int example) {
            return all.length(of(example));
        }

        @Override
        public int targets(int example) {
            return all.targets(of(example));
        }

        @Override
        public int sourceLength(int example) {
            return all.sourceLength(of(example));
        }

        @Override
        public void write(int example, Batch into, int row) {
            all.write(of(example), into, row);
        }
    }
}
