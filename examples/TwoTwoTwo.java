import dev.namaskar.losses.SquaredError;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.*;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;

/** Two inputs, two hidden units, two outputs: a step of back-propagation by hand, factor by factor, and by a network. */
public class TwoTwoTwo {
    static final double[] IN = {.05, .10}, TARGET = {.01, .99};

    static double sigmoid(double z) { return 1 / (1 + Math.exp(-z)); }

    public static void main(String[] args) {
        double[] w = {0, .15, .20, .25, .30, .40, .45, .50, .55}, next = w.clone(); // w1 to w8
        double h1 = sigmoid(w[1] * IN[0] + w[2] * IN[1] + .35), h2 = sigmoid(w[3] * IN[0] + w[4] * IN[1] + .35);
        double o1 = sigmoid(w[5] * h1 + w[6] * h2 + .60), o2 = sigmoid(w[7] * h1 + w[8] * h2 + .60);
        double error = Math.pow(TARGET[0] - o1, 2) / 2 + Math.pow(TARGET[1] - o2, 2) / 2;
        System.out.printf("h1 %.9f  h2 %.9f%no1 %.9f  o2 %.9f%nE  %.9f%n", h1, h2, o1, o2, error);

        double dE1 = o1 - TARGET[0], dE2 = o2 - TARGET[1], slope1 = o1 * (1 - o1), slope2 = o2 * (1 - o2);
        System.out.printf("dE/dw5 = dE/do1 * do1/dz1 * dz1/dw5%n       = %.9f * %.9f * %.9f = %.9f%n", dE1, slope1, h1, dE1 * slope1 * h1);
        double d1 = dE1 * slope1, d2 = dE2 * slope2, dh1 = d1 * w[5] + d2 * w[7], dh2 = d1 * w[6] + d2 * w[8];
        System.out.printf("dE/dh1 = dE/dz1 * w5 + dE/dz2 * w7%n       = %.9f * %.2f + %.9f * %.2f = %.9f%n", d1, w[5], d2, w[7], dh1);
        System.out.printf("dE/dw1 = dE/dh1 * dh1/dz * dz/dw1%n       = %.9f * %.9f * %.2f = %.9f%n", dh1, h1 * (1 - h1), IN[0], dh1 * h1 * (1 - h1) * IN[0]);
        double[] d = {dh1 * h1 * (1 - h1), dh2 * h2 * (1 - h2), d1, d2}, h = {h1, h2};
        for (int i = 1; i <= 8; i++) {
            next[i] = w[i] - .5 * d[(i - 1) / 2] * (i <= 4 ? IN[(i - 1) % 2] : h[(i - 1) % 2]);
            System.out.printf("w%d %.9f%s", i, next[i], i % 4 == 0 ? "\n" : "  ");
        }

        Network network = NetworkSpec.values(2).dense(2, Activation.SIGMOID).dense(2, Activation.SIGMOID).build();
        Params params = Params.zeros(network.params());
        params.set("dense0.weight", .15f, .25f, .20f, .30f); // a row an input, a column a unit
        params.set("dense0.bias", .35f, .35f);
        params.set("head.weight", .40f, .50f, .45f, .55f);
        params.set("head.bias", .60f, .60f);
        BatchSource one = BatchSource.of(BatchShape.values(BatchShape.Sequence.values(1, 2), 2), 1, (number, into) -> {
            for (int i = 0; i < 2; i++) {
                into.values[i] = (float) IN[i];
                into.targets[i] = (float) TARGET[i];
            }
        });
        try (Trainer trainer = Trainer.of(network, params, Optimizers.sgd(.5).freeze("*.bias"), one, SquaredError::new, 1)) {
            double first = trainer.step(); // the mean of two squares is half their sum
            System.out.printf("the network: E %.7f, then w5 %.7f, w1 %.7f%n", first, params.get("head.weight")[0], params.get("dense0.weight")[0]);
            double last = 0;
            while (trainer.steps() <= 10_000) last = trainer.step();
            System.out.printf("after 10000 steps: E %.7f%n", last);
        }
    }
}
