package dev.namaskar.params;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where every named parameter stands in one flat buffer: gradients and optimizer state share the same places. */
public final class ParamLayout {
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private int size;

    /**
     * Appends a slot.
     *
     * @return the slot, placed after all earlier ones
     * @throws IllegalArgumentException if the name is taken or the buffer would pass 2^31-1 values
     */
    public Slot add(String name, Role role, int blocks, int rows, int columns) {
        if (slots.containsKey(name)) {
            throw new IllegalArgumentException("slot \"" + name + "\" is declared twice; names must differ");
        }
        Slot slot = new Slot(name, role, size, blocks, rows, columns);
        try {
            size = slot.end();
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(
                    "expected at most " + Integer.MAX_VALUE + " parameters in all, slot \"" + name + "\" "
                            + slot.shape() + " passes that; make the network smaller",
                    tooLarge);
        }
        slots.put(name, slot);
        return slot;
    }

    /** The slot of this name; an error lists those there are. */
    public Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no slot \"" + name + "\"; there are " + slots.keySet());
        }
        return slot;
    }

    /** Whether there is a slot of this name. */
    public boolean contains(String name) {
        return slots.containsKey(name);
    }

    /** All slots in the order of the buffer. */
    public List<Slot> slots() {
        return Collections.unmodifiableList(new ArrayList<>(slots.values()));
    }

    /** The slot that holds this index of the buffer. */
    public Slot slotAt(int index) {
        for (Slot slot : slots.values()) {
            if (index >= slot.offset() && index < slot.end()) {
                return slot;
            }
        }
        throw new IllegalArgumentException("expected an index below " + size + ", found " + index);
    }

    /** Number of values in all slots together. */
    public int size() {
        return size;
    }
}
