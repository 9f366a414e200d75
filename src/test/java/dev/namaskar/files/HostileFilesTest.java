package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.namaskar.exchange.dl4j.Dl4j;
import dev.namaskar.exchange.dl4j.Dl4jTest;
import dev.namaskar.exchange.keras.Keras;
import dev.namaskar.exchange.keras.KerasTest;
import dev.namaskar.exchange.pytorch.PyTorch;
import dev.namaskar.exchange.pytorch.PyTorchTest;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesFileTest;
import dev.namaskar.series.TableException;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.run.Standing;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than a hundred thousand damaged files, each read to success or to one named line, without taking memory that the
 * file does not pay for. A failure names its seed; {@link Mutations} makes the same file from it again.
 */
class HostileFilesTest {
    /** What a reader may allocate for a file of a few kilobytes, garbage included. */
    private static final long MOST_BYTES = 64L << 20;

    /** No file takes a second of this thread; what else the machine has to do does not count. */
    private static final long MOST_NANOSECONDS = 1_000_000_000;

    /** Times the usual number of files, for a longer look. */
    private static final int FACTOR = Integer.getInteger("hostile.factor", 1);

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private interface Reader {
        void read(Random random) throws IOException;
    }

    private void attack(int times, int firstSeed, Reader reader) {
        int good = 0;
        for (int seed = firstSeed; seed < firstSeed + times * FACTOR; seed++) {
            long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
            long begun = memory.getCurrentThreadCpuTime();
            try {
                reader.read(new Random(seed));
                good++;
            } catch (MalformedFileException | TableException e) {
                String message = String.valueOf(e.getMessage());
                assertThat(message)
                        .as("seed " + seed)
                        .isNotBlank()
                        .doesNotContain("\n")
                        .hasSizeLessThan(2000);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": expected success or a named error", e);
            }
            long taken = memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(taken).as("bytes allocated for seed " + seed).isLessThan(MOST_BYTES);
            assertThat(memory.getCurrentThreadCpuTime() - begun)
                    .as("nanoseconds for seed " + seed)
                    .isLessThan(MOST_NANOSECONDS);
        }
        assertThat(good).as("some must be refused").isLessThan(times * FACTOR);
    }

    private static Model model() {
        Vocabulary symbols = Vocabulary.ofCodePoints("abcde".codePoints().toArray());
        return Predictions.random(
                        NetworkSpec.tokens(5)
                                .embedding(3)
                                .recurrent("lstm", 4)
                                .dropout(0.1)
                                .dense(5),
                        3)
                .withText(TextModelFile.VOCABULARY, VocabularyJson.write(symbols));
    }

    @Test
    @Timeout(300)
    void models() throws IOException {
        byte[] content = SafetensorsTest.bytes(ModelFile.writer(model()));
        attack(
                20_000,
                1_000_000,
                random -> TextModelFile.of("m", ModelFile.read("m", Mutations.bytes(content, random))));
        attack(
                25_000,
                2_000_000,
                random -> TextModelFile.of("m", ModelFile.read("m", Mutations.header(content, random))));
    }

    @Test
    @Timeout(300)
    void checkpoints() throws IOException {
        Model model = model();
        float[] params = model.params().values();
        Snapshot snapshot = new Snapshot(
                7,
                params,
                7,
                params.clone(),
                new float[8],
                1,
                2,
                new Snapshot.Average(0.5, 3, params.clone()),
                GemmChoice.of(GemmLibrary.ONEDNN));
        Standing standing = new Standing(1.5, 5, 1, params, 1.25, List.of(1.5, 1.25), 0);
        byte[] content =
                SafetensorsTest.bytes(new Checkpoint(model, snapshot, standing, List.of(model.params())).writer());
        attack(10_000, 3_000_000, random -> checkpoint(Mutations.bytes(content, random)));
        attack(10_000, 4_000_000, random -> checkpoint(Mutations.header(content, random)));
    }

    private static void checkpoint(byte[] content) throws IOException {
        try (Safetensors file = Safetensors.of("c", content)) {
            Checkpoint.read(file);
        }
    }

    @Test
    @Timeout(300)
    void seriesModels() throws IOException {
        byte[] content = SafetensorsTest.bytes(SeriesFile.writer(SeriesFileTest.stored(2)));
        attack(3_000, 15_000_000, random -> seriesModel(Mutations.bytes(content, random)));
        attack(7_000, 16_000_000, random -> seriesModel(Mutations.header(content, random)));
    }

    private static void seriesModel(byte[] content) throws IOException {
        try (Safetensors file = Safetensors.of("s", content)) {
            SeriesFile.read(file);
        }
    }

    @Test
    @Timeout(300)
    void stateDicts() throws Exception {
        byte[] content = Files.readAllBytes(PyTorchTest.resources().resolve("gru-2-embedding.safetensors"));
        attack(5_000, 5_000_000, random -> stateDict(Mutations.bytes(content, random)));
        attack(10_000, 6_000_000, random -> stateDict(Mutations.header(content, random)));
    }

    private static void stateDict(byte[] content) throws IOException {
        try (Safetensors file = Safetensors.of("s", content)) {
            PyTorch.read(file, new PyTorch.Module(null, null, true), note -> {});
        }
    }

    @Test
    @Timeout(300)
    void vocabularies() {
        String json = "{\"unit\":\"codepoint\",\"symbols\":[\"a\",\"\\u0928\",\"\\ud83d\\ude42\",\"\\n\",\"z\",\"0\"]}";
        attack(10_000, 7_000_000, random -> VocabularyJson.read("v", Mutations.text(json, random)));
    }

    @Test
    @Timeout(300)
    void tables() {
        String csv = """
            time,series,value,price
            2020-01-01,a,1.5,2
            2020-01-02,a,2.5,3
            2020-01-03,a,,4
            2020-01-01,b,1e3,2
            2020-01-02,b,"2,5",3
            2020-01-03,b,-7,4
            """;
        attack(
                10_000,
                8_000_000,
                random -> TableReader.read(
                        new StringReader(Mutations.text(csv, random)),
                        "t",
                        TableFormat.AUTO.time("time", "auto").group("series").targets(List.of("value"))));
    }

    @Test
    @Timeout(300)
    void kerasModels() throws Exception {
        Path good = KerasTest.resources().resolve("gru-bidirectional.keras");
        byte[] weights;
        String json;
        try (Archive zip = Archive.open(good, "a Keras model")) {
            weights = zip.read("model.weights.h5", 1 << 20);
            json = new String(zip.read("config.json", 1 << 20), StandardCharsets.UTF_8);
        }
        attack(6_000, 9_000_000, random -> keras(json, Mutations.bytes(weights, random)));
        attack(3_000, 10_000_000, random -> keras(Mutations.text(json, random), weights));
        byte[] content = Files.readAllBytes(good);
        Path file = folder.resolve("k.keras");
        attack(1_500, 11_000_000, random -> {
            Files.write(file, Mutations.bytes(content, random));
            Keras.read(file, false);
        });
    }

    private static void keras(String json, byte[] weights) throws IOException {
        KerasTest.read(json, weights);
    }

    @Test
    @Timeout(300)
    void deeplearning4jModels() throws Exception {
        Path good = Dl4jTest.resources().resolve("lstm-1.zip");
        byte[] coefficients;
        String json;
        try (Archive zip = Archive.open(good, "a Deeplearning4j model")) {
            coefficients = zip.read("coefficients.bin", 1 << 20);
            json = new String(zip.read("configuration.json", 1 << 20), StandardCharsets.UTF_8);
        }
        attack(4_000, 12_000_000, random -> Dl4jTest.read(json, Mutations.bytes(coefficients, random)));
        attack(4_000, 13_000_000, random -> Dl4jTest.read(Mutations.text(json, random), coefficients));
        byte[] content = Files.readAllBytes(good);
        Path file = folder.resolve("d.zip");
        attack(1_500, 14_000_000, random -> {
            Files.write(file, Mutations.bytes(content, random));
            Dl4j.read(file, true);
        });
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing is written beside what is read").containsExactly(file);
        }
    }
}
