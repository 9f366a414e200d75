package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Weights;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a layer, slot by slot: those of role {@link Role#INPUT}, {@link Role#RECURRENT} and {@link Role#DENSE},
 * block by block, as right-hand sides of products, with their transposes for the way back; others as plain arrays.
 */
public final class SlotWeights implements SharedWeights {
    private static final Set<Role> PRODUCTS = Set.of(Role.INPUT, Role.RECURRENT, Role.DENSE);

    private final List<Slot> slots;
    private final Map<Slot, Weights[]> plain = new LinkedHashMap<>();
    private final Map<Slot, Weights[]> transposed = new LinkedHashMap<>();
    private final Map<Slot, float[]> arrays = new LinkedHashMap<>();

    /** Room for these slots, to be loaded. */
    public SlotWeights(Gemm gemm, Slot... slots) {
        this.slots = List.of(slots);
        for (Slot slot : slots) {
            if (!PRODUCTS.contains(slot.role())) {
                arrays.put(slot, new float[slot.size()]);
                continue;
            }
            Weights[] forward = new Weights[slot.blocks()];
            Weights[] backward = new Weights[slot.blocks()];
            for (int block = 0; block < slot.blocks(); block++) {
                forward[block] = gemm.weights(slot.rows(), slot.columns());
                backward[block] = gemm.weights(slot.columns(), slot.rows());
            }
            plain.put(slot, forward);
            transposed.put(slot, backward);
        }
    }

    @Override
    public int parts() {
        return slots.size();
    }

    @Override
    public void load(float[] values, int part, boolean training) {
        Slot slot = slots.get(part);
        float[] array = arrays.get(slot);
        if (array != null) {
            System.arraycopy(values, slot.offset(), array, 0, array.length);
            return;
        }
        for (int block = 0; block < slot.blocks(); block++) {
            matrix(slot, block).load(values, slot.block(block));
            if (training) {
                transposed(slot, block).loadTransposed(values, slot.block(block));
            }
        }
    }

    /** A matrix's block, for {@code x W}. */
    public Weights matrix(Slot slot, int block) {
        return of(plain, slot)[block];
    }

    /** The same transposed, for {@code dx = dy W'}; loaded for training alone. */
    public Weights transposed(Slot slot, int block) {
        return of(transposed, slot)[block];
    }

    /** The values of a vector or an embedding, not to be changed. */
    public float[] array(Slot slot) {
        return of(arrays, slot);
    }

    private static <T> T of(Map<Slot, T> map, Slot slot) {
        T found = map.get(slot);
        if (found == null) {
            throw new IllegalArgumentException("no such weights of slot \"" + slot.name() + "\" " + slot.shape());
        }
        return found;
    }
}
