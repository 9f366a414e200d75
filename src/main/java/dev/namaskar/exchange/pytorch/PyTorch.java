package dev.namaskar.exchange.pytorch;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cells.Gru;
import dev.namaskar.cells.Lstm;
import dev.namaskar.cells.Relu;
import dev.namaskar.cells.Tanh;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.FileKind;
import dev.namaskar.files.HeapRoom;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.SafetensorsWriter;
import dev.namaskar.files.Tensor;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.readouts.BothEnds;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.readouts.MaximumOverSteps;
import dev.namaskar.net.readouts.MeanOverSteps;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * State dicts of PyTorch modules as safetensors files: {@code rnn} (nn.RNN, nn.GRU or nn.LSTM; any number
 * of layers, one or both directions, with or without biases), {@code head} (nn.Linear) and optionally
 * {@code embedding} (nn.Embedding); {@link StateDict} says which other names are understood. F32 comes and goes
 * unchanged; F64 is rounded to F32, F16 and BF16 are widened. A state dict does not tell an nn.RNN of relu from one of
 * tanh: {@link Module} does, or else it is taken for tanh.
 */
public final class PyTorch {
    private static final String PRODUCER = "producer";
    private static final String NONLINEARITY = "nonlinearity";
    private static final List<Cell> MODULES = List.of(new Tanh(1), new Gru(), new Lstm());
    private static final List<String> NONLINEARITIES = List.of("tanh", "relu");

    /** A state dict that {@link #write} wrote; one that PyTorch saved is the work of others. */
    public static final FileKind KIND = new FileKind("a state dict that was exported here", path -> {
        try (Safetensors file = Safetensors.open(path)) {
            return ModelFile.FORMAT.equals(file.metadata().get(PRODUCER));
        }
    });

    private PyTorch() {}

    /**
     * What a state dict does not say of its module.
     *
     * @param cell {@code rnn}, {@code gru} or {@code lstm}; null takes what the shapes say
     * @param nonlinearity {@code tanh} or {@code relu} of an nn.RNN; null for tanh, which the notes then say
     * @param tokens whether the input is token ids (always so with an embedding), else values
     */
    public record Module(@Nullable String cell, @Nullable String nonlinearity, boolean tokens) {
        /** Checks that only an nn.RNN has a nonlinearity. */
        public Module {
            if (nonlinearity != null && !NONLINEARITIES.contains(nonlinearity)) {
                throw new IllegalArgumentException(
                        "expected a nonlinearity of " + NONLINEARITIES + ", found " + nonlinearity);
            }
            if (nonlinearity != null && cell != null && !cell.equals("rnn")) {
                throw new IllegalArgumentException(
                        "expected a nonlinearity of cell rnn alone, found " + nonlinearity + " of " + cell);
            }
        }
    }

