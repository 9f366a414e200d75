import dev.namaskar.cells.*;
import dev.namaskar.files.*;
import dev.namaskar.losses.*;
import dev.namaskar.net.*;
import dev.namaskar.optim.*;
import dev.namaskar.params.*;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;
import dev.namaskar.train.check.*;
import java.nio.file.*;

/** A cell of one's own, a leaky integrator: checked, trained, stored, and read back to the same bits. */
public class OwnCell {
    /** {@code h_t = h_{t-1} + leak (tanh a_t - h_{t-1})}. A line in META-INF/services lets model files find it. */
    public record Leaky(float leak) implements Cell {
        public Leaky() { this(0.3f); }
        public String name() { return "leaky"; }
        public int gates() { return 1; }
        public boolean carries() { return true; }
        public void forward(Step before, Step now, int size) {
            for (int j = 0; j < size; j++) {
                now.gates[0][j] = (float) Math.tanh(now.gates[0][j]);
                now.h[j] = before.h[j] + leak * (now.gates[0][j] - before.h[j]);
            }
        }
        public void backward(Step before, Step now, Backflow flow, int size) {
            for (int j = 0; j < size; j++) {
                float d = flow.dh[j] + flow.dCarry[j];
                now.gates[0][j] = d * leak * (1 - now.gates[0][j] * now.gates[0][j]);
                flow.dCarry[j] = d * (1 - leak);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Thread.currentThread().setContextClassLoader(OwnCell.class.getClassLoader()); // run from source: it has the class
        Network network = NetworkSpec.values(1).recurrent(new Leaky(0.25f), 16).dense(1).build();
        GradientCase at = GradientCase.drawn(network, 8, 3, new SquaredError(), Reduction.MEAN, 1, 8, 5, 0);
        System.out.printf("gradients: worst error %.1e%n", new GradientCheck(at).run().worst());
        Params params = network.initialize(1);
        BatchSource noise = BatchSource.of(BatchShape.values(BatchShape.Sequence.values(20, 1), 1), 16, OwnCell::smooth);
        try (Trainer trainer = Trainer.of(network, params, Optimizers.adam(0.01), noise, SquaredError::new, 1)) {
            System.out.printf("loss: %.3f before", trainer.step());
            while (trainer.steps() < 299) trainer.step();
            System.out.printf(", %.3f after 300 steps%n", trainer.step());
        }
        Path file = Files.createTempFile("leaky", ".safetensors");
        ModelFile.write(file, new Model(network, params));
        boolean same = java.util.Arrays.equals(params.values(), ModelFile.read(file).params().values());
        System.out.println("read back: " + ModelFile.read(file).spec().layers().get(0) + ", same bits: " + same);
    }

    static void smooth(long number, Batch into) { // noise, and what is left of it when it is smoothed
        for (int i = 0; i < into.values.length; i++) {
            into.values[i] = (float) new SplitMix64(number * 320 + i).nextGaussian();
            into.targets[i] = 0.8f * (i < 16 ? 0 : into.targets[i - 16]) + 0.2f * into.values[i];
        }
    }
}
