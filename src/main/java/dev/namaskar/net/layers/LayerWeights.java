package dev.namaskar.net.layers;

/** A layer's weights in the form that products want, loaded once per update and shared by all threads. */
public abstract class LayerWeights {
    /** Nothing to load: for layers without weights. */
    public static final LayerWeights NONE = new LayerWeights() {
        @Override
        public int parts() {
            return 0;
        }

        @Override
        public void load(float[] values, int part, boolean training) {}
    };

    /** Number of parts that may be loaded by different threads. */
    public abstract int parts();

    /**
     * Takes over one part of the flat parameter buffer.
     *
     * @param training whether gradients will be wanted, which need the transposes too
     */
    public abstract void load(float[] values, int part, boolean training);
}
