package dev.namaskar.labelling.internal;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.tasks.Examples;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.List;

/**
 * Items of one form as examples.
 *
 * @param input what the network reads
 * @param everyStep whether every step has a class, else each whole item
 */
public record ItemExamples(NetworkSpec input, boolean everyStep, List<Item> items) implements Examples {
    public ItemExamples {
        items = List.copyOf(items);
    }

    @Override
    public BatchShape shape() {
        int longest = items.stream().mapToInt(Item::steps).max().orElse(1);
        BatchShape.Sequence sequence = (input.tokens()
                        ? BatchShape.Sequence.tokens(longest)
                        : BatchShape.Sequence.values(longest, input.inputWidth()))
                .withLengths();
        return (everyStep ? BatchShape.classes(sequence) : BatchShape.oneClass(sequence)).withWeights();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public int length(int example) {
        return items.get(example).steps();
    }

    @Override
    public void write(int example, Batch into, int row) {
        Item item = items.get(example);
        item.writeInput(into, row, input);
        int rows = into.rows();
        for (int t = 0; t < item.classes().length; t++) {
            into.classes[t * rows + row] = item.classes()[t];
            into.weights[t * rows + row] = item.weights()[t];
        }
    }
}
