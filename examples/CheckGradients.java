import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SquaredError;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.params.Params;
import java.util.Random;

/** Back-propagation through time by hand: one entry of the recurrent weights' gradient, beside its difference quotient. */
public class CheckGradients {
    static final int T = 6, B = 2;
    static final Network NETWORK =
            NetworkSpec.values(3).recurrent("gru", 4).dense(1).build();
    static final SequenceLoss LOSS = new SequenceLoss(new SquaredError());

    public static void main(String[] args) {
        Random random = new Random(1);
        float[] x = new float[T * B * 3], y = new float[T * B];
        for (int i = 0; i < x.length; i++) x[i] = (float) random.nextGaussian();
        for (int i = 0; i < y.length; i++) y[i] = (float) random.nextGaussian();

        Params params = NETWORK.initialize(1);
        Pass pass = run(params, x, y);
        float[] gradient = pass.backward();

        int entry = NETWORK.params().slot("rnn.weight_hh_l0").offset() + 5;
        float h = 1e-2f, middle = params.values()[entry];
        params.values()[entry] = middle + h;
        double above = loss(run(params, x, y), params, x, y);
        params.values()[entry] = middle - h;
        double below = loss(run(params, x, y), params, x, y);
        System.out.printf("backward %.5f, difference quotient %.5f%n", gradient[entry], (above - below) / (2 * h));
    }

    static Pass run(Params params, float[] x, float[] y) {
        Pass pass = Pass.of(NETWORK, params.values(), GemmLibrary.JAVA, true);
        loss(pass, params, x, y);
        return pass;
    }

    static double loss(Pass pass, Params params, float[] x, float[] y) {
        Frames out = pass.predict(Sequences.ofValues(T, B, x), NETWORK.zeroState(B));
        return LOSS.compute(out, Targets.values(y), 1.0 / (T * B)) / (T * B);
    }
}
