package dev.namaskar.spark.train;

import dev.namaskar.spark.SparkFailure;
import dev.namaskar.train.NotANumberException;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.Trainer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of replicas, each round one Spark job with a task a replica. What a task needs besides its part of the data is
 * broadcast or in the folder of {@link ReplicaStates}, so that Spark can run it again anywhere, to the same bits; nothing
 * depends on how many executors there are.
 *
 * @param <D> what parts of the data are made of
 */
final class ReplicaRounds<D> implements Rounds, Closeable {
    /** Runs of this driver that have not ended. */
    private static final Set<String> RUNNING = new ConcurrentSkipListSet<>();

    private static final System.Logger LOG = System.getLogger(ReplicaRounds.class.getName());
    private static final int TASKS_A_CORE = 4;

    private final JavaSparkContext context;
    private final JavaRDD<D> parts;
    private final ReplicaTrainers<D> trainers;
    private final RoundSettings settings;
    private final String folder;
    private @Nullable ReplicaStates states;
    private @Nullable OuterStep outer;
    private long standing = -1;

    /**
     * Rounds of one run.
     *
     * @param parts of the data, a partition a replica
     * @param folder that the driver and all executors reach
     */
    ReplicaRounds(
            JavaSparkContext context,
            JavaRDD<D> parts,
            ReplicaTrainers<D> trainers,
            RoundSettings settings,
            String folder) {
        if (parts.getNumPartitions() != settings.replicas()) {
            throw new IllegalArgumentException("expected a part of the data for each of " + settings.replicas()
                    + " replicas, found " + parts.getNumPartitions());
        }
        this.context = context;
        this.parts = parts;
        this.trainers = trainers;
        this.settings = settings;
        this.folder = folder;
    }

