import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Makes the Deeplearning4j models under src/test/resources/peers/dl4j with Deeplearning4j 1.0.0-M2.1 itself, each with
 * an input and the output that Deeplearning4j computes for it.
 *
 * <p>Not part of the build. In the folder with the pom.xml: mvn -q -Djavacpp.platform.custom -Djavacpp.platform.host
 * compile exec:java -Dexec.mainClass=MakeDl4j -Dexec.args=OUT_DIR
 */
public final class MakeDl4j {
    private static final int T = 9;
    private static final int B = 3;

    record Case(String name, String cell, int layers, int in, int hidden, int out, Activation head, DataType dtype) {}

    public static void main(String[] args) throws IOException {
        for (Case c : List.of(
                new Case("simple-rnn-1", "rnn", 1, 7, 5, 7, Activation.SOFTMAX, DataType.FLOAT),
                new Case("simple-rnn-2", "rnn", 2, 7, 5, 7, Activation.SOFTMAX, DataType.FLOAT),
                new Case("lstm-1", "lstm", 1, 7, 6, 7, Activation.SOFTMAX, DataType.FLOAT),
                new Case("lstm-3", "lstm", 3, 7, 6, 7, Activation.SOFTMAX, DataType.FLOAT),
                new Case("lstm-2-values", "lstm", 2, 3, 4, 2, Activation.IDENTITY, DataType.FLOAT),
                new Case("lstm-1-double", "lstm", 1, 7, 4, 7, Activation.SOFTMAX, DataType.DOUBLE),
                new Case("graves-lstm-1", "graves", 1, 7, 4, 7, Activation.SOFTMAX, DataType.FLOAT),
                new Case("lstm-1-relu", "relu", 1, 7, 4, 7, Activation.SOFTMAX, DataType.FLOAT))) {
            make(Path.of(args[0]), c);
        }
    }

    private static void make(Path folder, Case c) throws IOException {
        var list =
                new NeuralNetConfiguration.Builder().seed(7).dataType(c.dtype()).list();
        for (int l = 0; l < c.layers(); l++) {
            list.layer(layer(c, l == 0 ? c.in() : c.hidden()));
        }
        list.layer(new RnnOutputLayer.Builder(c.head() == Activation.SOFTMAX ? LossFunction.MCXENT : LossFunction.MSE)
                .nIn(c.hidden())
                .nOut(c.out())
                .activation(c.head())
                .build());
        var net = new MultiLayerNetwork(list.build());
        net.init();
        var random = new Random(5);
        INDArray params = net.params();
        for (long i = 0; i < params.length(); i++) {
            params.putScalar(i, random.nextGaussian() * 0.4);
        }
        net.setParams(params);
        Map<String, Object> record = new TreeMap<>();
        INDArray x = Nd4j.zeros(c.dtype(), B, c.in(), T);
        int[][] tokens = new int[T][B];
        for (int t = 0; t < T; t++) {
            for (int b = 0; b < B; b++) {
                tokens[t][b] = random.nextInt(c.in());
                if (c.head() == Activation.SOFTMAX) {
                    x.putScalar(b, tokens[t][b], t, 1);
                } else {
                    for (int f = 0; f < c.in(); f++) {
                        x.putScalar(b, f, t, random.nextGaussian());
                    }
                }
            }
        }
        if (c.head() == Activation.SOFTMAX) {
            record.put("tokens", Arrays.deepToString(tokens));
        } else {
            record.put("values", timeMajor(x));
        }
        record.put(c.head() == Activation.SOFTMAX ? "probabilities" : "output", timeMajor(net.output(x)));
        Files.createDirectories(folder);
        net.save(folder.resolve(c.name() + ".zip").toFile(), false);
        StringBuilder json = new StringBuilder("{");
        record.forEach((k, v) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(k)
                .append("\":")
                .append(v));
        Files.writeString(folder.resolve(c.name() + ".json"), json.append("}\n"));
    }

    private static BaseRecurrentLayer layer(Case c, int in) {
        return switch (c.cell()) {
            case "rnn" ->
                new SimpleRnn.Builder()
                        .nIn(in)
                        .nOut(c.hidden())
                        .activation(Activation.TANH)
                        .build();
            case "graves" ->
                new GravesLSTM.Builder()
                        .nIn(in)
                        .nOut(c.hidden())
                        .activation(Activation.TANH)
                        .build();
            case "relu" ->
                new LSTM.Builder()
                        .nIn(in)
                        .nOut(c.hidden())
                        .activation(Activation.RELU)
                        .build();
            default ->
                new LSTM.Builder()
                        .nIn(in)
                        .nOut(c.hidden())
                        .activation(Activation.TANH)
                        .build();
        };
    }

    /** {@code [B,F,T]} as nested arrays {@code [T,B,F]}. */
    private static String timeMajor(INDArray a) {
        double[][][] values = new double[T][B][(int) a.size(1)];
        for (int t = 0; t < T; t++) {
            for (int b = 0; b < B; b++) {
                for (int f = 0; f < a.size(1); f++) {
                    values[t][b][f] = a.getDouble(b, f, t);
                }
            }
        }
        return Arrays.deepToString(values);
    }
}
