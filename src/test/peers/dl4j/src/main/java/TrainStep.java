import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * One training step of a character model in Deeplearning4j 1.0.0-M2.1 on random characters, as `namaskar bench train`
 * takes it: median of eleven after five of warm-up, one JSON line.
 *
 * <p>In this folder: mvn -q -Djavacpp.platform.custom -Djavacpp.platform.host compile exec:java
 * -Dexec.mainClass=TrainStep -Dexec.args="lstm 256 1 64 64" (cell, units, layers, batch, steps).
 */
public final class TrainStep {
    private static final int SYMBOLS = 65;
    private static final int WARM_UP = 5;
    private static final int MEASURED = 11;

    public static void main(String[] args) {
        String cell = args[0];
        int hidden = Integer.parseInt(args[1]);
        int layers = Integer.parseInt(args[2]);
        int batch = Integer.parseInt(args[3]);
        int steps = Integer.parseInt(args[4]);
        MultiLayerNetwork net = network(cell, hidden, layers);
        Random random = new Random(1);
        INDArray x = oneHot(batch, steps, random);
        INDArray y = oneHot(batch, steps, random);
        double[] milliseconds = new double[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            long from = System.nanoTime();
            net.fit(x, y);
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - from) * 1e-6;
            }
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                "{\"peer\": \"deeplearning4j 1.0.0-M2.1\", \"ms_per_step\": %.2f}%n", milliseconds[MEASURED / 2]);
    }

    private static MultiLayerNetwork network(String cell, int hidden, int layers) {
        var configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(2e-3))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(5)
                .list();
        for (int layer = 0; layer < layers; layer++) {
            BaseRecurrentLayer.Builder<?> builder = cell.equals("rnn") ? new SimpleRnn.Builder() : new LSTM.Builder();
            configuration.layer(builder.nIn(layer == 0 ? SYMBOLS : hidden)
                    .nOut(hidden)
                    .activation(Activation.TANH)
                    .build());
        }
        configuration.layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(hidden)
                .nOut(SYMBOLS)
                .activation(Activation.SOFTMAX)
                .build());
        MultiLayerNetwork net = new MultiLayerNetwork(configuration.build());
        net.init();
        return net;
    }

    private static INDArray oneHot(int batch, int steps, Random random) {
        INDArray all = Nd4j.zeros(batch, SYMBOLS, steps);
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < steps; t++) {
                all.putScalar(b, random.nextInt(SYMBOLS), t, 1);
            }
        }
        return all;
    }
}
