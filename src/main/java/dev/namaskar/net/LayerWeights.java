package dev.namaskar.net;

/** A layer's weights in the form that products want, loaded once per update and shared by all threads. */
abstract class LayerWeights {
    /** Nothing to load: for layers without weights. */
    static final LayerWeights NONE = new LayerWeights() {
        @Override
        int parts() {
            return 0;
        }

        @Override
        void load(float[] values, int part, boolean training) {}
    };

    /** Number of parts that may be loaded by different threads. */
    abstract int parts();

    /**
     * Takes over one part of the flat parameter buffer.
     *
     * @param training whether gradients will be wanted, which need the transposes too
     */
    abstract void load(float[] values, int part, boolean training);
}
