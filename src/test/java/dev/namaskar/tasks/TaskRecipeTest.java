package dev.namaskar.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.ItemExamples;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainable;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRecipeTest {
    private static final Network NETWORK = NetworkSpec.tokens(5)
            .embedding(2)
            .recurrent("gru", 2)
            .lastStep()
            .dense(3)
            .build();

    /** Examples that tell which of them were read. */
    private record Told(Examples all, List<Integer> read) implements Examples {
        @Override
        public BatchShape shape() {
            return all.shape();
        }

        @Override
        public int size() {
            return all.size();
        }

        @Override
        public int length(int example) {
            return all.length(example);
        }

        @Override
        public void write(int example, Batch into, int row) {
            read.add(example);
            all.write(example, into, row);
        }
    }

    private static Told examples(int count) {
        Random random = new Random(count);
        List<Item> items = IntStream.range(0, count)
                .mapToObj(i -> Item.ofTokens(
                                random.ints(1 + random.nextInt(6), 0, 5).toArray())
                        .of(i % 3, 1))
                .toList();
        return new Told(new ItemExamples(NetworkSpec.tokens(5), false, items), new ArrayList<>());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 4", "7, 1, 2", "7, 3, 2", "8, 4, 5", "23, 5, 3", "5, 5, 2"})
    void everyExampleIsInOnePartAndEachPartReadsItsOwnOnceAnEpoch(int count, int parts, int rows) {
        TreeSet<Integer> seen = new TreeSet<>();
        for (int part = 0; part < parts; part++) {
            Told told = examples(count);
            TaskRecipe recipe =
                    new TaskRecipe(Trainable.of(NETWORK), told, () -> Objective.of(new SoftmaxCrossEntropy()), rows, 7);
            try (Trainer trainer = recipe.trainer(part, parts, Optimizers.adam(0.01), TrainerSettings.of(1, 3))) {
                int own = (count - part + parts - 1) / parts;
                for (int step = 0; step < (own + rows - 1) / rows; step++) {
                    trainer.take();
                }
                assertThat(told.read()).hasSize(own).doesNotHaveDuplicates();
                seen.addAll(told.read());
            }
        }
        assertThat(seen).hasSize(count);
    }

    @Test
    void morePartsThanExamplesAreRefused() {
        TaskRecipe recipe =
                new TaskRecipe(Trainable.of(NETWORK), examples(3), () -> Objective.of(new SoftmaxCrossEntropy()), 2, 7);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.trainer(0, 4, Optimizers.adam(0.01), TrainerSettings.of(1, 3)))
                .withMessage("expected an example for each of 4 parts, found 3");
    }
}