    @Override
    public List<Step> next(Trainer trainer, long most) {
        try {
            return round(trainer, (int) Math.min(settings.steps(), most));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private List<Step> round(Trainer trainer, int steps) throws IOException {
        if (trainer.steps() != standing) {
            begin(trainer);
        }
        ReplicaStates run = java.util.Objects.requireNonNull(states);
        OuterStep step = java.util.Objects.requireNonNull(outer);
        float[] params = trainer.params().values().clone();
        step.project(params);
        Snapshot.Average average = trainer.snapshot().average();
        float[][] weights = average == null ? new float[][] {params} : new float[][] {params, average.mean()};
        RoundOrder order = RoundOrder.of(run, trainer, steps, List.copyOf(RUNNING), average);
        List<Replica.Result> results = replicas(order, weights);
        step.apply(params, results.stream().map(Replica.Result::params).toList());
        requireFinite(params, trainer.steps() + steps);
        Replica.Result first = results.get(0);
        trainer.restore(new Snapshot(
                trainer.steps() + steps,
                params,
                first.optimizerStep(),
                first.state()[0],
                first.state()[1],
                trainer.settings().seed(),
                trainer.snapshot().shards(),
                average == null ? null : longer(average, steps, results),
                trainer.gemm()));
        long before = standing;
        standing = trainer.steps();
        run.write(standing, new ReplicaStates.Outer(describe(), Arrays.hashCode(params), step.steps(), step.values()));
        // The driver's checkpoint may still be of the round before this one.
        run.removeBefore(before);
        return mean(results, steps);
    }

    /** A mean of weights is linear in them, so that of all replicas is the mean of the replicas' own. */
    private static Snapshot.Average longer(Snapshot.Average before, int steps, List<Replica.Result> results) {
        float[] mean = OuterStep.mean(results.stream().map(Replica.Result::mean).toList());
        return new Snapshot.Average(before.decay(), before.count() + steps, mean);
    }

    private void begin(Trainer trainer) throws IOException {
        SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
        OuterStep step = new OuterStep(settings, trainer.params());
        if (trainer.steps() == 0) {
            states = ReplicaStates.begin(folder, hadoop);
        } else {
            ReplicaStates last = ReplicaStates.last(folder, hadoop);
            ReplicaStates.Outer stored =
                    last.readOuter(trainer.steps(), describe(), trainer.params().values());
            step.restore(trainer.params(), stored.steps(), stored.values());
            states = last;
        }
        outer = step;
        standing = trainer.steps();
        RUNNING.add(states.id());
    }

    private String describe() {
        return settings.replicas() + " replicas, rounds of " + settings.steps() + " steps and the outer optimizer "
                + settings.outer();
    }

    /** Closes what the run's replicas had open, wherever they are; what is out of reach is closed by a later round there. */
    @Override
    public void close() {
        ReplicaStates run = states;
        if (run == null || !RUNNING.remove(run.id()) || context.sc().isStopped()) {
            return;
        }
        String id = run.id();
        try {
            int closed = parts.mapPartitions(
                            part -> List.of(OpenReplicas.close(id)).iterator())
                    .reduce(Integer::sum);
            int tasks = Math.max(settings.replicas(), TASKS_A_CORE * context.defaultParallelism());
            if (closed < settings.replicas()) {
                context.parallelize(Collections.nCopies(tasks, id), tasks).foreach(OpenReplicas::close);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "replicas of a run that has ended stay open: {0}", e.getMessage());
        }
    }

    private List<Replica.Result> replicas(RoundOrder order, float[][] params) {
        List<Integer> numbers = IntStream.range(0, settings.replicas()).boxed().toList();
        Broadcast<float[][]> from = context.broadcast(params);
        try {
            List<Replica.Result> results = new ArrayList<>(context.parallelize(numbers, numbers.size())
                    .zipPartitions(parts, new Task<>(trainers, order, from))
                    .collect());
            results.sort(Comparator.comparingInt(Replica.Result::number));
            for (Replica.Result result : results) {
                if (!result.failure().isEmpty()) {
                    throw new IllegalArgumentException("replica " + result.number() + ": " + result.failure());
                }
            }
            return results;
        } catch (Exception e) {
            throw SparkFailure.of(e);
        } finally {
            from.destroy();
        }
    }

    private void requireFinite(float[] params, long step) {
        for (float value : params) {
            if (!Float.isFinite(value)) {
                throw new NotANumberException("expected finite parameters after the outer step " + settings.outer()
                        + " behind step " + step + ", found " + value + "; try a lower outer learning rate");
            }
        }
    }

    private static List<Step> mean(List<Replica.Result> results, int steps) {
        List<Step> mean = new ArrayList<>(steps);
        for (int i = 0; i < steps; i++) {
            double[] sum = new double[3];
            for (Replica.Result result : results) {
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += result.steps()[i][k] / results.size();
                }
            }
            mean.add(new Step(sum[0], sum[1], sum[2], null));
        }
        return mean;
    }

    /** A replica's share of a round. */
    private record Task<D>(ReplicaTrainers<D> trainers, RoundOrder order, Broadcast<float[][]> params)
            implements FlatMapFunction2<Iterator<Integer>, Iterator<D>, Replica.Result> {
        @Override
        public Iterator<Replica.Result> call(Iterator<Integer> numbers, Iterator<D> part) throws IOException {
            int number = numbers.next();
            OpenReplicas.closeAllBut(order.open());
            Replica replica = OpenReplicas.take(order.run().id(), number);
            try {
                if (replica == null) {
                    replica = new Replica(trainers.open(number, part, order.inner(), order.trainer(number)), null);
                }
                return List.of(replica.round(number, order, params.value())).iterator();
            } catch (IllegalArgumentException | IllegalStateException | NotANumberException e) {
                // The same would happen again elsewhere: nothing for Spark to try.
                if (replica != null) {
                    replica.opened().close();
                }
                return List.of(Replica.Result.failed(number, String.valueOf(e.getMessage())))
                        .iterator();
            }
        }
    }
}
