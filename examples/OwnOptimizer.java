import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.*;
import dev.namaskar.params.Settings;
import dev.namaskar.symbols.*;
import dev.namaskar.text.corpus.*;
import dev.namaskar.train.*;
import dev.namaskar.train.run.*;
import dev.namaskar.train.settings.*;
import java.nio.file.*;
import java.util.*;

/** An update rule of one's own: Lion (Chen et al. 2023), as an object and by its name, trained, stopped and gone on with. */
public class OwnOptimizer implements NamedOptimizer {
    /** {@code g = sign(beta1 m + (1 - beta1) g)}, then {@code m = beta2 m + (1 - beta2) g}; {@link Sgd} takes lr g. */
    record Lion(float beta1, float beta2) implements GradientTransform {
        public int arrays() {
            return 1; // m, which a checkpoint stores
        }
        public void apply(float[] g, float[] w, TransformState state, int from, int to) {
            float[] m = state.array(0);
            for (int i = from; i < to; i++) {
                float gradient = g[i];
                g[i] = Math.signum(beta1 * m[i] + (1 - beta1) * gradient);
                m[i] = beta2 * m[i] + (1 - beta2) * gradient;
            }
        }
    }

    public String name() { // found because META-INF/services names the class
        return "lion";
    }

    public Map<String, Object> defaults() {
        return Settings.defaults("lr", 1e-4, "beta1", 0.9, "beta2", 0.99);
    }

    public List<GradientTransform> rule(Settings s) {
        return List.of(new Lion((float) s.number("beta1"), (float) s.number("beta2")), new Sgd());
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("lion");
        train(OptimizerSpec.parse("lion:lr=0.01").build(120), 50, folder.resolve("stopped"));
        Optimizer lion = Optimizer.of("lion", 0.01, Map.of(), new Lion(0.9f, 0.99f), new Sgd());
        float[] resumed = train(lion, 120, folder.resolve("stopped"));
        System.out.println("the same bits: " + Arrays.equals(resumed, train(lion, 120, folder.resolve("whole"))));
    }

    private static float[] train(Optimizer lion, int steps, Path checkpoint) throws Exception {
        var data = TextData.of(Corpus.of("namaskar", Unit.CODEPOINT)).batches();
        var network = NetworkSpec.tokens(6).recurrent("rnn", 16).dense(6).build();
        try (var runs = CheckpointedRuns.open(checkpoint, network, Map.of(), 50, true, System.out::println);
                var run = Trainer.of(network, network.initialize(1), lion, data, SoftmaxCrossEntropy::new, 1)) {
            return runs.carryOut(run, new Training(run, StoppingRules.afterSteps(steps)));
        }
    }
}
