package dev.namaskar.optim.search;

import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/** The values that one setting may take in a search without gradients. */
public sealed interface SearchRange {
    /** One value by chance. Modified: the generator. */
    Object draw(SplitMix64 random);

    /** At most this many values, evenly spread in the range's own measure, both ends among them; the middle for one. */
    List<Object> grid(int points);

    /**
     * Numbers drawn evenly.
     *
     * @param from lowest
     * @param to highest
     */
    record Uniform(double from, double to) implements SearchRange {
        /** Checks the order. */
        public Uniform {
            checkOrder(from, to);
        }

        @Override
        public Object draw(SplitMix64 random) {
            return from + (to - from) * random.nextDouble();
        }

        @Override
        public List<Object> grid(int points) {
            List<Object> values = new ArrayList<>();
            for (double place : places(points, from == to)) {
                values.add(place == 1 ? to : from + (to - from) * place);
            }
            return values;
        }
    }

    /**
     * Numbers whose logarithms are drawn evenly: learning rates.
     *
     * @param from lowest, above 0
     * @param to highest
     */
    record LogUniform(double from, double to) implements SearchRange {
        /** Checks order and sign. */
        public LogUniform {
            checkOrder(from, to);
            Settings.require(from > 0, "the lowest of a logarithmic range", "above 0", from);
        }

        @Override
        public Object draw(SplitMix64 random) {
            return at(random.nextDouble());
        }

        @Override
        public List<Object> grid(int points) {
            List<Object> values = new ArrayList<>();
            for (double place : places(points, from == to)) {
                values.add(at(place));
            }
            return values;
        }

        private double at(double place) {
            double value = from * StrictMath.exp(place * StrictMath.log(to / from));
            return place == 1 ? to : Math.min(to, value);
        }
    }

    /**
     * Whole numbers drawn evenly.
     *
     * @param from lowest
     * @param to highest, itself among them
     */
    record Whole(int from, int to) implements SearchRange {
        /** Checks the order. */
        public Whole {
            checkOrder(from, to);
            Settings.require((long) to - from < Integer.MAX_VALUE, "the width of a range", "below 2^31", to);
        }

        @Override
        public Object draw(SplitMix64 random) {
            return from + random.nextInt(to - from + 1);
        }

        @Override
        public List<Object> grid(int points) {
            List<Object> values = new ArrayList<>();
            for (double place : places(points, from == to)) {
                Object value = from + (int) Math.round((to - from) * place);
                if (!values.contains(value)) {
                    values.add(value);
                }
            }
            return values;
        }
    }

    /**
     * One of these; a grid takes them all.
     *
     * @param values what there is to choose from
     */
    record Choice(List<Object> values) implements SearchRange {
        /** Checks that there is one. */
        public Choice {
            values = List.copyOf(values);
            Settings.require(!values.isEmpty(), "the number of choices", "1 or more", 0);
        }

        @Override
        public Object draw(SplitMix64 random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public List<Object> grid(int points) {
            return values;
        }
    }

    private static void checkOrder(double from, double to) {
        if (!(from <= to) || !Double.isFinite(from) || !Double.isFinite(to)) {
            throw new IllegalArgumentException("expected a finite range from <= to, found " + from + " to " + to);
        }
    }

    private static double[] places(int points, boolean onlyOne) {
        Settings.require(points >= 1, "the points of a grid", "1 or more", points);
        if (onlyOne || points == 1) {
            return new double[] {onlyOne ? 0 : 0.5};
        }
        double[] places = new double[points];
        for (int i = 0; i < points; i++) {
            places[i] = i / (points - 1.0);
        }
        return places;
    }
}
