package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code train text} in real processes, killed by the operating system at twenty random moments of one run. */
class KillAndResumeTest {
    private static final int STEPS = 1500;
    private static final int KILLS = 20;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void aRunKilledTwentyTimesEndsWithTheBytesOfOneNeverStopped() throws Exception {
        Path quiet = prepare("quiet");
        Process whole = train(quiet);
        assertThat(whole.waitFor()).as(said(quiet)).isZero();

        Path rough = prepare("rough");
        Random random = new Random(20);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = train(rough);
            awaitCheckpoints(process, rough, 1 + random.nextInt(15));
            // Somewhere in the next step, or in the writing of its checkpoint.
            for (int spin = random.nextInt(1 << 20); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("killed, not finished; " + said(rough))
                    .isEqualTo(KILLED);
            assertThat(rough.resolve("model")).doesNotExist();
        }
        assertThat(train(rough).waitFor()).as(said(rough)).isZero();

        assertThat(rough.resolve("model")).hasSameBinaryContentAs(quiet.resolve("model"));
        assertThat(rough.resolve("model.checkpoint")).hasSameBinaryContentAs(quiet.resolve("model.checkpoint"));
        try (var files = Files.list(rough)) {
            assertThat(files.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("said", "model", "model.checkpoint");
        }
    }

    /** A text with little pattern, so that validation goes up and down. */
    private Path prepare(String name) throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            text.append("namaskar hello salut ", random.nextInt(10), 10 + random.nextInt(10));
        }
        Files.writeString(folder.resolve("text.txt"), text);
        return Files.createDirectory(folder.resolve(name));
    }

    /** A small run with everything that has a state: dropout, carried state, momenta, schedule, two shards. */
    private static Process train(Path run) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dnamaskar.gemm=java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "text",
                run.resolveSibling("text.txt").toString(),
                "--out",
                run.resolve("model").toString(),
                "--read=stream",
                "--cell=lstm",
                "--hidden=6",
                "--dropout=0.3",
                "--batch=4",
                "--seq-len=6",
                "--threads=2",
                "--schedule=cosine",
                "--steps=" + STEPS,
                "--validate-every=10",
                "--checkpoint-every=1",
                "--resume");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("said").toFile())
                .start();
    }

    private static void awaitCheckpoints(Process process, Path run, int count) throws IOException {
        Path checkpoint = run.resolve("model.checkpoint");
        FileTime last = time(checkpoint);
        int seen = 0;
        while (seen < count && process.isAlive()) {
            FileTime now = time(checkpoint);
            if (!now.equals(last)) {
                last = now;
                seen++;
            }
            Thread.onSpinWait();
        }
    }

    private static FileTime time(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    }

    private static String said(Path run) throws IOException {
        return Files.readString(run.resolve("said"));
    }
}
