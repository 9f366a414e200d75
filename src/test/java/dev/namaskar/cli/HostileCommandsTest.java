package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.namaskar.files.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that reads a file, over thousands of damaged ones: it succeeds, or ends with exit code 1 and one line,
 * and what stood where it would write stands there unchanged, with nothing beside it.
 */
class HostileCommandsTest {
    private static final int FACTOR = Integer.getInteger("hostile.factor", 1);
    private static final long MOST_NANOSECONDS = 1_000_000_000;
    private static final byte[] PRECIOUS = "precious".getBytes(UTF_8);
    private static final Path PEERS = Path.of("src/test/resources/peers");

    @TempDir
    static Path shared;

    private static byte[] text = new byte[0];
    private static byte[] series = new byte[0];
    private static String vocabulary = "";

    @TempDir
    Path dir;

    private interface Damage {
        byte[] to(byte[] good, Random random);
    }

    @BeforeAll
    static void goodModels() throws IOException {
        Path corpus = Files.writeString(shared.resolve("corpus"), "namaskar ".repeat(60));
        Path model = shared.resolve("text");
        Ran.of(
                        "train",
                        "text",
                        corpus,
                        "--out",
                        model,
                        "--hidden",
                        5,
                        "--embedding",
                        2,
                        "--steps",
                        2,
                        "--read",
                        "stream")
                .good();
        text = Files.readAllBytes(model);
        Path table = Path.of("corpora/AirPassengers.csv");
        Ran.of("train", "series", table, "--horizon", 3, "--out", model, "--hidden", 3, "--steps", 2)
                .good();
        series = Files.readAllBytes(model);
        vocabulary = Files.writeString(shared.resolve("vocabulary"), "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]")
                .toString();
    }

    /** A command line over the file HOSTILE that would write the file TARGET. */
    private record Line(String words, byte[] good, Damage damage, int times) {
        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<Line> lines() throws IOException {
        Damage bytes = Mutations::bytes;
        Damage header = Mutations::header;
        Damage characters = (good, random) ->
                Mutations.text(new String(good, UTF_8), random).getBytes(UTF_8);
        byte[] state = Files.readAllBytes(PEERS.resolve("pytorch/lstm-2-embedding.safetensors"));
        byte[] keras = Files.readAllBytes(PEERS.resolve("keras/mixed.keras"));
        byte[] h5 = Files.readAllBytes(PEERS.resolve("keras/mixed.h5"));
        byte[] dl4j = Files.readAllBytes(PEERS.resolve("dl4j/lstm-1.zip"));
        byte[] symbols = Files.readAllBytes(Path.of(vocabulary));
        byte[] table = Files.readAllBytes(Path.of("corpora/AirPassengers.csv"));
        byte[] corpus = "namaskar नमस्कार 🙏\n".repeat(20).getBytes(UTF_8);
        String pytorch = PEERS.resolve("pytorch/lstm-2-embedding.safetensors").toString();
        return Stream.of(
                new Line(
                        "import pytorch HOSTILE --vocabulary " + vocabulary + " --force --out TARGET",
                        state,
                        header,
                        200),
                new Line("import pytorch HOSTILE --cell lstm --force --out TARGET", state, bytes, 150),
                new Line(
                        "import pytorch " + pytorch + " --vocabulary HOSTILE --force --out TARGET",
                        symbols,
                        characters,
                        150),
                new Line(
                        "import keras HOSTILE --vocabulary " + vocabulary + " --force --out TARGET", keras, bytes, 150),
                new Line("import keras HOSTILE --force --out TARGET", h5, bytes, 150),
                new Line("import dl4j HOSTILE --vocabulary " + vocabulary + " --force --out TARGET", dl4j, bytes, 150),
                new Line("export onnx HOSTILE --force --out TARGET", text, header, 150),
                new Line("export onnx HOSTILE --forecaster --force --out TARGET", series, header, 150),
                new Line("export pytorch HOSTILE --force --out TARGET", text, header, 150),
                new Line("inspect HOSTILE", text, header, 150),
                new Line("inspect HOSTILE --text nam --force --out TARGET.html", text, header, 25),
                new Line("next nam --model HOSTILE", text, header, 150),
                new Line("generate --length 3 --seed 1 --model HOSTILE", text, header, 100),
                new Line("evaluate text HOSTILE --unknown skip --model " + shared.resolve("good"), corpus, bytes, 150),
                new Line("train text HOSTILE --steps 1 --hidden 3 --threads 1 --out TARGET2", corpus, bytes, 100),
                new Line(
                        "train text " + shared.resolve("corpus")
                                + " --from HOSTILE --steps 1 --threads 1 --out TARGET2",
                        text,
                        header,
                        100),
                new Line(
                        "forecast corpora/AirPassengers.csv --model HOSTILE --force --out TARGET", series, header, 150),
                new Line(
                        "train series HOSTILE --horizon 2 --hidden 2 --steps 1 --threads 1 --out TARGET2",
                        table,
                        characters,
                        150));
    }

