package dev.namaskar.exchange.nd4j;

import dev.namaskar.files.Model;
import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.net.Network;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Parameters, sequences, states and predictions as ND4J arrays, for code that lives in that ecosystem. Everything is
 * copied: neither side sees what the other changes later, and nothing is remembered between calls.
 *
 * <pre>{@code
 * INDArray y = Nd4jArrays.predict(model, x);                          // x [T,B,F] or token ids [T,B], y [T,B,W]
 * INDArray recurrent = Nd4jArrays.params(model).get("rnn.weight_hh_l0");
 * }</pre>
 */
public final class Nd4jArrays {
    private Nd4jArrays() {}

    /** All parameters by name in PyTorch's shapes, {@code [gates * hidden, in]} and the like. */
    public static Map<String, INDArray> params(Model model) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Slot slot : model.network().params().slots()) {
            arrays.put(slot.name(), array(PyTorchLayout.get(model.params(), slot), PyTorchLayout.shape(slot)));
        }
        return arrays;
    }

    /**
     * Sets one parameter from an array in PyTorch's shape; modifies the model's parameters.
     *
     * @throws IllegalArgumentException if the shape is another or a value is not finite, with slot, expected and found
     */
    public static void setParam(Model model, String name, INDArray array) {
        Slot slot = model.network().params().slot(name);
        int[] shape = PyTorchLayout.shape(slot);
        if (!Arrays.equals(array.shape(), Arrays.stream(shape).asLongStream().toArray())) {
            throw new IllegalArgumentException("expected " + Arrays.toString(shape) + ", got "
                    + Arrays.toString(array.shape()) + " for slot \"" + name + "\"");
        }
        PyTorchLayout.set(model.params(), slot, floats(array, "slot \"" + name + "\""));
    }

    /** A copy of the parameters alone, in the network's own flat order. */
    public static INDArray flat(Params params) {
        return array(params.values(), params.values().length);
    }

    /** Values {@code [T,B,F]} of any real data type as sequences. */
    public static Sequences values(INDArray array) {
        requireRank(array, 3, "[T,B,F]");
        return Sequences.ofValues((int) array.size(0), (int) array.size(1), floats(array, "values"));
    }

    /** Values {@code [B,F,T]}, as Deeplearning4j's recurrent layers take them, as sequences. */
    public static Sequences valuesOfDeeplearning4j(INDArray array) {
        requireRank(array, 3, "[B,F,T]");
        return values(array.permute(2, 0, 1));
    }

    /** Token ids {@code [T,B]} of any integer data type as sequences. */
    public static Sequences tokens(INDArray array) {
        requireRank(array, 2, "[T,B]");
        if (!array.dataType().isIntType()) {
            throw new IllegalArgumentException("expected token ids of an integer type, found " + array.dataType());
        }
        int[] ids = array.castTo(DataType.INT32).dup('c').data().asInt();
        return Sequences.ofTokens((int) array.size(0), (int) array.size(1), ids);
    }

    /**
     * What the network says of sequences that begin from a zero state.
     *
     * @param input values {@code [T,B,F]} of any real data type, or token ids {@code [T,B]} of any integer data type
     * @return {@code [T,B,W]}; {@code [1,B,W]} of a network that reads out its last step
     */
    public static INDArray predict(Model model, INDArray input) {
        Sequences x = model.spec().tokens() ? tokens(input) : values(input);
        Network network = model.network();
        return prediction(network.predictor(model.params()).predict(x, network.zeroState(x.batch())));
    }

    /** The parts of a state by name, {@code h_l0} and the like, each {@code [B, units]}. */
    public static Map<String, INDArray> states(State state) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (StateLayout.Part part : state.layout().parts()) {
            arrays.put(part.name(), array(state.get(part.name()), state.batch(), part.width()));
        }
        return arrays;
    }

    /** Sets one part of a state from an array {@code [B, units]}; modifies the state. */
    public static void setState(State state, String name, INDArray array) {
        requireRank(array, 2, "[B, units] for state \"" + name + "\"");
        state.set(name, floats(array, "state \"" + name + "\""));
    }

    /** A prediction {@code [T,B,F]}. */
    public static INDArray prediction(Frames frames) {
        float[] values = Arrays.copyOfRange(frames.values(), frames.at(), frames.at() + frames.size());
        return array(values, frames.steps(), frames.batch(), frames.width());
    }

    /** A prediction as Deeplearning4j lays it out, {@code [B,F,T]}. */
    public static INDArray predictionOfDeeplearning4j(Frames frames) {
        return prediction(frames).permute(1, 2, 0).dup('c');
    }

    private static INDArray array(float[] values, int... shape) {
        long[] sizes = Arrays.stream(shape).asLongStream().toArray();
        return Nd4j.createFromArray(values.clone()).reshape('c', sizes);
    }

    private static float[] floats(INDArray array, String what) {
        if (!array.dataType().isFPType()) {
            throw new IllegalArgumentException("expected real numbers for " + what + ", found " + array.dataType());
        }
        float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "expected finite numbers, found " + values[i] + " at index " + i + " of " + what);
            }
        }
        return values;
    }

    private static void requireRank(INDArray array, int rank, String shape) {
        if (array.rank() != rank) {
            throw new IllegalArgumentException(
                    "expected an array " + shape + ", found shape " + Arrays.toString(array.shape()));
        }
    }
}
