package dev.namaskar.optim.search;

import dev.namaskar.params.Settings;
import java.util.ArrayList;
import java.util.List;

/** The values that one setting may take, as a function of a place in [0, 1]. */
public sealed interface SearchRange {
    /** The value at this place, in the range's own measure. */
    Object at(double place);

    /** At most this many different values, evenly spread, both ends among them; the middle for one. */
    default List<Object> grid(int points) {
        Settings.require(points >= 1, "the points of a grid", "1 or more", points);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            Object value = at(points == 1 ? 0.5 : i / (points - 1.0));
            if (!values.contains(value)) {
                values.add(value);
            }
        }
        return values;
    }

    /**
     * Numbers, evenly.
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
        public Object at(double place) {
            return place == 1 ? to : from + (to - from) * place;
        }
    }

    /**
     * Numbers, evenly in their logarithms: learning rates.
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
        public Object at(double place) {
            double value = from * StrictMath.exp(place * StrictMath.log(to / from));
            return place == 1 ? to : Math.min(to, value);
        }
    }

    /**
     * Whole numbers, each as likely as the others.
     *
     * @param from lowest
     * @param to highest, itself among them
     */
    record Whole(int from, int to) implements SearchRange {
        /** Checks the order. */
        public Whole {
            checkOrder(from, to);
        }

        @Override
        public Object at(double place) {
            long count = (long) to - from + 1;
            return (int) (from + Math.min(count - 1, (long) (place * count)));
        }

        @Override
        public List<Object> grid(int points) {
            Settings.require(points >= 1, "the points of a grid", "1 or more", points);
            List<Object> values = new ArrayList<>();
            for (Object number : new Uniform(from, to).grid(points)) {
                Object value = (int) Math.round((double) number);
                if (!values.contains(value)) {
                    values.add(value);
                }
            }
            return values;
        }
    }

    /**
     * Whole numbers, evenly in their logarithms: widths.
     *
     * @param from lowest, above 0
     * @param to highest, itself among them
     */
    record LogWhole(int from, int to) implements SearchRange {
        /** Checks order and sign. */
        public LogWhole {
            checkOrder(from, to);
            Settings.require(from > 0, "the lowest of a logarithmic range", "above 0", from);
        }

        @Override
        public Object at(double place) {
            return (int) Math.round((double) new LogUniform(from, to).at(place));
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
        public Object at(double place) {
            return values.get(Math.min(values.size() - 1, (int) (place * values.size())));
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
}
