package dev.namaskar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.testing.Page;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Projects that depend on this one ({@code src/it/consumers}), which Maven has just built from a repository of their
 * own, as anybody would: what came to stand on their class paths, and whether they train and predict with it.
 */
class ConsumersJarIT {
    private static final long MEGABYTE = 1_000_000;

    /** The platforms that native code is built for; a jar for one of them says so behind its version. */
    private static final String PLATFORM =
            ".*-(linux|macosx|windows|android|ios)-(x86|x86_64|arm|armhf|arm64|ppc64le)" + "(-\\w+)*[.]jar";

    @TempDir
    private Path folder;

    private Path consumers = Path.of("");

    @BeforeEach
    void theyAreBuilt() {
        String given = System.getProperty("consumers", "");
        assumeTrue(!given.isEmpty(), "runs after Maven has built the consumers, in mvn verify");
        consumers = Path.of(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "nd4j", "java", "runtime"})
    void theClassPathIsOfOnePieceAndSmall(String consumer) throws IOException {
        List<Path> jars = jars(consumer);
        long size = 0;
        for (Path jar : jars) {
            size += Files.size(jar);
        }
        List<String> names = names(consumer);

        assertThat(size).isLessThan(150 * MEGABYTE);
        assertThat(names).noneMatch(name -> name.matches("(spark|scala|hadoop)-.*"));
        assertThat(names).filteredOn(name -> name.matches(PLATFORM)).allMatch(name -> name.contains(host()));
        assertThat(jars)
                .filteredOn(jar -> jar.toString().contains("/org/bytedeco/"))
                .allMatch(jar -> jar.getParent().toString().endsWith("1.5.12"), "is of JavaCPP 1.5.12");
        assertThat(jars)
                .as("jars that stand in two versions")
                .extracting(jar -> jar.getParent().getParent() + "  "
                        + jar.getFileName().toString().replaceFirst("^.*?-\\d[^-]*(-\\d[^-]*)?", ""))
                .doesNotHaveDuplicates();
    }

    @Test
    void eachHasWhatItAskedForAndNothingElse() throws IOException {
        assertThat(names("onednn")).anyMatch(name -> name.startsWith("dnnl-")).noneMatch(name -> isOfNd4j(name));
        assertThat(names("nd4j"))
                .contains("openblas-0.3.30-1.5.12.jar", "commons-compress-1.28.0.jar", "commons-net-3.13.0.jar")
                .contains("commons-io-2.22.0.jar", "commons-lang3-3.22.0.jar", "jna-platform-5.19.1.jar")
                .anyMatch(name -> isOfNd4j(name))
                .noneMatch(name -> name.startsWith("dnnl-"));
        assertThat(names("java")).noneMatch(name -> name.matches("(dnnl|openblas|javacpp|opencl|mkl|jna|nd4j).*"));
        assertThat(names("runtime")).hasSize(1).allMatch(name -> name.endsWith("-runtime.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "nd4j", "java"})
    void trainsStoresAndPredictsWithTheLibraryItAskedFor(String consumer) throws Exception {
        Path model = folder.resolve("model.safetensors");
        String library = consumer.equals("nd4j") ? "OPENBLAS" : consumer.toUpperCase(Locale.ROOT);

        assertThat(run(consumer, "Train", model.toString())).isEqualTo(List.of(library, "r", "11"));
        assertThat(run("runtime", "Predict", model.toString())).isEqualTo(List.of("r"));
    }

    @Test
    void nd4jComputesOnTheConsumersClassPath() throws Exception {
        assertThat(run("nd4j", "examples/WithNd4j.java")).hasSize(2);
    }

    @Test
    void whatNd4jIsNeededForIsSaidWhereItIsAbsent() throws Exception {
        Path model = folder.resolve("model.safetensors");
        run("nd4j", "Train", model.toString());

        assertThat(run("nd4j", "WriteOnnx", model.toString())).isEqualTo(List.of("true"));
        assertThat(run("onednn", "WriteOnnx", model.toString()))
                .singleElement()
                .asString()
                .contains("depend on dev.namaskar:namaskar-nd4j");
    }

    /** What the documentation says to write is what the consumers here wrote. */
    @Test
    void theCoordinatesInTheDocumentationAreTheirs() throws IOException {
        List<String> shown = Page.all().stream()
                .flatMap(page -> page.blocks("xml").stream())
                .map(ConsumersJarIT::withoutSpace)
                .toList();
        List<String> written = new ArrayList<>();
        for (String consumer : List.of("onednn", "nd4j", "java", "runtime")) {
            written.add(
                    withoutSpace(Files.readString(consumers.resolve(consumer).resolve("pom.xml"))));
        }

        assertThat(shown).hasSize(3).allSatisfy(block -> assertThat(written).anyMatch(pom -> pom.contains(block)));
    }

    private static String withoutSpace(String text) {
        return text.replace(" ", "").replace("\n", "");
    }

    private static boolean isOfNd4j(String name) {
        return name.startsWith("nd4j-") || name.startsWith("openblas-");
    }

    /** The machine at hand as native jars call it. */
    private static String host() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = system.startsWith("mac") ? "macosx" : system.startsWith("win") ? "windows" : "linux";
        String processor = System.getProperty("os.arch");
        return name + "-" + (processor.equals("amd64") ? "x86_64" : processor.equals("aarch64") ? "arm64" : processor);
    }

    private String classPath(String consumer) throws IOException {
        return Files.readString(consumers.resolve(consumer).resolve("target/classpath.txt"))
                .strip();
    }

    private List<Path> jars(String consumer) throws IOException {
        return Arrays.stream(classPath(consumer).split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private List<String> names(String consumer) throws IOException {
        return jars(consumer).stream().map(jar -> jar.getFileName().toString()).toList();
    }

    /** The lines that a program prints in a JVM of its own on the consumer's class path. */
    private List<String> run(String consumer, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                consumers.resolve(consumer).resolve("target/classes") + File.pathSeparator + classPath(consumer),
                program));
        Stream.of(arguments).forEach(command::add);
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return out.lines().toList();
    }
}
