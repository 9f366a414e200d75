package dev.namaskar.optim;

/** What all rules with running averages share. */
final class Denormals {
    /**
     * {@code (x + FLUSH) - FLUSH} is a multiple of 1e-37, so zero or a normal number, and leaves what is above 1e-22
     * alone. Without it the average of a gradient that stays zero, as a rare symbol's does, decays into denormal
     * numbers and sticks there, and arithmetic on those is many times slower.
     */
    static final float FLUSH = 1e-30f;

    private Denormals() {}
}
