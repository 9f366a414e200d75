package dev.namaskar.train.settings;

import dev.namaskar.params.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * A mean of the weights over steps, which is validated and kept in their place: the path of a stochastic optimizer
 * circles about a better point than any it stands on.
 *
 * <p>As text: {@code ema:0.999}, {@code polyak:0.5}, {@code nt-asgd:5}.
 */
public sealed interface Averaging {
    /** What is averaged: the factor by which older weights fade, 0 where all count alike. */
    default double decay() {
        return 0;
    }

    /**
     * Whether averaging begins with the next step.
     *
     * @param part of the run that will be done after it, in (0, 1]
     */
    boolean beginsAt(double part);

    /** How many validation losses this looks back to; 0 for none. */
    default int lookback() {
        return 0;
    }

    /** The text that {@link #parse} reads again. */
    String spec();

    /**
     * Reads {@code ema:0.999}, {@code polyak:0.5} or {@code nt-asgd:5}; the numbers may be left out.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Averaging parse(String text) {
        int colon = text.indexOf(':');
        Call call = Call.parse(
                colon < 0
                        ? text
                        : text.substring(0, colon) + "("
                                + text.substring(colon + 1).strip() + ")");
        return switch (call.name()) {
            case "ema" -> new Exponential(call.expect(0, 1, "ema:decay").get(0, 0.999));
            case "polyak" -> new Polyak(call.expect(0, 1, "polyak:part").get(0, 0.5));
            case "nt-asgd" ->
                new NonMonotonic(call.expect(0, 1, "nt-asgd:validations").whole(0, 5));
            default ->
                throw new IllegalArgumentException(
                        "expected averaging by ema:0.999, polyak:0.5 or nt-asgd:5, found \"" + text + "\"");
        };
    }

    /**
     * {@code a_t = d a_{t-1} + (1 - d) w_t}, with the correction of a start at zero, {@code / (1 - d^t)}: from the first
     * step on, a mean over about the last {@code 1 / (1 - d)} steps.
     *
     * @param decay d, above 0 and below 1
     */
    record Exponential(double decay) implements Averaging {
        /** Checks the range. */
        public Exponential {
            if (!(decay > 0 && decay < 1)) {
                throw new IllegalArgumentException("expected a decay above 0 and below 1 for ema, found " + decay);
            }
        }

        @Override
        public boolean beginsAt(double part) {
            return true;
        }

        @Override
        public String spec() {
            return "ema:" + Call.number(decay);
        }
    }

    /**
     * The arithmetic mean over the last part of the run (Polyak and Juditsky 1992).
     *
     * @param part of the run, in steps or in minutes, before averaging begins; at least 0 and below 1
     */
    record Polyak(double part) implements Averaging {
        /** Checks the range. */
        public Polyak {
            if (!(part >= 0 && part < 1)) {
                throw new IllegalArgumentException(
                        "expected a part of the run of at least 0 and below 1 for polyak, found " + part);
            }
        }

        @Override
        public boolean beginsAt(double done) {
            return done > part;
        }

        @Override
        public String spec() {
            return "polyak:" + Call.number(part);
        }
    }

    /**
     * The arithmetic mean from when validation stops getting better (Merity, Keskar and Socher 2018, non-monotonically
     * triggered averaging): at the first loss that is worse than the best of those more than {@code validations} before.
     *
     * @param validations that are borne, 1 or more
     */
    record NonMonotonic(int validations) implements Averaging {
        /** Checks the range. */
        public NonMonotonic {
            if (validations < 1) {
                throw new IllegalArgumentException(
                        "expected 1 or more validations to bear for nt-asgd, found " + validations);
            }
        }

        @Override
        public boolean beginsAt(double part) {
            return false;
        }

        @Override
        public int lookback() {
            return validations;
        }

        @Override
        public String spec() {
            return "nt-asgd:" + validations;
        }
    }

    /** Whether this validation loss is worse than the best of those that lie further back than {@link #lookback}. */
    default boolean isTriggeredBy(double loss, List<Double> before) {
        return lookback() > 0 && before.size() > lookback() && loss > before.get(0);
    }

    /**
     * What is remembered of validation losses: the best of those that lie further back than {@link #lookback}, if any,
     * and then the last ones in their order.
     */
    default List<Double> remember(List<Double> before, double loss) {
        if (lookback() == 0) {
            return before;
        }
        List<Double> after = new ArrayList<>(before);
        after.add(loss);
        if (after.size() > lookback() + 1) {
            double best = Math.min(after.remove(0), after.get(0));
            after.set(0, best);
        }
        return List.copyOf(after);
    }
}
