package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs in real processes that meet a full disk, another run on the same files, or their end. */
@Timeout(120)
class CrashTest {
    @TempDir
    Path dir;

    private Path corpus = Path.of("");
    private Path model = Path.of("");
    private Path checkpoint = Path.of("");

    @BeforeEach
    void aRunThatWasKept() throws IOException {
        corpus = Files.writeString(dir.resolve("text"), "namaskar, hello, salut. ".repeat(100));
        model = Files.createDirectory(dir.resolve("run")).resolve("model");
        checkpoint = model.resolveSibling("model.checkpoint");
        Ran.of(train("--steps", 20).toArray()).good();
    }

    private List<Object> train(Object... more) {
        List<Object> args = new ArrayList<>(List.of("train", "text", corpus, "--out", model, "--hidden", 24));
        args.addAll(List.of("--checkpoint-every", 5, "--read", "stream", "--threads", 1));
        args.addAll(List.of(more));
        return args;
    }

    private static Process start(Path said, List<String> before, List<?> args) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Dnamaskar.gemm=java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        args.forEach(arg -> command.add(String.valueOf(arg)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(model.getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A limit on the size of files is a full disk that needs no superuser: both refuse the bytes that are too many. */
    @Test
    void aFullDiskEndsInALineAndTheLastGoodFilesStay() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash to set a limit on file sizes");
        byte[] goodModel = Files.readAllBytes(model);
        byte[] goodCheckpoint = Files.readAllBytes(checkpoint);
        assertThat(goodCheckpoint.length).isGreaterThan(16 * 1024);
        Path said = dir.resolve("said");
        List<String> limit = List.of("/bin/bash", "-c", "ulimit -f 8; exec \"$0\" \"$@\"");
        Process process = start(said, limit, train("--steps", 40, "--resume"));
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readAllLines(said))
                .last()
                .asString()
                .startsWith("error: " + checkpoint + ": could not be written (")
                .endsWith("; what was there before is unchanged");
        assertThat(model).hasBinaryContent(goodModel);
        assertThat(checkpoint).hasBinaryContent(goodCheckpoint);
        assertThat(names()).containsExactly("model", "model.checkpoint");

        // With room again the run goes on from there.
        assertThat(Ran.of(train("--steps", 40, "--resume").toArray()).good().err())
                .contains("going on from step 20");
    }

    @Test
    void twoRunsOnTheSameFilesAreOneTooMany() throws Exception {
        Path said = dir.resolve("said");
        Process first = start(said, List.of(), train("--steps", 100_000_000));
        try {
            Path lock = model.resolveSibling(".model.checkpoint.lock");
            while (first.isAlive() && !Files.exists(lock)) {
                Thread.onSpinWait();
            }
            assertThat(first.isAlive()).as(Files.readString(said)).isTrue();
            Ran.of(train("--steps", 30).toArray())
                    .failed(model + ": another process (" + first.pid() + ") is writing this file");
            Ran.of("export", "pytorch", model, "--force", "--out", checkpoint)
                    .failed(checkpoint + ": another process (" + first.pid() + ") is writing this file");
            Ran.of("next", "na", "--model", model).good();
        } finally {
            first.destroy();
        }
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(names()).as("an orderly end leaves nothing beside").containsExactly("model", "model.checkpoint");
        Ran.of(train("--steps", 30).toArray()).good();
    }

    @Test
    void whatAKilledRunLeftIsTakenOverByTheNext() throws Exception {
        Files.writeString(model.resolveSibling(".model.lock"), "12345");
        Files.writeString(model.resolveSibling(".model.checkpoint.lock"), "12345");
        Files.writeString(model.resolveSibling(".model.checkpoint.partial"), "half a checkpoint");
        Ran.of(train("--steps", 30, "--resume").toArray()).good();
        assertThat(names()).containsExactly("model", "model.checkpoint");
    }

    @Test
    void aFolderThatTakesNoFilesIsNamed() {
        Path nowhere = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(nowhere), "needs a folder in which not even the superuser may write");
        Object[] args = train("--steps", 5).toArray();
        args[4] = nowhere.resolve("model");
        Ran.of(args).failed(nowhere.resolve("model") + ": ");
    }

    @Test
    void everyStepStandsInTheLogOnce() throws Exception {
        Path log = dir.resolve("log");
        Ran.of(train("--steps", 25, "--log", log).toArray()).good();
        // A run that was killed after step 25 of 40, with half a line on its way to the disk; its checkpoint is of step
        // 20.
        Ran.of(train("--steps", 20, "--schedule", "cosine(40)", "--log", dir.resolve("other"))
                        .toArray())
                .good();
        Files.writeString(log, Files.readString(log) + "{\"step\":26,\"lo");
        Ran.of(train("--steps", 40, "--schedule", "cosine(40)", "--resume", "--log", log)
                        .toArray())
                .good();
        List<Long> steps = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            var told = Json.readObject("log", line);
            if (told.containsKey("loss")) {
                steps.add((Long) told.get("step"));
            }
        }
        assertThat(steps)
                .containsExactlyElementsOf(
                        Stream.iterate(1L, step -> step <= 40, step -> step + 1).toList());
        Ran.of(train("--steps", 40, "--resume", "--log", "/dev/full").toArray()).good();
        Ran.of(train("--steps", 45, "--resume", "--log", "/dev/full").toArray())
                .failed("/dev/full: the log could not be written (");
    }
}
