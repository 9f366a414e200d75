package dev.namaskar.io;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.net.Activation;
import dev.namaskar.net.Dense;
import dev.namaskar.net.Dropout;
import dev.namaskar.net.Embedding;
import dev.namaskar.net.LastStep;
import dev.namaskar.net.Layer;
import dev.namaskar.net.Merge;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * State dicts of PyTorch modules as safetensors files: {@code rnn} (nn.RNN with tanh, nn.GRU or nn.LSTM; any number
 * of layers, one or both directions, with or without biases), {@code head} (nn.Linear) and optionally
 * {@code embedding} (nn.Embedding). F32 comes and goes unchanged; F64 is rounded to F32, F16 and BF16 are widened.
 */
public final class PyTorch {
    private static final Pattern RNN =
            Pattern.compile("rnn\\.(?:weight_ih|weight_hh|bias_ih|bias_hh)_l([0-9]{1,3})(_reverse)?");

    private PyTorch() {}

    /**
     * Reads a state dict; the file's metadata become the model's texts.
     *
     * @param cell {@code rnn}, {@code gru} or {@code lstm}; null takes what the shapes say
     * @param tokens whether the input is token ids (always so with an embedding), else values
     * @throws MalformedFileException if the file is not such a state dict, naming the tensor that does not fit
     */
    public static Model read(Path path, @Nullable String cell, boolean tokens) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return read(file, cell, tokens);
        }
    }

    static Model read(Safetensors file, @Nullable String cell, boolean tokens) throws IOException {
        // A state dict that was written here brings its vocabulary along.
        boolean text = tokens || file.metadata().containsKey(TextModelFile.VOCABULARY);
        Network network;
        try {
            network = new Network(specification(file, cell, text));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(file.file() + ": " + e.getMessage(), e);
        }
        Set<String> unused = new HashSet<>(file.tensors().keySet());
        for (Slot slot : network.params().slots()) {
            if (unused.remove(slot.name())) {
                file.tensor(slot.name(), PyTorchLayout.shape(slot));
            } else if (!slot.name().contains("bias")) {
                file.tensor(slot.name());
            }
        }
        if (!unused.isEmpty()) {
            throw new MalformedFileException(
                    file.file() + ": expected tensors of \"rnn\", \"head\" and \"embedding\" alone, found "
                            + unused.stream().sorted().limit(8).toList() + "; what they do is not known here");
        }
        HeapRoom.require(file.file(), 4L * network.params().size());
        Params params = Params.zeros(network.params());
        for (Slot slot : network.params().slots()) {
            if (file.tensors().containsKey(slot.name())) {
                PyTorchLayout.set(params, slot, file.floats(slot.name(), PyTorchLayout.shape(slot)));
            }
        }
        Map<String, String> texts = new HashMap<>(file.metadata());
        texts.keySet().removeAll(ModelFile.OWN_KEYS);
        return new Model(network, params, texts);
    }

    /**
     * Writes a state dict that {@code load_state_dict} of such a module takes; the model's texts go along as metadata.
     *
     * @throws IllegalArgumentException if PyTorch has no such module (order above 1, layers that differ), with the reason
     */
    public static void write(Path target, Model model) throws IOException {
        requireOneModule(model.spec());
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        model.texts().forEach(writer::metadata);
        for (Slot slot : model.network().params().slots()) {
            writer.floats(slot.name(), PyTorchLayout.get(model.params(), slot), PyTorchLayout.shape(slot));
        }
        writer.write(target);
    }

    private static NetworkSpec specification(Safetensors file, @Nullable String cellName, boolean tokens)
            throws IOException {
        int layers = 0;
        boolean reverse = false;
        for (String name : file.tensors().keySet()) {
            Matcher matcher = RNN.matcher(name);
            if (matcher.matches()) {
                layers = Math.max(layers, Integer.parseInt(matcher.group(1)) + 1);
                reverse |= matcher.group(2) != null;
            }
        }
        if (file.tensors().containsKey("rnn.weight_hr_l0")) {
            throw new MalformedFileException(file.file()
                    + ": an LSTM with projections (proj_size, tensor \"rnn.weight_hr_l0\") has no counterpart here");
        }
        Tensor hidden = matrix(file, "rnn.weight_hh_l0");
        Tensor input = matrix(file, "rnn.weight_ih_l0");
        int units = hidden.shape().get(1);
        Recurrent layer =
                recurrent(file, cellName, hidden, units).withMerge(reverse ? Merge.CONCATENATE : Merge.FORWARD);
        NetworkSpec spec;
        if (file.tensors().containsKey("embedding.weight")) {
            Tensor table = matrix(file, "embedding.weight");
            spec = positive(
                    file,
                    table,
                    () -> NetworkSpec.tokens(table.shape().get(0))
                            .embedding(table.shape().get(1)));
        } else {
            int width = input.shape().get(1);
            spec = positive(file, input, () -> tokens ? NetworkSpec.tokens(width) : NetworkSpec.values(width));
        }
        for (int l = 0; l < layers; l++) {
            spec = spec.then(layer);
        }
        Tensor head = matrix(file, "head.weight");
        NetworkSpec body = spec;
        return positive(file, head, () -> body.dense(head.shape().get(0)));
    }

    private static Recurrent recurrent(Safetensors file, @Nullable String cellName, Tensor hidden, int units)
            throws MalformedFileException {
        int rows = hidden.shape().get(0);
        for (Cell cell : Cells.all()) {
            boolean wanted = cellName == null || cell.name().equals(cellName);
            if (wanted && units > 0 && rows == (long) cell.gates() * units) {
                return new Recurrent(cell.name(), units);
            }
        }
        String expected = cellName == null
                ? "[H,H] (rnn), [3H,H] (gru) or [4H,H] (lstm)"
                : "[" + Cells.named(cellName, 1).gates() + "H,H] for cell " + cellName;
        throw new MalformedFileException(file.file() + ": expected " + expected + ", got "
                + Tensor.format(hidden.shape()) + " for tensor \"" + hidden.name() + "\"");
    }

    private static Tensor matrix(Safetensors file, String name) throws MalformedFileException {
        Tensor tensor = file.tensor(name);
        if (tensor.shape().size() != 2) {
            throw new MalformedFileException(file.file() + ": expected a matrix, got " + Tensor.format(tensor.shape())
                    + " for tensor \"" + name + "\"");
        }
        return tensor;
    }

    private interface Step {
        NetworkSpec get();
    }

    private static NetworkSpec positive(Safetensors file, Tensor tensor, Step step) throws MalformedFileException {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(file.file() + ": tensor \"" + tensor.name() + "\": " + e.getMessage(), e);
        }
    }

    private static void requireOneModule(NetworkSpec spec) {
        Recurrent first = null;
        for (Layer layer : spec.layers()) {
            if (layer instanceof Recurrent recurrent) {
                requirePyTorchLayer(recurrent);
                if (first != null && !alike(first, recurrent)) {
                    throw new IllegalArgumentException("PyTorch's recurrent modules have layers of one cell, width and"
                            + " direction; this network has " + first.cell() + " " + first.hidden() + " and "
                            + recurrent.cell() + " " + recurrent.hidden() + "; export onnx instead");
                }
                first = recurrent;
            } else if (layer instanceof Dense dense && dense.activation() != Activation.IDENTITY) {
                throw new IllegalArgumentException("a state dict cannot say that a dense layer ends in "
                        + dense.activation().key() + "; export onnx instead");
            } else if (!(layer instanceof Dense
                    || layer instanceof Embedding
                    || layer instanceof Dropout
                    || layer instanceof LastStep)) {
                throw new IllegalArgumentException("no PyTorch module is known for a layer of " + layer.kind());
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("expected a recurrent layer, found " + spec.layers());
        }
    }

    private static boolean alike(Recurrent a, Recurrent b) {
        return a.cell().equals(b.cell()) && a.hidden() == b.hidden() && a.merge() == b.merge();
    }

    private static void requirePyTorchLayer(Recurrent layer) {
        if (layer.order() > 1) {
            throw new IllegalArgumentException(
                    "PyTorch's nn.RNN sees one past hidden state; this network's rnn cell has" + " order "
                            + layer.order());
        }
        if (layer.merge() != Merge.FORWARD && layer.merge() != Merge.CONCATENATE) {
            throw new IllegalArgumentException(
                    "PyTorch puts two directions side by side (concatenate); this network's are" + " joined by "
                            + layer.merge().key() + "; export onnx instead");
        }
    }
}
