package dev.namaskar.net.layers;

import java.util.List;

/** Weights in the form that products want: loaded once an update, and then read by the passes of all threads. */
public interface SharedWeights {
    /** Nothing to load: for layers without weights. */
    SharedWeights NONE = new SharedWeights() {
        @Override
        public int parts() {
            return 0;
        }

        @Override
        public void load(float[] values, int part, boolean training) {}
    };

    /** Number of parts that may be loaded by different threads. */
    int parts();

    /**
     * Takes over one part of the flat parameter buffer.
     *
     * @param training whether gradients will be wanted, which need the transposes too
     */
    void load(float[] values, int part, boolean training);

    /** One thread's share of all parts: every {@code workers}-th, from {@code worker} on. */
    default void load(float[] values, boolean training, int worker, int workers) {
        for (int part = worker; part < parts(); part += workers) {
            load(values, part, training);
        }
    }

    /** Takes over the flat parameter buffer. */
    default void load(float[] values, boolean training) {
        load(values, training, 0, 1);
    }

    /** All of these as one, their parts one after the other. */
    static Several of(List<? extends SharedWeights> several) {
        return new Several(List.copyOf(several));
    }

    /**
     * Several as one.
     *
     * @param each of them
     */
    record Several(List<SharedWeights> each) implements SharedWeights {
        /** Keeps its own list. */
        public Several {
            each = List.copyOf(each);
        }

        @Override
        public int parts() {
            int parts = 0;
            for (int i = 0; i < each.size(); i++) { // by index: an iterator would be an object a step
                parts += each.get(i).parts();
            }
            return parts;
        }

        @Override
        public void load(float[] values, int part, boolean training) {
            int rest = part;
            for (int i = 0; i < each.size(); i++) {
                SharedWeights weights = each.get(i);
                if (rest < weights.parts()) {
                    weights.load(values, rest, training);
                    return;
                }
                rest -= weights.parts();
            }
            throw new IndexOutOfBoundsException("expected a part below " + parts() + ", found " + part);
        }
    }
}
