package dev.namaskar.train.batch;

import dev.namaskar.train.Objective;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a source's batches but for their number of rows: of each kind of array the most that a batch may hold, as
 * a batch {@linkplain Batch#resize may have fewer steps}.
 *
 * @param input what the network reads
 * @param target what it is held to
 * @param contextWidth values per row that the {@link Objective} wants beside targets
 * @param source what a model with two inputs reads beside: the sequence that it translates, the vector that it describes;
 *     null for models with one
 */
public record BatchShape(
        Sequence input,
        Target target,
        int contextWidth,
        @Nullable Sequence source) {
    /**
     * Sequences.
     *
     * @param steps T, at most
     * @param tokens whether they are token ids, else values
     * @param width F, values per step; 1 for token ids
     * @param ragged whether rows have lengths of their own
     */
    public record Sequence(int steps, boolean tokens, int width, boolean ragged) {
        /** Token ids, T to a row. */
        public static Sequence tokens(int steps) {
            return new Sequence(steps, true, 1, false);
        }

        /** Values, T times F to a row. */
        public static Sequence values(int steps, int width) {
            return new Sequence(steps, false, width, false);
        }

        /** The same with a length for each row. */
        public Sequence withLengths() {
            return new Sequence(steps, tokens, width, true);
        }
    }

    /** Which of a row's targets there are. */
    public enum Extent {
        /** All. */
        ALL,
        /** As many as the row's input has steps. */
        INPUT,
        /** Each row has a number of its own, as labels have that stand at no certain steps. */
        OWN
    }

    /**
     * Targets.
     *
     * @param steps targets of each row: T, or 1 where the network reads out once
     * @param width values per target, or 0 where a target is a class id
     * @param extent which of them there are
     * @param weighted whether each has a weight
     */
    public record Target(int steps, int width, Extent extent, boolean weighted) {
        /** The same with a weight for each target; a target of weight 0 does not count. */
        public Target withWeights() {
            return new Target(steps, width, extent, true);
        }
    }

    /** Token ids in, a class id for each step: language models. */
    public static BatchShape text(int steps) {
        return classes(Sequence.tokens(steps));
    }

    /** Values in, values out once, and context for the objective: direct forecasts. */
    public static BatchShape series(int steps, int inputWidth, int targetWidth, int contextWidth, boolean ragged) {
        Sequence input = new Sequence(steps, false, inputWidth, ragged);
        return new BatchShape(input, new Target(1, targetWidth, Extent.ALL, false), contextWidth, null);
    }

    /** A class id for each real step of this input. */
    public static BatchShape classes(Sequence input) {
        return of(input, new Target(input.steps, 0, input.ragged ? Extent.INPUT : Extent.ALL, false));
    }

    /** This many values for each real step of this input. */
    public static BatchShape values(Sequence input, int width) {
        return of(input, new Target(input.steps, width, input.ragged ? Extent.INPUT : Extent.ALL, false));
    }

    /** A class id for each whole sequence. */
    public static BatchShape oneClass(Sequence input) {
        return of(input, new Target(1, 0, Extent.ALL, false));
    }

    /** Up to so many class ids a row, at no certain steps: what CTC is held to. */
    public static BatchShape labels(Sequence input, int most) {
        return of(input, new Target(most, 0, Extent.OWN, false));
    }

    /** Input and targets, and nothing beside. */
    public static BatchShape of(Sequence input, Target target) {
        return new BatchShape(input, target, 0, null);
    }

    /** The same with another input beside. */
    public BatchShape withSource(Sequence beside) {
        return new BatchShape(input, target, contextWidth, beside);
    }

    /** The same with a weight for each target. */
    public BatchShape withWeights() {
        return new BatchShape(input, target.withWeights(), contextWidth, source);
    }
}