    /**
     * Reads a state dict; the file's metadata become the model's texts.
     *
     * @param module what else is known of it
     * @param notes told which module was taken for which where their names are others, and what was assumed
     * @throws MalformedFileException if the file is not such a state dict, naming the tensor that does not fit
     */
    public static Model read(Path path, Module module, Consumer<String> notes) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return read(file, module, notes);
        }
    }

    /** As {@link #read(Path, Module, Consumer)}, with nobody to tell. */
    public static Model read(Path path, @Nullable String cell, boolean tokens) throws IOException {
        return read(path, new Module(cell, null, tokens), note -> {});
    }

    /** The same of an open file. */
    public static Model read(Safetensors file, Module module, Consumer<String> notes) throws IOException {
        StateDict dict = StateDict.of(file);
        // A state dict that was written here brings its vocabulary along.
        boolean text = module.tokens() || file.metadata().containsKey(TextModelFile.VOCABULARY);
        Network network;
        try {
            network = new Network(specification(dict, module, text, notes));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(file.file() + ": " + e.getMessage(), e);
        }
        // All tensors are found with the right shapes before room for any is taken.
        for (Slot slot : network.params().slots()) {
            if (has(dict, slot)) {
                dict.requireShape(slot.name(), PyTorchLayout.shape(slot));
            }
        }
        dict.requireNothingLeft();
        HeapRoom.require(file.file(), 4L * network.params().size());
        Params params = Params.zeros(network.params());
        for (Slot slot : network.params().slots()) {
            if (has(dict, slot)) {
                PyTorchLayout.set(params, slot, file.floats(dict.tensor(slot.name())));
            }
        }
        if (!dict.renamed().isEmpty()) {
            notes.accept("taking " + dict.renamed());
        }
        Map<String, String> texts = new HashMap<>(file.metadata());
        texts.keySet().removeAll(ModelFile.OWN_KEYS);
        texts.keySet().removeAll(List.of(PRODUCER, NONLINEARITY));
        texts.values().removeAll(file.tensors().keySet());
        return new Model(network, params, texts);
    }

    /** Whether the file must have the slot's tensor: a module made with bias=False has none of its biases. */
    private static boolean has(StateDict dict, Slot slot) {
        String module = slot.name().substring(0, slot.name().indexOf('.'));
        return slot.role() != Role.BIAS || dict.hasBiases(module);
    }

    /**
     * Writes a state dict that {@code load_state_dict} of such a module takes; the model's texts go along as metadata.
     *
     * @throws IllegalArgumentException if PyTorch has no such module (order above 1, layers that differ), with the reason
     */
    public static void write(Path target, Model model) throws IOException {
        AtomicFile.write(target, content(model));
    }

    /** What {@link #write} writes. */
    public static AtomicFile.Content content(Model model) {
        if (model.networks().size() == 1) {
            requireOneModule(model.spec());
        } else {
            model.networks().values().forEach(network -> requireAlike(network.spec()));
        }
        SafetensorsWriter writer =
                new SafetensorsWriter().metadata("format", "pt").metadata(PRODUCER, ModelFile.FORMAT);
        model.texts().forEach(writer::metadata);
        if (model.networks().values().stream()
                .flatMap(network -> RecurrentLayers.in(network.spec()).stream())
                .anyMatch(layer -> layer.cell() instanceof Relu)) {
            writer.metadata(NONLINEARITY, "relu");
        }
        for (Slot slot : model.params().layout().slots()) {
            writer.floats(slot.name(), PyTorchLayout.get(model.params(), slot), PyTorchLayout.shape(slot));
        }
        return writer::writeTo;
    }

    private static NetworkSpec specification(StateDict dict, Module module, boolean tokens, Consumer<String> notes)
            throws MalformedFileException {
        Recurrent layer = recurrent(dict, module, notes).withMerge(dict.reverse() ? Merge.CONCATENATE : Merge.FORWARD);
        NetworkSpec spec = input(dict, tokens);
        for (int l = 0; l < dict.layers(); l++) {
            spec = spec.then(layer);
        }
        return spec.dense(dict.matrix("head.weight").shape().get(0));
    }

    private static NetworkSpec input(StateDict dict, boolean tokens) throws MalformedFileException {
        if (dict.contains("embedding.weight")) {
            List<Integer> table = dict.matrix("embedding.weight").shape();
            return NetworkSpec.tokens(table.get(0)).embedding(table.get(1));
        }
        int width = dict.matrix("rnn.weight_ih_l0").shape().get(1);
        return tokens ? NetworkSpec.tokens(width) : NetworkSpec.values(width);
    }

    private static Recurrent recurrent(StateDict dict, Module module, Consumer<String> notes)
            throws MalformedFileException {
        Tensor hidden = dict.matrix("rnn.weight_hh_l0");
        int rows = hidden.shape().get(0);
        int units = hidden.shape().get(1);
        String wanted = module.nonlinearity() != null ? "rnn" : module.cell();
        for (Cell cell : MODULES) {
            if ((wanted == null || cell.name().equals(wanted)) && units > 0 && rows == (long) cell.gates() * units) {
                return new Recurrent(cell instanceof Tanh ? simple(dict, module.nonlinearity(), notes) : cell, units);
            }
        }
        String expected = wanted == null
                ? "[H,H] (rnn), [3H,H] (gru) or [4H,H] (lstm)"
                : "[" + Cells.named(wanted, 1).gates() + "H,H] for cell " + wanted;
        throw dict.malformed("expected " + expected + ", got " + Tensor.format(hidden.shape()) + " for tensor \""
                + hidden.name() + "\"");
    }

    private static Cell simple(StateDict dict, @Nullable String asked, Consumer<String> notes) {
        String known = asked == null ? dict.metadata().get(NONLINEARITY) : asked;
        if (known == null) {
            notes.accept("a state dict does not tell whether its RNN has tanh or relu; this one is taken for tanh,"
                    + " unless `nonlinearity` says relu");
        }
        return "relu".equals(known) ? new Relu(1) : new Tanh(1);
    }

    /** Of one network of several, whose module says itself what stands between its tensors. */
    private static void requireAlike(NetworkSpec spec) {
        List<Recurrent> recurrent = RecurrentLayers.in(spec);
        recurrent.forEach(PyTorch::requirePyTorchLayer);
        for (Recurrent layer : recurrent) {
            requireAlike(recurrent.get(0), layer);
        }
    }

    private static void requireAlike(Recurrent first, Recurrent layer) {
        if (!alike(first, layer)) {
            throw new IllegalArgumentException("PyTorch's recurrent modules have layers of one cell, width and"
                    + " direction; this network has " + first.cell().name() + " " + first.hidden() + " and "
                    + layer.cell().name() + " " + layer.hidden() + "; export onnx instead");
        }
    }

    private static void requireOneModule(NetworkSpec spec) {
        Recurrent first = null;
        for (Layer layer : spec.layers()) {
            if (layer instanceof Recurrent recurrent) {
                requirePyTorchLayer(recurrent);
                first = first == null ? recurrent : first;
                requireAlike(first, recurrent);
            } else if (layer instanceof Dense dense && dense.activation() != Activation.IDENTITY) {
                throw new IllegalArgumentException("a state dict cannot say that a dense layer ends in "
                        + dense.activation().key() + "; export onnx instead");
            } else if (!(layer instanceof Dense
                    || layer instanceof Embedding
                    || layer instanceof Dropout
                    || layer instanceof LastStep
                    || layer instanceof BothEnds
                    || layer instanceof MeanOverSteps
                    || layer instanceof MaximumOverSteps)) {
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
        Cell cell = layer.cell();
        if (!(cell instanceof Tanh) && !(cell instanceof Relu) && !MODULES.contains(cell)) {
            throw new IllegalArgumentException("PyTorch has no recurrent module that computes " + cell);
        }
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
