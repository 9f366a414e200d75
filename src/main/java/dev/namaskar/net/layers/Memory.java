package dev.namaskar.net.layers;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What layers that attend read beside their input: an encoder's output {@code [S,M,F]}, with each row's real length, and
 * where they leave how they attended. A row of the input reads the row of the memory that stands in its place or, where
 * several rows go on from one source, as the beginnings do that a search carries along, the one that is named.
 *
 * <p>A layer computes its keys once for a memory, so the frames must not change while a memory over them is in use:
 * whoever writes them anew makes a new memory.
 */
public final class Memory {
    private final Frames frames;
    private final Object origin;
    private final int @Nullable [] rows;
    private float @Nullable [] weights;

    /** A memory of these frames, row by row. */
    public Memory(Frames frames) {
        this(frames, new Object(), null);
    }

    private Memory(Frames frames, Object origin, int @Nullable [] rows) {
        this.frames = frames;
        this.origin = origin;
        this.rows = rows;
    }

    /**
     * The same memory, with as many rows of input as are named, each reading that row.
     *
     * @throws IllegalArgumentException if there is no such row
     */
    public Memory forRows(int... of) {
        for (int row : of) {
            if (row < 0 || row >= frames.batch()) {
                throw new IllegalArgumentException(
                        "expected rows of a memory of " + frames.batch() + ", found row " + row);
            }
        }
        return new Memory(frames, origin, of.clone());
    }

    /** The frames that are read. */
    public Frames frames() {
        return frames;
    }

    /** Rows of input that read. */
    public int batch() {
        return rows == null ? frames.batch() : rows.length;
    }

    /** The row of the frames that row b of the input reads. */
    public int row(int b) {
        return rows == null ? b : rows[b];
    }

    /** Whether both are over the same frames as these were at one time: keys of one are keys of the other. */
    public boolean hasKeysOf(@Nullable Memory other) {
        return other != null && other.origin == origin;
    }

    /** Leaves here how a layer attended, {@code [T,B,S]}; what another layer has left is replaced. */
    public void attended(float[] newWeights) {
        weights = newWeights;
    }

    /**
     * How the network's last layer that attends read this memory: {@code [T,B,S]}, for each step of each row a weight
     * for each frame, which add up to 1; zeros at padding. Valid until the network's next call.
     *
     * @throws IllegalStateException if no layer has read it
     */
    public float[] weights() {
        return Objects.requireNonNullElseGet(weights, () -> {
            throw new IllegalStateException("expected a memory that a layer has read, found one that none has");
        });
    }
}
