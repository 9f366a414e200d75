package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a command trains, in real processes. */
class StopAndResumeTest {
    @TempDir
    Path dir;

    private static final Object[] SMALL = {"--cell=lstm", "--hidden=6", "--batch=4", "--seq-len=6", "--dropout=0.2"};

    private Process small(Path corpus, Object... more) throws IOException {
        return start(
                corpus, Stream.concat(Arrays.stream(SMALL), Arrays.stream(more)).toArray());
    }

    private Process start(Path corpus, Object... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dnamaskar.gemm=java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "text",
                corpus.toString(),
                "--threads=1",
                "--schedule=constant"));
        Arrays.stream(more).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void interrupt(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private Path corpus() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/kill")) || Files.isExecutable(Path.of("/usr/bin/kill")),
                "no kill here");
        return Files.writeString(dir.resolve("text.txt"), "to be or not to be, that is the question\n".repeat(60));
    }

    /** Reads on until a line of the log shows that steps are being done. */
    private static void awaitSteps(Path log, Process process) throws IOException {
        while (process.isAlive() && (!Files.exists(log) || Files.size(log) == 0)) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Timeout(120)
    void ctrlCKeepsACheckpointThatTheRunGoesOnFromBitForBit() throws Exception {
        Path corpus = corpus();
        Path stopped = dir.resolve("stopped.safetensors");
        Path log = dir.resolve("log.jsonl");
        Process first = small(corpus, "--steps=100000000", "--out", stopped, "--log", log);
        awaitSteps(log, first);
        interrupt(first);
        String said = new String(first.getInputStream().readAllBytes(), UTF_8);
        assertThat(first.waitFor()).as(said).isEqualTo(130);
        assertThat(said)
                .contains("stopping after this step")
                .containsPattern("stopped after step [0-9]+; .*stopped\\.safetensors\\.checkpoint keeps")
                .contains("--resume")
                .doesNotContain("error", "Exception");
        assertThat(stopped).doesNotExist();
        long step = Long.parseLong(said.replaceAll("(?s).*stopped after step ([0-9]+).*", "$1"));

        // The checkpoint is a model, too.
        Ran.of("next", "to", "--model", stopped.resolveSibling("stopped.safetensors.checkpoint"))
                .good();
        Process rest = small(corpus, "--steps", step + 20, "--out", stopped, "--resume");
        String went = new String(rest.getInputStream().readAllBytes(), UTF_8);
        assertThat(rest.waitFor()).as(went).isZero();
        assertThat(went).contains("going on from step " + step);
        Path whole = dir.resolve("whole.safetensors");
        Process one = small(corpus, "--steps", step + 20, "--out", whole);
        assertThat(one.waitFor()).isZero();
        assertThat(stopped).hasSameBinaryContentAs(whole);
    }

    @Test
    @Timeout(120)
    void aSecondCtrlCQuitsAtOnce() throws Exception {
        Path corpus = corpus();
        Path out = dir.resolve("slow.safetensors");
        Path log = dir.resolve("log.jsonl");
        // A step of some seconds, so that the run is amid one when the second signal comes.
        Process process = start(
                corpus,
                "--steps=100000000",
                "--out",
                out,
                "--log",
                log,
                "--cell=gru",
                "--hidden=700",
                "--seq-len=100",
                "--batch=20");
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            assertThat(line).contains("read as a stream");
            awaitSteps(log, process);
            interrupt(process);
            while (line != null && !line.contains("stopping after this step")) {
                line = said.readLine();
            }
            assertThat(line).contains("again quits at once");
            interrupt(process);
            assertThat(process.waitFor()).isEqualTo(130);
        }
        assertThat(out).doesNotExist();
    }
}
