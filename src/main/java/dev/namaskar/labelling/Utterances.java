package dev.namaskar.labelling;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.tasks.Examples;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.List;

/**
 * Utterances as examples of CTC.
 *
 * @param input what the network reads
 * @param blank the output that stands for no label
 */
record Utterances(NetworkSpec input, int blank, List<Utterance> all) implements Examples {
    Utterances {
        all = List.copyOf(all);
    }

    @Override
    public BatchShape shape() {
        int longest = all.stream().mapToInt(one -> one.item().steps()).max().orElse(1);
        int most = all.stream().mapToInt(one -> one.labels().length).max().orElse(1);
        BatchShape.Sequence sequence = input.tokens()
                ? BatchShape.Sequence.tokens(longest)
                : BatchShape.Sequence.values(longest, input.inputWidth());
        return BatchShape.labels(sequence.withLengths(), Math.max(1, most));
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public int length(int example) {
        return all.get(example).item().steps();
    }

    @Override
    public int targets(int example) {
        return all.get(example).labels().length;
    }

    @Override
    public void write(int example, Batch into, int row) {
        all.get(example).item().writeInput(into, row, input);
        int[] labels = all.get(example).labels();
        for (int i = 0; i < labels.length; i++) {
            into.classes[i * into.rows() + row] = labels[i];
        }
    }

    /** How many labels there are. */
    long labels() {
        return all.stream().mapToLong(one -> one.labels().length).sum();
    }
}
