package dev.namaskar.params;

/**
 * All weights of a network: a layout and one flat buffer in its order. The buffer is shared, not copied: an
 * optimizer updates it in place.
 *
 * @param layout where each slot stands
 * @param values {@code layout.size()} numbers
 */
@SuppressWarnings("ArrayRecordComponent") // the buffer is the point: one allocation that everybody works on
public record Params(ParamLayout layout, float[] values) {
    /** Checks that the buffer fits the layout. */
    public Params {
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(
                    "expected " + layout.size() + " parameters, found " + values.length + " values");
        }
    }

    /** All zeros. */
    public static Params zeros(ParamLayout layout) {
        return new Params(layout, new float[layout.size()]);
    }

    /** A copy that shares nothing. */
    public Params copy() {
        return new Params(layout, values.clone());
    }

    /** A copy of one slot's values, row-major {@code [blocks, rows, columns]}. */
    public float[] get(String name) {
        Slot slot = layout.slot(name);
        return java.util.Arrays.copyOfRange(values, slot.offset(), slot.end());
    }

    /** Sets one slot's values, row-major {@code [blocks, rows, columns]}. */
    public void set(String name, float... newValues) {
        Slot slot = layout.slot(name);
        if (newValues.length != slot.size()) {
            throw new IllegalArgumentException("expected " + slot.shape() + " = " + slot.size() + " values, found "
                    + newValues.length + " for slot \"" + name + "\"");
        }
        System.arraycopy(newValues, 0, values, slot.offset(), newValues.length);
    }
}
