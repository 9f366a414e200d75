package dev.namaskar.plot;

import dev.namaskar.text.Trace;
import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a network goes while it reads: a {@link SelfOrganizingMap} of its states, each cell with what had been read where
 * the state lands in it, and the way of the first steps from cell to cell. Cells that differ much from their neighbours
 * are dark: ridges between regions that are alike.
 */
public final class StateMap {
    private static final int CELL = 62;
    private static final int MARGIN = 24;
    private static final int TOP = 92;
    private static final int STEPS = 60;
    private static final int LONGEST_CONTEXT = 5;

    private StateMap() {}

    /** The map of one part of the state over a text, always the same for the same states. */
    public static SelfOrganizingMap of(Trace trace, String part) {
        float[][] states = UnitValues.squashed(trace, part);
        return new SelfOrganizingMap(states, SelfOrganizingMap.usualSide(states.length), 1);
    }

    /**
     * What had been read where a state lands in each cell: the longest ending that at least half of the cell's contexts
     * share, empty for cells where none lands.
     */
    static String[] labels(List<String> symbols, SelfOrganizingMap map) {
        int[] cells = map.cells();
        String[] labels = new String[map.side() * map.side()];
        for (int cell = 0; cell < labels.length; cell++) {
            List<Integer> steps = new ArrayList<>();
            for (int t = 0; t < cells.length; t++) {
                if (cells[t] == cell) {
                    steps.add(t);
                }
            }
            labels[cell] = "";
            for (int length = LONGEST_CONTEXT; length >= 1 && !steps.isEmpty(); length--) {
                Map<String, Integer> counts = new HashMap<>();
                for (int t : steps) {
                    counts.merge(context(symbols, t, length), 1, Integer::sum);
                }
                Map.Entry<String, Integer> most = counts.entrySet().stream()
                        .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .orElseThrow();
                if (2 * most.getValue() >= steps.size() || length == 1) {
                    labels[cell] = most.getKey();
                    break;
                }
            }
        }
        return labels;
    }

    private static String context(List<String> symbols, int end, int length) {
        StringBuilder context = new StringBuilder();
        symbols.subList(Math.max(0, end + 1 - length), end + 1)
                .forEach(symbol -> context.append(Drawing.shown(symbol)));
        return context.toString();
    }

    /**
     * Draws the map.
     *
     * @param title the headline
     * @return the bytes of a PNG file
     */
    public static byte[] png(Trace trace, SelfOrganizingMap map, String title, Appearance appearance) {
        int side = map.side();
        Drawing drawing = new Drawing(Math.max(620, 2 * MARGIN + side * CELL), TOP + side * CELL + MARGIN, appearance);
        drawing.text(title, MARGIN, 30, Drawing.TITLE);
        drawing.text(
                "a cell: the end of what was read where the state lands in it; dark: unlike its neighbours",
                MARGIN,
                54,
                Drawing.SMALL);
        drawing.text(
                "the line: the first " + Math.min(STEPS, map.cells().length) + " steps", MARGIN, 74, Drawing.SMALL);
        double highest = 0;
        for (int cell = 0; cell < side * side; cell++) {
            highest = Math.max(highest, map.height(cell));
        }
        String[] labels = labels(trace.symbols(), map);
        Color[] colours = new Color[labels.length];
        for (int cell = 0; cell < labels.length; cell++) {
            colours[cell] = appearance.sequential(highest == 0 ? 0 : 0.6 * map.height(cell) / highest);
            drawing.cell(left(cell, side), top(cell, side), CELL - 1, CELL - 1, colours[cell]);
        }
        int[] cells = map.cells();
        for (int t = 1; t < Math.min(STEPS, cells.length); t++) {
            int half = CELL / 2;
            drawing.line(
                    left(cells[t - 1], side) + half,
                    top(cells[t - 1], side) + half,
                    left(cells[t], side) + half,
                    top(cells[t], side) + half,
                    appearance.actual());
        }
        for (int cell = 0; cell < labels.length; cell++) {
            if (!labels[cell].isEmpty()) {
                drawing.symbol(labels[cell], left(cell, side), CELL, top(cell, side) + CELL / 2 + 5, colours[cell]);
            }
        }
        return drawing.png();
    }

    private static int left(int cell, int side) {
        return MARGIN + cell % side * CELL;
    }

    private static int top(int cell, int side) {
        return TOP + cell / side * CELL;
    }
}
