package dev.namaskar.files;

import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;

/**
 * How PyTorch lays out what a slot holds: where a slot has blocks of {@code [in, units]}, PyTorch stacks {@code [blocks
 * * units, in]}; a bias is one vector; an embedding is {@code [symbols, width]} in both.
 */
public final class PyTorchLayout {
    private PyTorchLayout() {}

    /** The shape of the slot's tensor in PyTorch. */
    public static int[] shape(Slot slot) {
        return switch (slot.role()) {
            case BIAS, GAIN -> new int[] {slot.blocks() * slot.columns()};
            case EMBEDDING -> new int[] {slot.rows(), slot.columns()};
            case INPUT, RECURRENT, DENSE -> new int[] {slot.blocks() * slot.columns(), slot.rows()};
        };
    }

    /** The slot's values as PyTorch has them, row-major. */
    public static float[] get(Params params, Slot slot) {
        float[] tensor = new float[slot.size()];
        for (int i = 0; i < tensor.length; i++) {
            tensor[i] = params.values()[index(slot, i)];
        }
        return tensor;
    }

    /** Sets the slot from a tensor as PyTorch has it; modifies {@code params}. */
    public static void set(Params params, Slot slot, float[] tensor) {
        if (tensor.length != slot.size()) {
            throw new IllegalArgumentException(
                    "expected " + slot.size() + " values for slot \"" + slot.name() + "\", found " + tensor.length);
        }
        for (int i = 0; i < tensor.length; i++) {
            params.values()[index(slot, i)] = tensor[i];
        }
    }

    /** Where the flat buffer holds entry i of PyTorch's tensor. */
    private static int index(Slot slot, int i) {
        if (slot.role() == Role.BIAS || slot.role() == Role.GAIN || slot.role() == Role.EMBEDDING) {
            return slot.offset() + i;
        }
        int unit = i / slot.rows();
        return slot.block(unit / slot.columns()) + i % slot.rows() * slot.columns() + unit % slot.columns();
    }
}
