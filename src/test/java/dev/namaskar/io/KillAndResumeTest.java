package dev.namaskar.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.text.Corpus;
import dev.namaskar.text.TextData;
import dev.namaskar.text.TextValidation;
import dev.namaskar.text.Unit;
import dev.namaskar.train.Objective;
import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.TrainerSettings;
import dev.namaskar.train.Training;
import dev.namaskar.train.TrainingListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, killed by the operating system at twenty random moments of one run. */
class KillAndResumeTest {
    private static final int STEPS = 1500;
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    /** A small run with everything that has a state: dropout, carried state, momenta, validation, two shards. */
    static final class Run {
        private Run() {}

        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[0]);
            Path text = folder.resolve("text.txt");
            try (Corpus corpus = Corpus.read(List.of(text), Unit.CODEPOINT)) {
                TextData data = TextData.of(corpus, corpus.vocabulary(), new TextData.Wish(null, 0.2, 4, 6, 3));
                int symbols = data.vocabulary().size();
                Network network = NetworkSpec.tokens(symbols)
                        .recurrent("lstm", 6)
                        .dropout(0.3)
                        .dense(symbols)
                        .build();
                var settings = new TrainerSettings(2, 2, 9, true, GemmLibrary.JAVA);
                Map<String, String> texts = Map.of("vocabulary", VocabularyJson.write(data.vocabulary()));
                try (Trainer trainer = new Trainer(
                                network,
                                network.initialize(1),
                                Optimizers.named("adam"),
                                data.batches(),
                                () -> Objective.of(new SoftmaxCrossEntropy()),
                                settings);
                        CheckpointFile file = CheckpointFile.open(folder.resolve("checkpoint"), network, texts)) {
                    Training training = new Training(trainer, StoppingRules.afterSteps(STEPS))
                            .validate(10, new TextValidation(network, data, GemmLibrary.JAVA))
                            .checkpoint(1, file)
                            .listen(new Printer());
                    Checkpoint earlier = file.last();
                    if (earlier != null) {
                        trainer.restore(earlier.snapshot());
                        training.resume(earlier.standing());
                    }
                    training.run();
                    ModelFile.write(folder.resolve("model"), new Model(network, trainer.params(), texts));
                }
            }
        }
    }

    /** A line for every step, so that the test can count them. */
    private static final class Printer implements TrainingListener {
        @Override
        public void onStep(dev.namaskar.train.Progress progress) {
            System.out.println(progress.step());
        }
    }

    @Test
    void aRunKilledTwentyTimesEndsWithTheBytesOfOneNeverStopped() throws Exception {
        Path quiet = prepare("quiet");
        Process whole = start(quiet);
        assertThat(lines(whole, Integer.MAX_VALUE)).as(error(whole)).isEqualTo(STEPS);
        assertThat(whole.waitFor()).isZero();

        Path rough = prepare("rough");
        Random random = new Random(20);
        int done = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(rough);
            // It runs on while its lines are read, writing a checkpoint after each step: whatever it is doing, it dies.
            done += lines(process, 1 + random.nextInt(15));
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("killed, not finished").isEqualTo(128 + 9);
            assertThat(Files.exists(rough.resolve("model"))).isFalse();
        }
        Process last = start(rough);
        done += lines(last, Integer.MAX_VALUE);
        assertThat(last.waitFor()).as(error(last)).isZero();

        assertThat(done).as("lines read").isGreaterThan(KILLS);
        assertThat(rough.resolve("model")).hasSameBinaryContentAs(quiet.resolve("model"));
        assertThat(rough.resolve("checkpoint")).hasSameBinaryContentAs(quiet.resolve("checkpoint"));
        try (var files = Files.list(rough)) {
            assertThat(files.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("text.txt", "model", "checkpoint");
        }
    }

    private Path prepare(String name) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            text.append("namaskar hello salut ", random.nextInt(10), 10 + random.nextInt(10));
        }
        Files.writeString(run.resolve("text.txt"), text);
        return run;
    }

    private static Process start(Path run) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName(),
                run.toString()));
        return new ProcessBuilder(command)
                .redirectError(run.resolveSibling("errors").toFile())
                .start();
    }

    /** Reads up to so many lines; how many there were. */
    private static int lines(Process process, int most) throws IOException {
        BufferedReader reader = process.inputReader();
        int count = 0;
        while (count < most && reader.readLine() != null) {
            count++;
        }
        return count;
    }

    private String error(Process process) throws IOException {
        Path errors = folder.resolve("errors");
        return process.info() + (Files.exists(errors) ? Files.readString(errors) : "");
    }
}
