import dev.namaskar.losses.*;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.*;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;

/** A threshold unit and a linear unit learn AND; neither can learn XOR, which a hidden layer can. */
public class AndXor {
    static final Sequences ALL = Sequences.ofValues(1, 4, 0, 0, 0, 1, 1, 0, 1, 1);
    static final float[] AND = {0, 0, 0, 1}, XOR = {0, 1, 1, 0};

    public static void main(String[] args) {
        for (float[] wanted : new float[][] {AND, XOR}) unit("perceptron", new Perceptron(), Activation.THRESHOLD, 1, 1000, wanted);
        for (float[] wanted : new float[][] {AND, XOR}) unit("linear unit", new SquaredError(), Activation.IDENTITY, 0.05, 1000, wanted);
        hidden("pytorch");
        hidden("uniform(0,1)");
    }

    /** One unit from zero weights, a case at a time; what it is told is trained, what it says is looked at. */
    static void unit(String name, Loss loss, Activation says, double rate, int most, float[] wanted) {
        Network told = NetworkSpec.values(2).dense(1).build(), unit = NetworkSpec.values(2).dense(1, says).build();
        Params params = Params.zeros(told.params());
        int epochs = 0, wrong = 4; String answers = "";
        try (Trainer trainer = Trainer.of(told, params, Optimizers.sgd(rate), cases(1, wanted), () -> loss, 1)) {
            for (; wrong > 0 && epochs < most; epochs++) {
                for (int i = 0; i < 4; i++) trainer.step();
                float[] y = unit.predictor(params).predict(ALL, unit.zeroState(4)).values();
                wrong = 0;
                for (int i = 0; i < 4; i++) if (y[i] > .5 != wanted[i] > .5) wrong++;
                answers = says(y);
            }
        }
        System.out.printf("%-11s %s: %d wrong after %d epochs, says %s%n", name, wanted == AND ? "AND" : "XOR", wrong, epochs, answers);
    }

    static void hidden(String initializer) {
        Network network = NetworkSpec.values(2).then(new Dense(3, Activation.SIGMOID, initializer)).then(new Dense(1, Activation.SIGMOID, initializer)).build();
        Params params = network.initialize(1);
        try (Trainer trainer = Trainer.of(network, params, Optimizers.momentum(0.5, 0.9), cases(4, XOR), SquaredError::new, 1)) {
            while (trainer.step() > 0.001) {}
            float[] y = network.predictor(params).predict(ALL, network.zeroState(4)).values();
            System.out.printf("2-3-1 from %s: XOR in %d epochs, says %s%n", initializer, trainer.steps(), says(y));
        }
    }

    static String says(float[] y) { return String.format("%.2f %.2f %.2f %.2f", y[0], y[1], y[2], y[3]); }

    static BatchSource cases(int rows, float[] wanted) {
        return BatchSource.of(BatchShape.values(BatchShape.Sequence.values(1, 2), 1), rows, (number, into) -> {
            for (int b = 0; b < rows; b++) {
                int each = (int) (number * rows + b) % 4;
                System.arraycopy(ALL.values(), 2 * each, into.values, 2 * b, 2);
                into.targets[b] = wanted[each];
            }
        });
    }
}
