package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training commands in real processes, killed by the operating system at many random moments of one run. */
class KillAndResumeTest {
    private static final int KILLS = 20;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void aTextRunKilledTwentyTimesEndsWithTheBytesOfOneNeverStopped() throws Exception {
        List<String> command = textCommand();
        endsWithTheSameBytes(command, KILLS, 15);
    }

    @Test
    @Timeout(300)
    void soDoesARunOfSeriesWithNetworksForTheIntervalsAndAnEnsemble() throws Exception {
        List<String> command = seriesCommand();
        endsWithTheSameBytes(command, KILLS / 2, 30);
    }

    @Test
    @Timeout(300)
    void soDoesARunOverExamplesInBatchesByLength() throws Exception {
        Random random = new Random(3);
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            int length = 1 + random.nextInt(12);
            for (int j = 0; j < length; j++) {
                words.append((char) ('a' + random.nextInt(4)));
            }
            words.append('\t')
                    .append(random.nextBoolean() ? "odd" : length < 6 ? "short" : "long")
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("words.tsv"), words);
        List<String> command = List.of(
                "classify",
                file.toString(),
                "--hidden=6",
                "--embedding=5",
                "--batch=8",
                "--average=ema:0.9",
                "--ensemble=2",
                "--balance=0.5",
                "--validate-every=10",
                "--steps=150");
        endsWithTheSameBytes(command, KILLS / 4, 60);
    }

    private void endsWithTheSameBytes(List<String> command, int kills, int mostCheckpoints) throws Exception {
        Path quiet = Files.createDirectory(folder.resolve("quiet"));
        Process whole = start(command, quiet);
        assertThat(whole.waitFor()).as(said(quiet)).isZero();

        Path rough = Files.createDirectory(folder.resolve("rough"));
        Random random = new Random(20);
        for (int kill = 0; kill < kills; kill++) {
            Process process = start(command, rough);
            awaitCheckpoints(process, rough, 1 + random.nextInt(mostCheckpoints));
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
            assertThat(said(rough)).contains(kill == 0 ? "no checkpoint" : "going on from step");
        }
        assertThat(start(command, rough).waitFor()).as(said(rough)).isZero();

        assertThat(rough.resolve("model")).hasSameBinaryContentAs(quiet.resolve("model"));
        assertThat(rough.resolve("model.checkpoint")).hasSameBinaryContentAs(quiet.resolve("model.checkpoint"));
        try (var files = Files.list(rough)) {
            assertThat(files.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("said", "model", "model.checkpoint");
        }
        // Killed after the last step, before the model was written: there is nothing left to do but that.
        Files.delete(rough.resolve("model"));
        assertThat(start(command, rough).waitFor()).as(said(rough)).isZero();
        assertThat(rough.resolve("model")).hasSameBinaryContentAs(quiet.resolve("model"));
    }

    /** A text with little pattern, so that validation goes up and down. */
    private List<String> textCommand() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            text.append("namaskar hello salut ", random.nextInt(10), 10 + random.nextInt(10));
        }
        Files.writeString(folder.resolve("text.txt"), text);
        // A small run with everything that has a state: dropout, carried state, momenta, schedule, two shards.
        return List.of(
                "text",
                folder.resolve("text.txt").toString(),
                "--read=stream",
                "--cell=lstm",
                "--hidden=6",
                "--dropout=0.3",
                "--batch=4",
                "--seq-len=6",
                "--schedule=cosine",
                "--steps=900",
                "--validate-every=10");
    }

    /** Networks for the intervals, then members: the run is killed in some of them and between them. */
    private List<String> seriesCommand() throws IOException {
        Random random = new Random(2);
        StringBuilder table = new StringBuilder("step,load");
        for (int i = 0; i < 90; i++) {
            table.append('\n').append(i).append(',').append(20 + i % 6 + random.nextGaussian());
        }
        Files.writeString(folder.resolve("table.csv"), table);
        return List.of(
                "series",
                folder.resolve("table.csv").toString(),
                "--horizon=4",
                "--season=6",
                "--hidden=5",
                "--layers=2",
                "--dropout=0.3",
                "--batch=8",
                "--ensemble=3",
                "--steps=80",
                "--val-fraction=0.1",
                "--validate-every=30");
    }

    private static Process start(List<String> what, Path run) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dnamaskar.gemm=java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train"));
        command.addAll(what);
        command.addAll(
                List.of("--out", run.resolve("model").toString(), "--threads=2", "--checkpoint-every=1", "--resume"));
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
