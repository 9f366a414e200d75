import dev.namaskar.exchange.nd4j.Nd4jArrays;
import dev.namaskar.files.Model;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Sequences, parameters and predictions as ND4J arrays: two steps of an Elman network here and by ND4J's own arithmetic. */
public class WithNd4j {
    public static void main(String[] args) {
        Network network = NetworkSpec.values(3).recurrent("rnn", 5).dense(2).build();
        Model model = new Model(network, network.initialize(1));
        Nd4j.getRandom().setSeed(3);
        INDArray x = Nd4j.rand(DataType.FLOAT, 2, 4, 3); // two steps of four sequences of three values
        INDArray y = Nd4jArrays.predict(model, x);

        Map<String, INDArray> w = Nd4jArrays.params(model);
        INDArray bias = w.get("rnn.bias_ih_l0").add(w.get("rnn.bias_hh_l0"));
        INDArray h = Nd4j.zeros(DataType.FLOAT, 4, 5);
        for (int t = 0; t < 2; t++) {
            INDArray input = x.slice(t).mmul(w.get("rnn.weight_ih_l0").transpose());
            INDArray hidden = h.mmul(w.get("rnn.weight_hh_l0").transpose());
            h = Transforms.tanh(input.add(hidden).addRowVector(bias));
        }
        INDArray byHand = h.mmul(w.get("head.weight").transpose()).addRowVector(w.get("head.bias"));
        System.out.printf("predicted %s%nby hand   %s%n", y.slice(1).getRow(0), byHand.getRow(0));
    }
}
