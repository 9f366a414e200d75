package dev.namaskar.spark.train;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Setting;

/**
 * How replicas train together.
 *
 * <p>In every round each of R replicas takes H steps of its own from the same parameters {@code w}, with the run's
 * optimizer, on its part of the data; {@code d = w - mean(w_1 .. w_R)} is then the gradient of one step of an outer
 * optimizer. The plain {@code sgd} with rate 1 takes the mean itself (local SGD; with one replica this is training as
 * without Spark, to the bit), Nesterov's momentum is DiLoCo (Douillard et al. 2023).
 *
 * @param replicas R; part of what the bits of a run depend on, unlike the number of executors
 * @param steps H
 * @param outer the outer optimizer
 */
public record RoundSettings(int replicas, int steps, OptimizerSpec outer) {
    /** The mean of the replicas. */
    public static final OptimizerSpec MEAN = OptimizerSpec.parse("sgd:lr=1");

    /**
     * What was best for texts and two replicas of half the batch each: the mean of their moves, and some of the moves
     * before. A replica's gradients are noisier than those of the whole batch, so that Adam's steps, and the mean of them,
     * are shorter.
     */
    public static final OptimizerSpec MOMENTUM = OptimizerSpec.parse("nesterov:lr=1,momentum=0.3");

    /** Nesterov's momentum with the rates of the paper, for many replicas that are far apart when they meet. */
    public static final OptimizerSpec DILOCO = OptimizerSpec.parse("nesterov:lr=0.7,momentum=0.9");

    /** Checks the numbers. */
    public RoundSettings {
        Setting.atLeast("replicas", 1, replicas);
        Setting.atLeast("round-steps", 1, steps);
    }

    /** So many replicas that meet after so many steps and go on from their mean: what is usual for series. */
    public static RoundSettings of(int replicas, int steps) {
        return new RoundSettings(replicas, steps, MEAN);
    }

    /** What is usual for texts: {@link #MOMENTUM}; of one replica the mean, with which it is training without Spark. */
    public static RoundSettings ofText(int replicas, int steps) {
        return new RoundSettings(replicas, steps, replicas == 1 ? MEAN : MOMENTUM);
    }

    /** With another outer optimizer. */
    public RoundSettings withOuter(OptimizerSpec other) {
        return new RoundSettings(replicas, steps, other);
    }
}
