import dev.namaskar.losses.*;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.train.*;
import dev.namaskar.train.settings.*;
import dev.namaskar.train.batch.*;
import dev.namaskar.train.check.*;
import java.util.Random;

/** An objective of one's own, which no loss of single steps can say: near the targets, and smooth. */
public class OwnObjective {
    static final int T = 12, B = 8;
    static final BatchShape SHAPE = BatchShape.values(BatchShape.Sequence.values(T, 1), 1);

    /** {@code sum_t (y_t - target_t)^2 + stiffness (y_t - y_{t-1})^2}. */
    static Objective smooth(double stiffness) {
        return (Frames out, Batch batch, double weight) -> {
            double sum = 0;
            for (int b = 0; b < out.batch(); b++) {
                for (int t = 0; t < out.steps(); t++) {
                    double error = out.values()[out.at(t, b)] - batch.targets[t * out.batch() + b];
                    double step = t == 0 ? 0 : out.values()[out.at(t, b)] - out.values()[out.at(t - 1, b)];
                    double ahead = t + 1 == out.steps() ? 0 : out.values()[out.at(t + 1, b)] - out.values()[out.at(t, b)];
                    sum += error * error + stiffness * step * step;
                    out.gradients()[out.at(t, b)] = (float) (2 * weight * (error + stiffness * (step - ahead)));
                }
            }
            return sum;
        };
    }

    public static void main(String[] args) {
        Network network = NetworkSpec.values(1).recurrent("gru", 12).dense(1).build();
        Batch batch = new Batch(SHAPE, B);
        noise(1, batch);
        GradientCase at = GradientCase.drawn(Trainable.of(network), batch, smooth(2), Reduction.MEAN, 1);
        System.out.printf("gradients: worst error %.1e%n", new GradientCheck(at).run().worst());
        for (double stiffness : new double[] {0, 4}) {
            Params params = network.initialize(1);
            BatchSource source = BatchSource.of(SHAPE, B, OwnObjective::noise);
            try (Trainer trainer = new Trainer(network, params, Optimizers.adam(0.01), source, () -> smooth(stiffness), TrainerSettings.of(1, 1))) {
                while (trainer.steps() < 300) trainer.step();
            }
            Frames out = network.predictor(params).predict(batch.sequences(), network.zeroState(B));
            double roughness = 0;
            for (int t = 1; t < T; t++) roughness += Math.abs(out.values()[out.at(t, 0)] - out.values()[out.at(t - 1, 0)]);
            System.out.printf("stiffness %.0f: mean step %.2f%n", stiffness, roughness / (T - 1));
        }
    }

    /** Noise that is to be repeated. */
    static void noise(long number, Batch into) {
        Random random = new Random(number);
        for (int i = 0; i < T * B; i++) into.targets[i] = into.values[i] = (float) random.nextGaussian();
    }
}
