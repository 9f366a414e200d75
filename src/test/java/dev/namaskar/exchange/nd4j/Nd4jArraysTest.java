package dev.namaskar.exchange.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.files.Model;
import dev.namaskar.files.Predictions;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class Nd4jArraysTest {
    private final Model model =
            Predictions.random(NetworkSpec.values(3).recurrent("gru", 4).dense(2), 5);

    @Test
    void parametersGoOutInPyTorchsShapesAndComeBack() {
        Map<String, INDArray> arrays = Nd4jArrays.params(model);
        assertThat(Objects.requireNonNull(arrays.get("rnn.weight_ih_l0")).shape())
                .containsExactly(12, 3);
        assertThat(Objects.requireNonNull(arrays.get("head.bias")).shape()).containsExactly(2);
        Model other = Predictions.random(model.spec(), 6);
        arrays.forEach((name, array) -> Nd4jArrays.setParam(other, name, array));
        assertThat(other.params().values()).isEqualTo(model.params().values());
    }

    @Test
    void nothingIsShared() {
        float before = model.params().get("head.bias")[0];
        INDArray bias = Objects.requireNonNull(Nd4jArrays.params(model).get("head.bias"));
        bias.putScalar(0, 100);
        Nd4jArrays.flat(model.params()).assign(7);
        assertThat(model.params().get("head.bias")[0]).isEqualTo(before);
        Nd4jArrays.setParam(model, "head.bias", bias);
        bias.putScalar(0, 200);
        assertThat(model.params().get("head.bias")[0]).isEqualTo(100);
    }

    @Test
    void viewsAndOtherOrdersAreReadByTheirMeaning() {
        INDArray wide = Nd4j.rand(DataType.DOUBLE, 5, 4, 6).dup('f');
        INDArray view = wide.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 6));
        Sequences x = Nd4jArrays.values(view);
        assertThat(x.steps()).isEqualTo(2);
        assertThat(x.batch()).isEqualTo(4);
        float[] values = Objects.requireNonNull(x.values());
        assertThat(values[(1 * 4 + 2) * 3 + 1]).isEqualTo((float) view.getDouble(1, 2, 1));
        Sequences same = Nd4jArrays.valuesOfDeeplearning4j(view.permute(1, 2, 0));
        assertThat(same.values()).isEqualTo(values);
    }

    @Test
    void predictionsComeOutInBothLayouts() {
        INDArray x = Nd4j.randn(DataType.FLOAT, 5, 2, 3);
        Frames frames = model.network()
                .predictor(model.params())
                .predict(Nd4jArrays.values(x), model.network().zeroState(2));
        INDArray out = Nd4jArrays.prediction(frames);
        assertThat(out.shape()).containsExactly(5, 2, 2);
        assertThat(out.getFloat(4, 1, 0)).isEqualTo(frames.values()[frames.at() + (4 * 2 + 1) * 2]);
        assertThat(Nd4jArrays.predictionOfDeeplearning4j(frames).getFloat(1, 0, 4))
                .isEqualTo(out.getFloat(4, 1, 0));
    }

    @Test
    void aNetworkIsAskedAndStatesGoBothWays() {
        INDArray x = Nd4j.randn(DataType.DOUBLE, 4, 2, 3);
        State state = model.network().zeroState(2);
        Frames frames = model.network().predictor(model.params()).predict(Nd4jArrays.values(x), state);
        INDArray expected = Nd4jArrays.prediction(frames);
        assertThat(Nd4jArrays.predict(model, x)).isEqualTo(expected);
        assertThat(Nd4jArrays.predict(model, x)).as("nothing is remembered").isEqualTo(expected);

        INDArray hidden = Objects.requireNonNull(Nd4jArrays.states(state).get("h_l0"));
        assertThat(hidden.shape()).containsExactly(2, 4);
        assertThat(hidden.getFloat(1, 3)).isEqualTo(state.get("h_l0")[7]);
        State other = model.network().zeroState(2);
        Nd4jArrays.setState(other, "h_l0", hidden);
        hidden.assign(9);
        assertThat(other.values()).isEqualTo(state.values());
        assertThatThrownBy(() -> Nd4jArrays.setState(other, "h_l0", Nd4j.zeros(DataType.FLOAT, 3, 4)))
                .hasMessageContaining("expected [2,4] for state \"h_l0\"");
    }

    @Test
    void tokensAreIntegers() {
        INDArray ids = Nd4j.createFromArray(new int[][] {{0, 1}, {2, 3}, {4, 0}});
        assertThat(Nd4jArrays.tokens(ids.castTo(DataType.INT64)).tokens()).containsExactly(0, 1, 2, 3, 4, 0);
        assertThatThrownBy(() -> Nd4jArrays.tokens(ids.castTo(DataType.FLOAT)))
                .hasMessage("expected token ids of an integer type, found FLOAT");
    }

    @Test
    void wrongShapesAndNumbersAreNamed() {
        assertThatThrownBy(() -> Nd4jArrays.setParam(model, "head.weight", Nd4j.zeros(DataType.FLOAT, 4, 2)))
                .hasMessage("expected [2, 4], got [4, 2] for slot \"head.weight\"");
        assertThatThrownBy(() -> Nd4jArrays.values(Nd4j.zeros(DataType.FLOAT, 4, 2)))
                .hasMessageContaining("expected an array [T,B,F]");
        INDArray bad = Nd4j.zeros(DataType.FLOAT, 2);
        bad.putScalar(1, Float.NaN);
        assertThatThrownBy(() -> Nd4jArrays.setParam(model, "head.bias", bad))
                .hasMessageContaining("found NaN at index 1 of slot \"head.bias\"");
    }
}
