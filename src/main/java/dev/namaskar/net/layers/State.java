package dev.namaskar.net.layers;

import java.util.Arrays;

/**
 * What a network remembers between calls, for each row of a batch: a value that can be copied, cut, stored and carried
 * on. Truncated back-propagation is a state carried forward without its gradient; sampling is a state carried forward
 * a step at a time.
 */
public final class State {
    private final StateLayout layout;
    private final int batch;
    private final float[] values;

    /** All zeros, as before the first step. */
    public State(StateLayout layout, int batch) {
        this(layout, batch, new float[Math.multiplyExact(layout.width(), Math.max(0, batch))]);
    }

    /**
     * A state over existing values, not copied.
     *
     * @param values part after part, each {@code [batch, width]}
     */
    public State(StateLayout layout, int batch, float[] values) {
        if (batch < 0 || values.length != (long) layout.width() * batch) {
            throw new IllegalArgumentException(
                    "expected a state of " + batch + " x " + layout.width() + " values, found " + values.length);
        }
        this.layout = layout;
        this.batch = batch;
        this.values = values;
    }

    /** Number of rows. */
    public int batch() {
        return batch;
    }

    /** The parts' names and places. */
    public StateLayout layout() {
        return layout;
    }

    /** All values, part after part, each {@code [batch, width]}; shared, not copied. */
    public float[] values() {
        return values;
    }

    /** Index of a part's first value. */
    public int at(StateLayout.Part part) {
        return part.offset() * batch;
    }

    /** A copy of one part, {@code [batch, width]}. */
    public float[] get(String name) {
        StateLayout.Part part = layout.part(name);
        return Arrays.copyOfRange(values, at(part), at(part) + part.width() * batch);
    }

    /** Sets one part, {@code [batch, width]}. */
    public void set(String name, float... newValues) {
        StateLayout.Part part = layout.part(name);
        if (newValues.length != part.width() * batch) {
            throw new IllegalArgumentException("expected [" + batch + "," + part.width() + "] for state \"" + name
                    + "\", found " + newValues.length + " values");
        }
        System.arraycopy(newValues, 0, values, at(part), newValues.length);
    }

    /** A copy that shares nothing. */
    public State copy() {
        return new State(layout, batch, values.clone());
    }

    /** Back to zeros. */
    public void clear() {
        Arrays.fill(values, 0);
    }

    /** Copies rows {@code from .. from + count} of this state to rows {@code to ..} of another; modifies the other. */
    public void copyRows(int from, int count, State other, int to) {
        for (StateLayout.Part part : layout.parts()) {
            System.arraycopy(
                    values,
                    at(part) + from * part.width(),
                    other.values,
                    other.at(part) + to * part.width(),
                    count * part.width());
        }
    }

    /** A state of the rows {@code from .. to}, sharing nothing. */
    public State rows(int from, int to) {
        State cut = new State(layout, to - from);
        copyRows(from, to - from, cut, 0);
        return cut;
    }
}
