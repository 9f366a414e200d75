import dev.namaskar.files.*;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.losses.*;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.*;
import dev.namaskar.params.*;
import dev.namaskar.train.check.*;
import java.nio.file.*;
import java.util.Arrays;

/** A layer of one's own with a parameter and a setting: checked, stored, and read back to the same predictions. */
public class OwnLayer {
    /** {@code y = g x / sqrt(bend^2 + x^2)}, g learned for each value. A line in META-INF/services lets model files find it. */
    public record Squash(double bend) implements Layer {
        public Squash() { this(1); }
        public String kind() { return "squash"; }
        public int outputWidth(int inputWidth) { return inputWidth; }
        public PlacedLayer place(Placement at) {
            int width = at.requireValues().inputWidth();
            return new Placed(at.parameter(at.label() + ".gain", Role.GAIN, 1, 1, width), (float) bend);
        }
    }

    record Placed(Slot gain, float bend) implements PlacedLayer {
        public void initialize(Params params, SplitMix64 random) {
            Initializers.constant(1).fill(params.values(), gain, random);
        }
        public SharedWeights weights(Gemm gemm) { return new SlotWeights(gemm, gain); }
        public Stage stage(SharedWeights weights, Gemm gemm) {
            float[] g = ((SlotWeights) weights).array(gain);
            return new HeapStage(gemm, g.length) {
                protected void forward(Frames x, Frames y, Call call) {
                    for (int i = 0, k = x.at(); i < x.size(); i++, k++)
                        y.values()[i] = g[i % g.length] * x.values()[k] / (float) Math.hypot(bend, x.values()[k]);
                }
                protected void backward(Frames x, Frames y, float[] dx, float[] gradient, Call call) {
                    Arrays.fill(gradient, gain.offset(), gain.end(), 0);
                    for (int i = 0; i < x.size(); i++) {
                        float v = x.values()[x.at() + i], root = (float) Math.hypot(bend, v), dy = y.gradients()[i];
                        gradient[gain.offset() + i % g.length] += dy * v / root;
                        dx[x.at() + i] = dy * g[i % g.length] * bend * bend / (root * root * root);
                    }
                }
            };
        }
    }

    public static void main(String[] args) throws Exception {
        Thread.currentThread().setContextClassLoader(OwnLayer.class.getClassLoader()); // run from source: it has the class
        Network network = NetworkSpec.values(3).dense(8).then(new Squash(0.5)).recurrent("gru", 6).dense(2).build();
        GradientCase at = GradientCase.drawn(network, 7, 3, new SquaredError(), Reduction.MEAN, 1, 7, 4, 0);
        System.out.printf("gradients: worst error %.1e%n", new GradientCheck(at).run().worst());
        Path file = Files.createTempFile("squash", ".safetensors");
        ModelFile.write(file, new Model(network, at.params()));
        Model read = ModelFile.read(file);
        System.out.println("read back: " + read.spec().layers().get(1) + ", same bits: "
                + Arrays.equals(at.params().values(), read.params().values()));
    }
}
