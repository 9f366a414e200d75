package dev.namaskar.labelling;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Ctc;
import dev.namaskar.net.Network;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.tasks.ExampleReader;
import dev.namaskar.tasks.TrainingPlan;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Mean nats a label over utterances that are not learned from. */
record UtteranceLoss(Network network, Utterances held) implements TrainingPlan.Validation {
    @Override
    public ToDoubleFunction<float[]> with(GemmLibrary library) {
        ExampleReader reader = new ExampleReader(network, library);
        Ctc ctc = new Ctc(held.blank());
        return params -> {
            double[] nats = new double[held.size()];
            reader.load(params)
                    .read(
                            held,
                            (example, out, row) -> nats[example] =
                                    nats(ctc, out, row, held.all().get(example)));
            return Arrays.stream(nats).sum() / Math.max(1, held.labels());
        };
    }

    private static double nats(Ctc ctc, Frames out, int row, Utterance one) {
        float[] unused = new float[out.at() + out.size()];
        int stride = out.batch() * out.width();
        int steps = one.item().steps();
        return ctc.compute(out.values(), unused, out.at(0, row), stride, steps, out.width(), one.labels(), 1);
    }

    @Override
    public int examples() {
        return held.size();
    }
}
