package dev.namaskar.spark.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextTraining;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.SparkSession;

/**
 * What a round costs beside its steps, as the page on Spark states it: rounds of two replicas in two executor processes,
 * for networks of several sizes and for several numbers of steps. A line of time against steps is laid through the rounds;
 * where it meets no steps is the cost of the round itself.
 */
final class RoundsBenchmark {
    private static final int[] STEPS = {1, 10, 40};
    private static final int[] HIDDEN = {32, 256, 512};
    private static final int ROUNDS = 16;

    private RoundsBenchmark() {}

    /** Prints a table. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("namaskar-rounds-");
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        Path file = Files.write(folder.resolve("text.txt"), text.toString().getBytes(UTF_8));
        try (SparkSession session = SparkCluster.start("local-cluster[2,1,1024]")) {
            System.out.println("parameters  "
                    + String.join(
                            "  ",
                            Arrays.stream(STEPS).mapToObj(h -> "H=" + h + " ms").toList()) + "  ms a step  ms a round");
            round(session, folder, file, 32, 10, 3 * ROUNDS); // until the machines are warm
            for (int hidden : HIDDEN) {
                double[] rounds = new double[STEPS.length];
                int parameters = 0;
                for (int i = 0; i < STEPS.length; i++) {
                    Measured measured = round(session, folder, file, hidden, STEPS[i], ROUNDS);
                    parameters = measured.parameters();
                    rounds[i] = measured.milliseconds();
                }
                double[] line = line(rounds);
                System.out.printf(
                        Locale.ROOT,
                        "%10d  %s  %9.2f  %10.1f%n",
                        parameters,
                        String.join(
                                "  ",
                                Arrays.stream(rounds)
                                        .mapToObj(ms -> String.format(Locale.ROOT, "%7.1f", ms))
                                        .toList()),
                        line[1],
                        line[0]);
            }
        }
    }

    private record Measured(int parameters, double milliseconds) {}

    private static Measured round(SparkSession session, Path folder, Path file, int hidden, int steps, int rounds)
            throws IOException {
        Starts starts = new Starts(steps);
        TextTraining training = CharacterModel.training()
                .cell("lstm")
                .hidden(hidden)
                .seqLen(8)
                .threads(1)
                .run(r -> r.withData(new RunSettings.Data(8, 0.0)).withGemm(GemmChoice.of(GemmLibrary.best())))
                .steps((long) steps * rounds)
                .listen(starts);
        int parameters = SparkTraining.of(
                        session,
                        RoundSettings.of(2, steps),
                        folder.resolve("states").toString())
                .text(training, file.toString())
                .model()
                .params()
                .values()
                .length;
        return new Measured(parameters, starts.median());
    }

    /** Least squares: milliseconds at no step, and of each step. */
    private static double[] line(double[] rounds) {
        double meanH = Arrays.stream(STEPS).average().orElseThrow();
        double mean = Arrays.stream(rounds).average().orElseThrow();
        double cross = 0;
        double square = 0;
        for (int i = 0; i < rounds.length; i++) {
            cross += (STEPS[i] - meanH) * (rounds[i] - mean);
            square += (STEPS[i] - meanH) * (STEPS[i] - meanH);
        }
        double slope = cross / square;
        return new double[] {mean - slope * meanH, slope};
    }

    /** When each round's steps were told of. */
    private static final class Starts implements TrainingListener {
        private final int steps;
        private final List<Long> times = new ArrayList<>();

        Starts(int steps) {
            this.steps = steps;
        }

        @Override
        public void onStep(Progress progress) {
            if ((progress.step() - 1) % steps == 0) {
                times.add(System.nanoTime());
            }
        }

        /** Milliseconds from one round to the next, the first two rounds left out. */
        double median() {
            double[] all = new double[times.size() - 3];
            Arrays.setAll(all, i -> (times.get(i + 3) - times.get(i + 2)) * 1e-6);
            Arrays.sort(all);
            return all[all.length / 2];
        }
    }
}
