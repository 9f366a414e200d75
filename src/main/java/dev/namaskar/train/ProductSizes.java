package dev.namaskar.train;

import dev.namaskar.kernels.GemmTrial;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The sizes of a run's largest matrix products, as its parameters tell them. */
final class ProductSizes {
    /** Rows of a window of steps, about: what layers take together where no step waits for another. */
    private static final int WINDOW = 512;

    private ProductSizes() {}

    /**
     * The trial of a run.
     *
     * @param rows of one thread's share of a batch
     * @param steps of a sequence, at most
     */
    static GemmTrial trial(ParamLayout params, int rows, int steps, int threads) {
        List<Slot> slots = params.slots();
        // The first input weights may be a table of tokens, which no product reads; those of another height are none.
        int first = slots.stream()
                .filter(slot -> slot.role() == Role.INPUT)
                .mapToInt(Slot::rows)
                .findFirst()
                .orElse(0);
        Optional<Slot> recurrent = largest(slots, slot -> slot.role() == Role.RECURRENT);
        Optional<Slot> input = largest(slots, slot -> slot.role() == Role.INPUT);
        Optional<Slot> others = largest(
                slots, slot -> slot.role() == Role.DENSE || (slot.role() == Role.INPUT && slot.rows() != first));
        Optional<Slot> window = others.isPresent() || recurrent.isPresent() ? others : input;
        int together = (int) Math.min((long) rows * steps, Math.max(rows, WINDOW / rows * rows));
        return new GemmTrial(
                size(recurrent.or(() -> window), rows),
                size(window.or(() -> recurrent), together),
                recurrent
                        .or(() -> window)
                        .map(slot -> new GemmTrial.Size(slot.rows(), together, slot.columns(), 1))
                        .orElse(GemmTrial.Size.NONE),
                threads);
    }

    private static Optional<Slot> largest(List<Slot> slots, Predicate<Slot> which) {
        return slots.stream().filter(which).max(Comparator.comparingInt(Slot::blockSize));
    }

    private static GemmTrial.Size size(Optional<Slot> slot, int rows) {
        return slot.map(s -> new GemmTrial.Size(rows, s.rows(), s.columns(), s.blocks()))
                .orElse(GemmTrial.Size.NONE);
    }
}
