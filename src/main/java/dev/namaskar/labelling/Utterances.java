package dev.namaskar.labelling;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Ctc;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.tasks.ExampleReader;
import dev.namaskar.tasks.Examples;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.Batch;
import dev.namaskar.train.BatchShape;
import java.util.List;
import java.util.function.ToDoubleFunction;

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

    /** Mean nats a label over utterances that are not learned from. */
    TrainingPlan.Validation validation(Network network) {
        return new TrainingPlan.Validation() {
            @Override
            public ToDoubleFunction<float[]> with(GemmLibrary library) {
                ExampleReader reader = new ExampleReader(network, library);
                return params -> nats(reader.load(params)) / Math.max(1, labels());
            }

            @Override
            public int examples() {
                return size();
            }
        };
    }

    /** How many labels there are. */
    long labels() {
        return all.stream().mapToLong(one -> one.labels().length).sum();
    }

    private double nats(ExampleReader reader) {
        Ctc ctc = new Ctc(blank);
        double[] nats = new double[size()];
        reader.read(this, (example, out, row) -> nats[example] = nats(ctc, out, row, all.get(example)));
        double sum = 0;
        for (double one : nats) {
            sum += one;
        }
        return sum;
    }

    private static double nats(Ctc ctc, Frames out, int row, Utterance one) {
        float[] unused = new float[out.at() + out.size()];
        int stride = out.batch() * out.width();
        int steps = one.item().steps();
        return ctc.compute(out.values(), unused, out.at(0, row), stride, steps, out.width(), one.labels(), 1);
    }
}
