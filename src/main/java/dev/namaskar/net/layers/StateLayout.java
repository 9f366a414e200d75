package dev.namaskar.net.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The parts of a network's state: per recurrent layer and direction the last hidden states and the carry. */
public final class StateLayout {
    private final List<Part> parts = new ArrayList<>();
    private int width;

    /**
     * One array {@code [B, width]} of the state.
     *
     * @param name {@code h_l0}, {@code c_l0}, {@code h_l0_reverse}; older hidden states of a cell of order k are
     *     {@code h_l0_lag2} .. {@code h_l0_lagk}
     * @param offset sum of the widths before it
     * @param width units
     */
    public record Part(String name, int offset, int width) {}

    /** Adds a part behind those that are there. */
    public Part add(String name, int partWidth) {
        Part part = new Part(name, width, partWidth);
        parts.add(part);
        width += partWidth;
        return part;
    }

    /** All parts in order. */
    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** The part of this name. */
    public Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state \"" + name + "\"; there are "
                        + parts.stream().map(Part::name).toList()));
    }

    /** The parts and their shapes for people: {@code h_l0 [32,128], c_l0 [32,128]}. */
    public String shapes(int batch) {
        return parts.stream()
                .map(part -> part.name() + " [" + batch + "," + part.width() + "]")
                .collect(Collectors.joining(", "));
    }

    /** Values per row of the batch. */
    public int width() {
        return width;
    }
}
