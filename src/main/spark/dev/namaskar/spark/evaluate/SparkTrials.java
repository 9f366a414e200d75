package dev.namaskar.spark.evaluate;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.spark.FileCopies;
import dev.namaskar.spark.SparkFailure;
import dev.namaskar.tune.Trial;
import dev.namaskar.tune.TrialPool;
import dev.namaskar.tune.TrialResult;
import dev.namaskar.tune.Trials;
import dev.namaskar.tune.Tunable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Carries the trials of a search out on a cluster: a job for the trials that can begin at once, whole rungs of as many
 * brackets as give every core one, and a task for each trial. The table of trials is to the bit that of one machine, for a
 * trial depends on its settings and the data alone; the best model is then trained by the driver.
 *
 * <pre>{@code
 * List<Path> files = List.of(Path.of("names.tsv"));
 * SparkSearch<Classifier> search = data -> Tuning.of(Classifier::training, training -> training.fit(data.get(0)));
 * Tuned<Classifier> tuned = search.at(files).trials(100).pool(SparkTrials.of(spark, files, search)).run();
 * }</pre>
 *
 * <p>The files' content goes to every executor once. With {@code minutes} no rung begins after them; one that has begun is
 * carried to its end.
 */
public final class SparkTrials implements TrialPool {
    private final JavaSparkContext context;
    private final List<Path> files;
    private final SparkSearch<?> search;

    private SparkTrials(JavaSparkContext context, List<Path> files, SparkSearch<?> search) {
        this.context = context;
        this.files = List.copyOf(files);
        this.search = search;
    }

    /**
     * A cluster's cores for the trials of a search.
     *
     * @param files the data, on the driver's machine
     * @param search the one whose trials these are
     */
    public static <M> SparkTrials of(SparkSession spark, List<Path> files, SparkSearch<M> search) {
        return new SparkTrials(JavaSparkContext.fromSparkContext(spark.sparkContext()), files, search);
    }

    /**
     * What a task sends back.
     *
     * @param result of the trial; null where it could not be carried out
     * @param failure why; empty where it could
     */
    private record Told(@Nullable TrialResult result, String failure) implements Serializable {}

    @Override
    public <M> void carryOut(Trials<M> trials, Tunable<M> tunable, Tunable.Setup setup) {
        try {
            Broadcast<FileCopies> data = context.broadcast(FileCopies.of(files));
            try {
                for (List<Trial> rung = next(trials); !rung.isEmpty(); rung = next(trials)) {
                    for (Told told : job(rung, data, setup)) {
                        TrialResult result = told.result();
                        if (result == null) {
                            trials.fail(new IllegalStateException(FileCopies.named(told.failure(), files)));
                            return;
                        }
                        trials.finish(result, null);
                    }
                }
            } finally {
                data.destroy();
            }
        } catch (Exception e) {
            trials.fail(SparkFailure.of(e));
        }
    }

    private <M> List<Trial> next(Trials<M> trials) {
        return trials.rung(context.defaultParallelism());
    }

    private List<Told> job(List<Trial> rung, Broadcast<FileCopies> data, Tunable.Setup setup) {
        SparkSearch<?> asked = search;
        int threads = setup.threads();
        String gemm = setup.gemm().toString();
        return context.parallelize(rung, rung.size())
                .map(trial -> told(trial, asked, data, threads, gemm))
                .collect();
    }

    private static Told told(Trial trial, SparkSearch<?> search, Broadcast<FileCopies> data, int threads, String gemm) {
        try {
            GemmChoice choice = GemmChoice.named(gemm).here();
            Tunable<?> tunable = KeptSearch.open(data.id(), data.value(), search);
            return told(trial, tunable, new Tunable.Setup(threads, choice));
        } catch (IOException | RuntimeException e) {
            return new Told(null, "trial " + trial.number() + ": " + e.getMessage());
        }
    }

    private static <M> Told told(Trial trial, Tunable<M> tunable, Tunable.Setup setup) throws IOException {
        Done<M> done = TrialPool.carryOut(trial, tunable, setup, () -> false);
        return done == null ? new Told(null, "broken off") : new Told(done.result(), "");
    }
}
