package dev.namaskar.spark.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.RunSettings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Executors and drivers that the operating system ends in the middle of training: the bits are those of a run left alone. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class KilledTest {
    private static final int KILLS = 5;
    private static final int STEPS = 60;

    /** What is trained on, and what comes of it where nothing is killed. */
    private static String text = "";

    private static float[] undisturbed = {};

    @TempDir
    private Path folder;

    @BeforeAll
    static void train(@TempDir Path quiet) throws IOException {
        Random random = new Random(7);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            letters.append((char) ('a' + random.nextInt(4) * random.nextInt(3)));
        }
        text = letters.toString();
        undisturbed = params(cluster(quiet).text(training(), text(quiet).toString()));
    }

    private static Path text(Path folder) throws IOException {
        return Files.writeString(folder.resolve("text.txt"), text);
    }

    private static TextTraining training() {
        return CharacterModel.training()
                .cell("gru")
                .hidden(24)
                .seqLen(20)
                .run(r -> r.withData(new RunSettings.Data(4, 0.1)).withGemm(GemmChoice.of(GemmLibrary.JAVA)))
                .steps(STEPS)
                .threads(1);
    }

    private static SparkTraining cluster(Path folder) {
        return SparkTraining.of(
                SparkCluster.session(),
                RoundSettings.of(2, 4).withOuter(RoundSettings.DILOCO),
                folder.resolve("rounds").toString());
    }

    private static float[] params(TrainedText trained) {
        return trained.model().params().values();
    }

    /** The processes of this session's executors, all begun by this process. */
    private static List<ProcessHandle> executors() {
        List<Long> ids = JavaSparkContext.fromSparkContext(
                        SparkCluster.session().sparkContext())
                .parallelize(List.of(1, 2, 3, 4), 4)
                .map(number -> ProcessHandle.current().pid())
                .distinct()
                .collect();
        return ProcessHandle.current()
                .descendants()
                .filter(process -> ids.contains(process.pid()))
                .toList();
    }

    @Test
    void anExecutorThatIsKilledCostsItsShareOfTheRoundAlone() throws IOException {
        Path text = text(folder);
        Random random = new Random(8);
        List<CompletableFuture<Boolean>> killed = new ArrayList<>();
        TrainingListener killer = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.step() % (STEPS / KILLS) == 0) {
                    List<ProcessHandle> running = executors();
                    ProcessHandle one = running.get(random.nextInt(running.size()));
                    // At some moment of the next round.
                    killed.add(CompletableFuture.supplyAsync(
                            one::destroyForcibly,
                            CompletableFuture.delayedExecutor(random.nextInt(100), TimeUnit.MILLISECONDS)));
                }
            }
        };

        assertThat(params(cluster(folder).text(training().listen(killer), text.toString())))
                .isEqualTo(undisturbed);
        assertThat(killed).hasSize(KILLS).allMatch(CompletableFuture::join);
    }

    /** A driver with its executors as threads: another number of executors, and a process of its own. */
    static final class Driver {
        private Driver() {}

        /**
         * Trains on the text in a folder, going on where an earlier one was killed, and writes the parameters; before that,
         * if anything more is said, on executors without this library.
         */
        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[0]);
            if (args.length > 1) {
                withoutTheJar(folder);
            }
            SparkCluster.start("local[1]", "");
            TrainingListener teller = new TrainingListener() {
                @Override
                public void onStep(Progress progress) {
                    System.out.println("step " + progress.step());
                }
            };
            TrainedText trained = cluster(folder)
                    .checkpoint(folder.resolve("checkpoint.safetensors"), true)
                    .text(training().listen(teller), folder.resolve("text.txt").toString());
            Files.writeString(folder.resolve("params"), Arrays.toString(params(trained)));
            System.out.println("done");
            SparkCluster.session().stop();
        }

        /** On executors whose class path has jars alone, none of which is this project's. */
        private static void withoutTheJar(Path folder) {
            String jars = Arrays.stream(SparkCluster.classPath().split(File.pathSeparator))
                    .filter(entry -> entry.endsWith(".jar"))
                    .collect(Collectors.joining(File.pathSeparator));
            SparkCluster.start("local-cluster[1,1,1024]", jars);
            try {
                cluster(folder).text(training(), folder.resolve("text.txt").toString());
            } catch (IllegalStateException | IOException e) {
                System.out.println(e.getMessage());
            }
            SparkCluster.session().stop();
        }
    }

    private Process driver(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                Driver.class.getName(),
                folder.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", SparkCluster.allClassPath());
        return builder.redirectErrorStream(true).start();
    }

    /** Reads what a process says until it says this. */
    private static void until(BufferedReader out, String line) throws IOException {
        StringBuilder said = new StringBuilder();
        String next = out.readLine();
        while (next != null && !next.equals(line)) {
            said.append(next).append('\n');
            next = out.readLine();
        }
        assertThat(next).as(said.toString()).isEqualTo(line);
    }

    /** One process for two tests, as nothing in them takes as long as its beginning. */
    @Test
    void aDriverNamesTheJarThatExecutorsLackAndKilledGoesOnWithTheSameBitsOnAnyNumberOfExecutors() throws Exception {
        text(folder);
        Process first = driver("without");
        try (BufferedReader out = first.inputReader(UTF_8)) {
            until(
                    out,
                    "the executors do not have this library: give them its jar of classifier spark, with --jars or the"
                            + " setting spark.jars");
            until(out, "step " + (5 + new Random().nextInt(20)));
        } finally {
            first.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve("checkpoint.safetensors")).exists();
        assertThat(folder.resolve("params")).doesNotExist();

        Process second = driver();
        try (BufferedReader out = second.inputReader(UTF_8)) {
            until(out, "done");
        } finally {
            second.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve("params")).hasContent(Arrays.toString(undisturbed));
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() throws IOException {
        Path text = text(folder);
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        cluster(folder).checkpoint(checkpoint, false).text(training().steps(8), text.toString());
        byte[] kept = Files.readAllBytes(checkpoint);

        assertThatThrownBy(() -> cluster(folder.resolve("elsewhere"))
                        .checkpoint(checkpoint, true)
                        .text(training(), text.toString()))
                .hasMessageContaining("expected the states of a run's replicas, found none");
        assertThatThrownBy(() -> SparkTraining.of(
                                SparkCluster.session(),
                                RoundSettings.of(2, 5),
                                folder.resolve("rounds").toString())
                        .checkpoint(checkpoint, true)
                        .text(training(), text.toString()))
                .hasMessageContaining("the run began with 2 replicas, rounds of 4 steps");
        cluster(folder).text(training().seed(2).steps(8), text.toString());
        assertThatThrownBy(() -> cluster(folder).checkpoint(checkpoint, true).text(training(), text.toString()))
                .hasMessageContaining("are of another run than the checkpoint");
        assertThat(Files.readAllBytes(checkpoint)).isEqualTo(kept);
    }
}
