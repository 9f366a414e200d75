package dev.namaskar.tasks;

import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.List;

/** What a fresh network takes over of a trained one: parameters of the same names and shapes. */
final class Transfer {
    private Transfer() {}

    /**
     * Copies them.
     *
     * @param fresh modified
     * @return the names of those that stay fresh
     * @throws IllegalArgumentException if nothing fits
     */
    static List<String> copy(Params trained, Params fresh) {
        List<String> left = new ArrayList<>();
        for (Slot slot : fresh.layout().slots()) {
            Slot from =
                    trained.layout().contains(slot.name()) ? trained.layout().slot(slot.name()) : null;
            if (from == null || !from.shape().equals(slot.shape())) {
                left.add(slot.name());
                continue;
            }
            System.arraycopy(
                    trained.values(), from.offset(), fresh.values(), slot.offset(), slot.end() - slot.offset());
        }
        if (left.size() == fresh.layout().slots().size()) {
            throw new IllegalArgumentException("expected a trained network like the one asked for, found none of its"
                    + " parameters in it: " + String.join(" ", left));
        }
        return left;
    }
}