    @ParameterizedTest
    @MethodSource("lines")
    @Timeout(300)
    void endsWellOrInALine(Line line) throws IOException {
        Files.write(shared.resolve("good"), text);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path hostile = dir.resolve("hostile");
        String extension = line.words().contains("TARGET.html") ? ".html" : "";
        Path target = dir.resolve("target" + extension);
        int failed = 0;
        for (int seed = 0; seed < line.times() * FACTOR; seed++) {
            Files.write(hostile, line.damage().to(line.good(), new Random(seed)));
            Files.write(target, PRECIOUS);
            String[] args = line.words()
                    .replace("HOSTILE", hostile.toString())
                    .replace("TARGET2", dir.resolve("target2").toString())
                    .replace("TARGET" + extension, target.toString())
                    .split(" ", -1);
            long begun = threads.getCurrentThreadCpuTime();
            Ran ran = Ran.of((Object[]) args);
            assertThat(threads.getCurrentThreadCpuTime() - begun)
                    .as("nanoseconds, seed " + seed)
                    .isLessThan(MOST_NANOSECONDS);
            if (ran.exit() != 0) {
                failed++;
                assertThat(ran.exit()).as("seed " + seed + ": " + ran.err()).isEqualTo(1);
                assertThat(ran.err()).as("seed " + seed).doesNotContain("\tat ", "Exception");
                assertThat(ran.err().lines().filter(said -> said.startsWith("error: ")))
                        .as("seed " + seed)
                        .hasSize(1);
                assertThat(target).as("seed " + seed).hasBinaryContent(PRECIOUS);
            }
            Files.deleteIfExists(dir.resolve("target2"));
        }
        assertThat(failed).as("some must be refused").isPositive();
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).as("nothing beside").containsExactlyInAnyOrder(hostile, target);
        }
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] safetensors(long length, String header, int data) {
        byte[] json = header.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length < 0 ? length : json.length)
                .put(json)
                .array();
    }

    private void refused(String command, byte[] content, String... said) throws IOException {
        Path hostile = Files.write(dir.resolve("hostile"), content);
        Path target = Files.write(dir.resolve("target"), PRECIOUS);
        String[] args = (command + " " + hostile + " --force --out " + target).split(" ", -1);
        Ran.of((Object[]) args).failed(said);
        assertThat(target).hasBinaryContent(PRECIOUS);
    }

    /** What the fuzzer may never hit on, said by name. */
    @Test
    void namedCases() throws IOException {
        String bomb = " ".repeat(120 << 20);
        refused("import keras", zip("config.json", bomb), "a zip bomb?");
        refused("import dl4j", zip("configuration.json", "{}", "coefficients.bin", bomb), "a zip bomb?");
        refused("import keras", zip("../config.json", "{}", "/etc/passwd", "x"), "expected an entry \"config.json\"");
        assertThat(dir.resolveSibling("config.json")).doesNotExist();
        refused(
                "import keras",
                zip("config.json", "[".repeat(100_000), "model.weights.h5", "x"),
                "model.weights.h5: expected an HDF5 file");
        refused("import dl4j", zip("configuration.json", "[".repeat(100_000), "coefficients.bin", ""), "expected JSON");
        refused("import pytorch", safetensors(Long.MIN_VALUE, "{}", 0), "found a length of 9223372036854775808");
        refused("import pytorch", safetensors(0, "{\"a\":" + "{\"b\":".repeat(9000), 0), "expected JSON");
        refused("import pytorch", safetensors(0, "{\"a\":1,\"a\":1}", 0), "twice in one object");
        String huge = "{\"rnn.weight_hh_l0\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],"
                + "\"data_offsets\":[0,8]}}";
        refused("import pytorch", safetensors(0, huge, 8), "fewer than 2^63 bytes");
        String past = huge.replace("[2147483647,2147483647,2147483647]", "[2]").replace("0,8", "8,16");
        refused("import pytorch", safetensors(0, past, 8), "data_offsets 0 <= begin <= end <= 8");
        String many = IntStream.range(0, 300_000)
                .mapToObj(i -> "\"" + Character.toString(0x4e00 + i % 20_000) + "\"")
                .reduce(
                        new StringBuilder("["),
                        (all, next) -> all.append(all.length() > 1 ? "," : "").append(next),
                        StringBuilder::append)
                .append("]")
                .toString();
        Path symbols = Files.writeString(dir.resolve("symbols"), many);
        refused(
                "import pytorch --vocabulary " + symbols,
                Files.readAllBytes(PEERS.resolve("pytorch/gru-1.safetensors")),
                "stands twice in the vocabulary");
        byte[] notANumber = text.clone();
        ByteBuffer.wrap(notANumber).order(ByteOrder.LITTLE_ENDIAN).putFloat(notANumber.length - 4, Float.NaN);
        refused("export onnx", notANumber, "expected finite numbers, found NaN");
    }

    @Test
    @Timeout(60)
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = dir.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "needs mkfifo");
        Process made = new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        for (List<Object> args : List.<List<Object>>of(
                List.of("next", "a", "--model", pipe),
                List.of("inspect", pipe),
                List.of("import", "pytorch", pipe, "--out", dir.resolve("m")),
                List.of("import", "keras", pipe, "--out", dir.resolve("m")),
                List.of("import", "dl4j", pipe, "--out", dir.resolve("m")))) {
            Ran.of(args).failed(pipe + ": expected a file, found a pipe or a device");
        }
    }
}
