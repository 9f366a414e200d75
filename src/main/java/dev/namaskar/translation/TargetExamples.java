package dev.namaskar.translation;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.tasks.Examples;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.List;

/**
 * Sources and their targets as an encoder and a decoder learn them: the decoder reads the end symbol and then the target, and
 * is held to the target and then the end symbol.
 *
 * @param input what the encoder reads
 * @param end the symbol that begins and ends a target
 */
record TargetExamples(NetworkSpec input, int end, List<Item> items) implements Examples {
    /** A source and its target's symbols. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Item(Source source, int[] target) {}

    TargetExamples {
        items = List.copyOf(items);
    }

    @Override
    public BatchShape shape() {
        int source = items.stream().mapToInt(item -> item.source.steps()).max().orElse(1);
        int target =
                1 + items.stream().mapToInt(item -> item.target.length).max().orElse(0);
        BatchShape.Sequence read = input.tokens()
                ? BatchShape.Sequence.tokens(source)
                : BatchShape.Sequence.values(source, input.inputWidth());
        return BatchShape.classes(BatchShape.Sequence.tokens(target).withLengths())
                .withSource(read.withLengths());
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public int length(int example) {
        return items.get(example).target.length + 1;
    }

    @Override
    public int sourceLength(int example) {
        return items.get(example).source.steps();
    }

    @Override
    public void write(int example, Batch into, int row) {
        Item item = items.get(example);
        item.source.write(into.source(), row);
        int[] target = item.target;
        for (int t = 0; t <= target.length; t++) {
            int at = t * into.rows() + row;
            into.tokens[at] = t == 0 ? end : target[t - 1];
            into.classes[at] = t == target.length ? end : target[t];
        }
    }
}
