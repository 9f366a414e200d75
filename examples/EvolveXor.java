import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.optim.search.*;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Exclusive or without a gradient: the weights of a 2-2-1 network found by a genetic algorithm and by CMA-ES. */
public class EvolveXor {
    static final Network NETWORK = NetworkSpec.values(2)
            .dense(2, Activation.TANH)
            .dense(1, Activation.SIGMOID)
            .build();
    static final Sequences CASES = Sequences.ofValues(1, 4, 0, 0, 0, 1, 1, 0, 1, 1);
    static final float[] WANTED = {0, 1, 1, 0};

    /** Mean squared error of the weights it is given; each thread has one of its own. */
    static ToDoubleFunction<float[]> error() {
        NetworkWeights weights = NETWORK.weights(GemmLibrary.JAVA);
        Pass pass = new Pass(NETWORK, weights, GemmLibrary.JAVA.open());
        return point -> {
            weights.load(point, false);
            float[] y = pass.predict(CASES, NETWORK.zeroState(4)).values();
            double error = 0;
            for (int i = 0; i < 4; i++) error += (y[i] - WANTED[i]) * (y[i] - WANTED[i]) / 4;
            return error;
        };
    }

    public static void main(String[] args) {
        float[] zero = new float[NETWORK.params().size()];
        search("genetic", () -> new GeneticAlgorithm(zero, 2, 100));
        search("CMA-ES", () -> new CmaEs(zero, 2));
    }

    /** A start that ends in the valley at error 1/8, which two hidden units have, is given up for another. */
    private static void search(String name, Supplier<SearchStrategy> strategy) {
        for (int start = 1; ; start++) {
            Evolution.Result found = new Evolution(strategy.get())
                    .seed(start)
                    .threads(2)
                    .evaluations(3_000)
                    .until(1e-4)
                    .minimize(EvolveXor::error);
            if (!found.reached()) continue;
            System.out.printf("%s: start %d, %d evaluations: ", name, start, found.evaluations());
            Pass pass = Pass.of(NETWORK, found.point(), GemmLibrary.JAVA, false);
            float[] y = pass.predict(CASES, NETWORK.zeroState(4)).values();
            System.out.printf("00 -> %.2f, 01 -> %.2f, 10 -> %.2f, 11 -> %.2f%n", y[0], y[1], y[2], y[3]);
            return;
        }
    }
}
