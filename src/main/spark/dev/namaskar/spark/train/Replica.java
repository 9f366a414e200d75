package dev.namaskar.spark.train;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.Trainer;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One of the trainers that meet after each round.
 *
 * @param opened its trainer
 * @param stands where it stood when it was last here, or null if it has not begun
 */
record Replica(ReplicaTrainers.Opened opened, @Nullable Snapshot stands) {
    /**
     * What a round made of a replica.
     *
     * @param number of the replica
     * @param failure why it could not go on; empty if it could, and then all else holds
     * @param params where it ended
     * @param mean of the weights, where one is taken; else empty
     * @param steps {@code [taken][3]}: loss, learning rate and gradient norm of each
     * @param state of the optimizer, and what is carried; of the first replica alone
     */
    record Result(
            int number,
            String failure,
            float[] params,
            float[] mean,
            double[][] steps,
            long optimizerStep,
            float[][] state,
            long nanos)
            implements Serializable {
        static Result failed(int number, String why) {
            return new Result(number, why, new float[0], new float[0], new double[0][], 0, new float[0][], 0);
        }
    }

    /**
     * Takes a round's steps, and stores where the replica then stands.
     *
     * @param from the parameters and, where one is taken, the mean of the weights so far
     */
    Result round(int number, RoundOrder order, float[][] from) throws IOException {
        long begun = System.nanoTime();
        Trainer trainer = opened.trainer();
        if (!trainer.schedule().spec().equals(order.schedule())) {
            trainer.reschedule(Schedules.named(order.schedule()));
        }
        trainer.restore(begin(number, order, from));
        double[][] steps = new double[order.steps()][];
        for (int i = 0; i < steps.length; i++) {
            Rounds.Step step = trainer.take();
            steps[i] = new double[] {step.loss(), step.learningRate(), step.gradientNorm()};
        }
        Snapshot end = trainer.snapshot();
        order.run().write(number, end);
        OpenReplicas.keep(order.run().id(), number, new Replica(opened, end));
        float[][] state = number == 0 ? new float[][] {end.optimizer(), end.carried()} : new float[0][];
        float[] mean = end.average() == null ? new float[0] : end.average().mean();
        return new Result(number, "", end.params(), mean, steps, end.optimizerStep(), state, System.nanoTime() - begun);
    }

    private Snapshot begin(int number, RoundOrder order, float[][] weights) throws IOException {
        float[] params = weights[0];
        Trainer trainer = opened.trainer();
        Snapshot fresh = stands != null ? stands : trainer.snapshot();
        Snapshot from = stands != null && stands.step() == order.from()
                ? stands
                : order.from() == 0 ? fresh : order.run().read(number, order.from(), params, fresh);
        float[] optimizer = from.optimizer().clone();
        int memory = order.memory().length;
        System.arraycopy(order.memory(), 0, optimizer, optimizer.length - memory, memory);
        RoundOrder.Averaging averaging = order.averaging();
        return new Snapshot(
                from.step(),
                params,
                from.optimizerStep(),
                optimizer,
                from.carried(),
                trainer.settings().seed(),
                from.shards(),
                averaging == null ? null : averaging.of(weights[1]),
                GemmChoice.named(order.gemm()));
    }
}
