import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.optim.search.*;
import java.util.function.ToDoubleFunction;

/**
 * A pole on a cart (Barto, Sutton and Anderson 1983) kept upright by a recurrent network that sees where both are, but
 * not how they move: it has to remember. CMA-ES finds its weights, and finds none for a network without memory.
 */
public class BalancePole {
    static final Network RECURRENT =
            NetworkSpec.values(2).recurrent("rnn", 4).dense(1, Activation.TANH).build();
    static final Network FORWARD =
            NetworkSpec.values(2).dense(8, Activation.TANH).dense(1, Activation.TANH).build();

    /** Steps of 20 ms until cart or pole are out of bounds, 2.4 m and 12 degrees, or all are done. */
    static int balanced(Network network, Pass pass, double angle, int most) {
        double x = 0, v = 0, a = angle, w = 0; // place and speed of the cart, angle and its speed
        var memory = network.zeroState(1);
        for (int step = 0; step < most; step++) {
            Sequences seen = Sequences.ofValues(1, 1, (float) (x / 2.4), (float) (a / 0.21));
            double force = 10 * pass.predict(seen, memory).values()[0];
            double push = (force + 0.05 * w * w * Math.sin(a)) / 1.1;
            double turn = (9.8 * Math.sin(a) - Math.cos(a) * push) / (0.5 * (4 / 3.0 - 0.1 * Math.pow(Math.cos(a), 2) / 1.1));
            x += 0.02 * v;
            v += 0.02 * (push - 0.05 * turn * Math.cos(a) / 1.1);
            a += 0.02 * w;
            w += 0.02 * turn;
            if (Math.abs(x) > 2.4 || Math.abs(a) > Math.toRadians(12)) return step;
        }
        return most;
    }

    /** The part of 3000 steps that is missing, on the mean over four first angles. */
    static ToDoubleFunction<float[]> fallen(Network network) {
        NetworkWeights weights = network.weights(GemmLibrary.JAVA);
        Pass pass = new Pass(network, weights, GemmLibrary.JAVA.open());
        return point -> {
            weights.load(point, false);
            double steps = 0;
            for (int k = 0; k < 4; k++) steps += balanced(network, pass, 0.04 * k - 0.07, 3000);
            return 1 - steps / 12_000;
        };
    }

    static Evolution.Result search(Network network) {
        return new Evolution(new CmaEs(new float[network.params().size()], 1))
                .seed(1).threads(2).evaluations(5_000).until(0).minimize(() -> fallen(network));
    }

    public static void main(String[] args) {
        Evolution.Result found = search(RECURRENT), blind = search(FORWARD);
        System.out.printf("all four poles stand for a minute: %s, after %d evaluations%n", found.reached(), found.evaluations());
        Pass pass = Pass.of(RECURRENT, found.point(), GemmLibrary.JAVA, false);
        System.out.printf("another first angle: %d of 10000 steps%n", balanced(RECURRENT, pass, 0.04, 10_000));
        System.out.printf("without memory: %.0f steps of 3000 after %d evaluations%n", 3000 * (1 - blind.loss()), blind.evaluations());
    }
}
