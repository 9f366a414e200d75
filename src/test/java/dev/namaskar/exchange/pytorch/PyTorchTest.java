package dev.namaskar.exchange.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.cells.Gate;
import dev.namaskar.cells.Lstm;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Predictions;
import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.SafetensorsWriter;
import dev.namaskar.files.Tensor;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Slot;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class PyTorchTest {
    @TempDir
    Path folder;

    public static Path resources() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(PyTorchTest.class.getResource("/peers/pytorch"))
                .toURI());
    }

    static Stream<String> names() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(resources())) {
            return files
                    .map(p -> p.getFileName().toString())
                    .filter(name -> name.endsWith(".expected.safetensors"))
                    .map(name -> name.replace(".expected.safetensors", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void computesWhatPyTorchComputes(String name) throws Exception {
        Model model = PyTorch.read(resources().resolve(name + ".safetensors"), null, !name.contains("values"));
        try (Safetensors expected = Safetensors.open(resources().resolve(name + ".expected.safetensors"))) {
            Sequences x = input(expected);
            State state = state(model, expected, "h0", "c0");
            float[] output = Predictions.predict(model, x, state);
            assertThat(Predictions.distance(output, expected.doubles(expected.tensor("output"))))
                    .isLessThan(2e-6);
            State last = state(model, expected, "hn", "cn");
            assertThat(Predictions.distance(state.values(), Predictions.doubles(last.values())))
                    .isLessThan(2e-6);
            if (expected.tensors().containsKey("loss")) {
                double loss = expected.doubles(expected.tensor("loss"))[0];
                assertThat(crossEntropy(output, expected.longs(expected.tensor("targets"))))
                        .isBetween(loss - 1e-6, loss + 1e-6);
            }
        }
    }

    /** Mean over targets of log sum exp minus the target's logit. */
    private static double crossEntropy(float[] logits, long[] targets) {
        int width = logits.length / targets.length;
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            double total = 0;
            for (int j = 0; j < width; j++) {
                total += Math.exp(logits[i * width + j]);
            }
            sum += Math.log(total) - logits[i * width + (int) targets[i]];
        }
        return sum / targets.length;
    }

    private static Sequences input(Safetensors file) throws IOException {
        if (file.tensors().containsKey("tokens")) {
            Tensor tokens = file.tensor("tokens");
            return Sequences.ofTokens(
                    tokens.shape().get(0),
                    tokens.shape().get(1),
                    Arrays.stream(file.longs(tokens)).mapToInt(Math::toIntExact).toArray());
        }
        Tensor values = file.tensor("values");
        return Sequences.ofValues(values.shape().get(0), values.shape().get(1), file.floats(values));
    }

    /** PyTorch's states {@code [layers * directions, B, H]} as ours. */
    private static State state(Model model, Safetensors file, String hidden, String carry) throws IOException {
        Tensor h = file.tensor(hidden);
        int batch = h.shape().get(1);
        State state = model.network().zeroState(batch);
        int row = 0;
        int block = batch * h.shape().get(2);
        for (StateLayout.Part part : model.network().state().parts()) {
            boolean isCarry = part.name().startsWith("c_");
            float[] all = file.floats(file.tensor(isCarry ? carry : hidden));
            int at = isCarry ? row - 1 : row++;
            state.set(part.name(), Arrays.copyOfRange(all, at * block, (at + 1) * block));
        }
        return state;
    }

    @ParameterizedTest
    @MethodSource("names")
    void roundTripsKeepEveryBit(String name) throws Exception {
        Path original = resources().resolve(name + ".safetensors");
        Model model = PyTorch.read(original, null, !name.contains("values"));
        Path ours = folder.resolve("m");
        ModelFile.write(ours, model);
        Model again = ModelFile.read(ours);
        assertThat(again.spec()).isEqualTo(model.spec());
        assertThat(again.params().values()).isEqualTo(model.params().values());
        Path exported = folder.resolve("state.safetensors");
        PyTorch.write(exported, again);
        try (Safetensors before = Safetensors.open(original);
                Safetensors after = Safetensors.open(exported)) {
            assertThat(after.tensors().keySet()).isEqualTo(before.tensors().keySet());
            for (Tensor tensor : before.tensors().values()) {
                assertThat(after.tensor(tensor.name()).shape()).isEqualTo(tensor.shape());
                assertThat(after.floats(after.tensor(tensor.name()))).isEqualTo(before.floats(tensor));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru"})
    void aCellThatIsNotInTheFileIsAnError(String cell) throws Exception {
        assertThatThrownBy(() -> PyTorch.read(resources().resolve("lstm-1.safetensors"), cell, true))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("H,H] for cell " + cell + ", got [20,5] for tensor \"rnn.weight_hh_l0\"");
    }

    @Test
    void biasesMayBeAbsentAndOtherTensorsMayNot() throws IOException {
        Path file = folder.resolve("s");
        SafetensorsWriter writer = new SafetensorsWriter()
                .floats("rnn.weight_ih_l0", new float[] {1, 2}, 1, 2)
                .floats("rnn.weight_hh_l0", new float[] {3}, 1, 1)
                .floats("head.weight", new float[] {4, 5}, 2, 1);
        writer.write(file);
        Model model = PyTorch.read(file, "rnn", true);
        assertThat(model.params().get("rnn.bias_ih_l0")).containsExactly(0);
        assertThat(model.spec())
                .isEqualTo(NetworkSpec.tokens(2).recurrent("rnn", 1).dense(2));
        writer.floats("norm.weight", new float[1], 1).write(file);
        assertThatThrownBy(() -> PyTorch.read(file, "rnn", true)).hasMessageContaining("norm.weight");
    }

    /** The same tensors under other names. */
    private Path renamed(String name, UnaryOperator<String> names) throws Exception {
        Path file = folder.resolve("renamed");
        SafetensorsWriter writer = new SafetensorsWriter();
        try (Safetensors original = Safetensors.open(resources().resolve(name + ".safetensors"))) {
            for (Tensor tensor : original.tensors().values()) {
                int[] shape =
                        tensor.shape().stream().mapToInt(Integer::intValue).toArray();
                writer.floats(names.apply(tensor.name()), original.floats(tensor), shape);
            }
        }
        writer.write(file);
        return file;
    }

    static Stream<Arguments> otherNames() {
        return Stream.of(
                Arguments.of("model.", "", "", "\"model.rnn\" as rnn, \"model.head\" as head, \"model.embedding\" as"),
                Arguments.of("_orig_mod.module.", "", "", "\"_orig_mod.module.rnn\" as rnn"),
                Arguments.of("", "head", "head.1", "taking \"head.1\" as head"),
                Arguments.of("net.", "head", "head.3", "\"net.head.3\" as head"),
                Arguments.of("", "rnn.", "gru.", "taking \"gru\" as rnn"),
                Arguments.of("", "rnn.", "", "taking the nameless module as rnn"),
                Arguments.of("", "head", "decoder.out", "taking \"decoder.out\" as head"),
                Arguments.of("", "embedding", "encoder", "taking \"encoder\" as embedding"));
    }

    @ParameterizedTest
    @MethodSource("otherNames")
    void modulesOfOtherNamesAreKnownByWhatTheyHold(String prefix, String from, String to, String note)
            throws Exception {
        Model expected = PyTorch.read(resources().resolve("gru-2-embedding.safetensors"), "gru", true);
        Path file = renamed("gru-2-embedding", name -> prefix + name.replace(from, to));
        List<String> notes = new ArrayList<>();
        Model model = PyTorch.read(file, new PyTorch.Module("gru", null, true), notes::add);
        assertThat(model.spec()).isEqualTo(expected.spec());
        assertThat(model.params().values()).isEqualTo(expected.params().values());
        assertThat(notes).hasSize(1).first().asString().contains(note);
    }

    @ParameterizedTest
    @CsvSource({
        "lstm-1, head.weight, head.0.weight, '[head.bias]; what they do is not known here'",
        "lstm-1, head.bias, norm.bias, '[norm.bias]; what they do is not known here'",
        "lstm-1, rnn.bias_hh_l0, rnn.bias_zz_l0, 'expected a tensor \"rnn.bias_hh_l0\"'",
        "lstm-1, rnn.bias_hh_l0, rnn.weight_hr_l0, 'an LSTM with projections (proj_size'",
        "lstm-1, rnn.bias_hh_l0, other.bias_hh_l0, 'expected one recurrent module, found [other, rnn]'",
        "gru-2-embedding, head.bias, embedding.bias, '[embedding.bias]; what they do is not known here'",
        "gru-2-embedding, head.bias, head.2.weight, 'expected one linear layer as head, found [head, head.2]'",
    })
    void whatIsMissingOrOneTooManyIsNamed(String name, String from, String to, String message) throws Exception {
        Path file = renamed(name, tensor -> tensor.replace(from, to));
        assertThatThrownBy(() -> PyTorch.read(file, null, true))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anEmbeddingTiedToTheHeadIsWrittenOnceAndReadTwice() throws IOException {
        Path file = folder.resolve("tied");
        float[] table = Predictions.gaussians(5 * 3, new Random(1));
        new SafetensorsWriter()
                .metadata("format", "pt")
                .metadata("head.weight", "embedding.weight")
                .floats("embedding.weight", table, 5, 3)
                .floats("rnn.weight_ih_l0", Predictions.gaussians(27, new Random(2)), 9, 3)
                .floats("rnn.weight_hh_l0", Predictions.gaussians(27, new Random(3)), 9, 3)
                .write(file);
        Model model = PyTorch.read(file, "gru", true);
        assertThat(model.params().get("embedding.weight")).isEqualTo(table);
        Slot head = model.network().params().slot("head.weight");
        assertThat(PyTorchLayout.get(model.params(), head)).isEqualTo(table);
        assertThat(model.texts()).isEmpty();
    }

    @Test
    void aPickleIsRecognized() throws IOException {
        Path file = folder.resolve("state.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[100]);
        }
        assertThatThrownBy(() -> PyTorch.read(file, "gru", true)).hasMessageContaining("safetensors.torch.save_file");
    }

    @Test
    void aStateDictWithAMissingLayerOrAWrongShapeIsNamed() throws IOException {
        Path file = folder.resolve("s");
        new SafetensorsWriter()
                .floats("rnn.weight_ih_l0", new float[2], 1, 2)
                .floats("rnn.weight_hh_l0", new float[1], 1, 1)
                .floats("rnn.weight_hh_l1", new float[1], 1, 1)
                .floats("head.weight", new float[2], 2, 1)
                .write(file);
        assertThatThrownBy(() -> PyTorch.read(file, "rnn", true)).hasMessageContaining("\"rnn.weight_ih_l1\"");
        new SafetensorsWriter()
                .floats("rnn.weight_ih_l0", new float[2], 1, 2)
                .floats("rnn.weight_hh_l0", new float[1], 1, 1)
                .floats("head.weight", new float[4], 2, 2)
                .write(file);
        assertThatThrownBy(() -> PyTorch.read(file, "rnn", true))
                .hasMessageContaining("expected [2,1], got [2,2] for tensor \"head.weight\"");
    }

    @Test
    void networksThatPyTorchLacksAreRefusedWithTheReason() {
        NetworkSpec start = NetworkSpec.tokens(3);
        assertRefused(start.then(new Recurrent("rnn", 2).withOrder(2)).dense(3), "order 2");
        assertRefused(start.bidirectional("gru", 2, Merge.SUM).dense(3), "joined by sum");
        assertRefused(start.recurrent("gru", 2).recurrent("lstm", 2).dense(3), "one cell");
        assertRefused(start.recurrent("gru", 2).recurrent("gru", 4).dense(3), "one cell");
    }

    private void assertRefused(NetworkSpec spec, String reason) {
        Path file = folder.resolve("never");
        assertThatThrownBy(() -> PyTorch.write(file, Predictions.random(spec, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
        assertThat(file).doesNotExist();
    }

    /** What PyTorch's documentation defines, step by step. */
    @Test
    void theNonlinearityOfAnRnnIsAskedForOrSaid() throws Exception {
        Path file = folder.resolve("relu.safetensors");
        float[] ih = {0.5f, -1, 2, 0.25f, 1, -0.5f};
        float[] hh = {0.5f, -0.25f, 1, 0.75f};
        new SafetensorsWriter()
                .floats("rnn.weight_ih_l0", ih, 2, 3)
                .floats("rnn.weight_hh_l0", hh, 2, 2)
                .floats("rnn.bias_ih_l0", new float[] {0.1f, -0.2f}, 2)
                .floats("rnn.bias_hh_l0", new float[] {0.3f, 0.4f}, 2)
                .floats("head.weight", new float[] {1, 0, 0, 1}, 2, 2)
                .floats("head.bias", new float[2], 2)
                .write(file);
        List<String> notes = new ArrayList<>();
        Model assumed = PyTorch.read(file, new PyTorch.Module(null, null, false), notes::add);
        assertThat(assumed.spec().layers().get(0)).isEqualTo(new Recurrent("rnn", 2));
        assertThat(notes).singleElement().asString().contains("taken for tanh, unless `nonlinearity` says relu");
        notes.clear();
        assertThat(PyTorch.read(file, new PyTorch.Module("rnn", "tanh", false), notes::add)
                        .spec())
                .isEqualTo(assumed.spec());
        Model relu = PyTorch.read(file, new PyTorch.Module(null, "relu", false), notes::add);
        assertThat(notes).isEmpty();
        float[] x = {1, -1, 0.5f, 0.25f, 2, -1};
        float[] h = new float[2];
        for (int t = 0; t < 2; t++) {
            float[] next = new float[2];
            for (int u = 0; u < 2; u++) {
                double a = u == 0 ? 0.1 + 0.3 : -0.2 + 0.4;
                for (int k = 0; k < 3; k++) {
                    a += ih[3 * u + k] * x[3 * t + k];
                }
                next[u] = (float) Math.max(0, a + hh[2 * u] * h[0] + hh[2 * u + 1] * h[1]);
            }
            h = next;
        }
        float[] out = Predictions.predict(
                relu, Sequences.ofValues(2, 1, x), relu.network().zeroState(1));
        assertThat(Predictions.distance(Arrays.copyOfRange(out, 2, 4), new double[] {h[0], h[1]}))
                .isLessThan(1e-6);

        Path exported = folder.resolve("exported.safetensors");
        PyTorch.write(exported, relu);
        assertThat(PyTorch.read(exported, null, false).spec())
                .as("an export says it itself")
                .isEqualTo(relu.spec());

        assertThatThrownBy(() -> new PyTorch.Module("gru", "relu", false)).hasMessageContaining("of cell rnn alone");
        assertThatThrownBy(() -> new PyTorch.Module(null, "gelu", false)).hasMessageContaining("[tanh, relu]");
        assertThatThrownBy(() -> PyTorch.read(
                        resources().resolve("gru-1.safetensors"), new PyTorch.Module(null, "relu", true), notes::add))
                .hasMessageContaining("H,H] for cell rnn");
    }

    @Test
    void gatesThatPyTorchHasNotDoNotGoOut() {
        Model hard = Predictions.random(
                NetworkSpec.values(2)
                        .then(new Recurrent(new Lstm(Gate.HARD_SIGMOID), 3))
                        .dense(2),
                1);
        assertThatThrownBy(() -> PyTorch.write(folder.resolve("x"), hard))
                .hasMessageContaining("PyTorch has no recurrent module that computes Lstm[gate=HARD_SIGMOID]");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void picklesGetTheAdviceThatZipsGet(int protocol) throws IOException {
        Path file = Files.write(
                folder.resolve("old.pt"),
                new byte[] {(byte) 0x80, (byte) protocol, (byte) 0x8a, 10, 0x6c, 0, 0, 0, 0, 0});
        assertThatThrownBy(() -> PyTorch.read(file, "gru", true))
                .hasMessageContaining(
                        "it is a pickle, as torch.save wrote before PyTorch 1.6: write the state dict with"
                                + " safetensors.torch.save_file instead");
    }
}
