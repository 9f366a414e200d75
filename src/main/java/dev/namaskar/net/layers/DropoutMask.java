package dev.namaskar.net.layers;

import dev.namaskar.params.SplitMix64;

/** Masks of dropout: 0 with a probability, else what makes up for it. */
public final class DropoutMask {
    private static final int BITS = 16;

    private final float kept;
    private final int threshold;

    /** With this probability of a zero; a multiple of 2^-16 is drawn exactly. */
    public DropoutMask(double rate) {
        kept = (float) (1 / (1 - rate));
        threshold = (int) Math.round(rate * (1 << BITS));
    }

    /** Draws {@code mask[at .. at + width)} from a key, four entries from each 64 random bits. */
    public void fill(float[] mask, int at, int width, long key) {
        for (int j = 0; j < width; j += 4) {
            long bits = SplitMix64.mix(SplitMix64.mix(key) + j * SplitMix64.GOLDEN_GAMMA);
            for (int k = j; k < Math.min(j + 4, width); k++) {
                mask[at + k] = (bits & 0xffff) < threshold ? 0 : kept;
                bits >>>= BITS;
            }
        }
    }
}
