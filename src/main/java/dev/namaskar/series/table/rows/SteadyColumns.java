package dev.namaskar.series.table.rows;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.text.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Columns that say in which unit a row's values are: they may not change within a series. */
final class SteadyColumns {
    private final List<String> names;
    private final List<Integer> units;
    private final Map<String, String[]> said = new HashMap<>();

    /** @param units the columns that say in which unit values are */
    SteadyColumns(List<String> names, List<Integer> units) {
        this.names = names;
        this.units = units;
    }

    /**
     * Looks at a row of a series.
     *
     * @throws TableException where its unit is another than that of the rows before
     */
    void see(String series, Row row) {
        if (units.isEmpty()) {
            return;
        }
        String[] before = said.computeIfAbsent(series, s -> new String[units.size()]);
        for (int i = 0; i < before.length; i++) {
            String cell = row.cell(units.get(i));
            String name = names.get(units.get(i));
            if (NumberNotation.isBlank(cell)) {
                continue;
            }
            if (before[i] != null && !before[i].equals(cell)) {
                throw new TableException("line " + row.line() + ": \"" + name + "\" says '"
                        + Row.shortened(cell) + "' where the same series had '"
                        + Row.shortened(before[i]) + "' before: bring all values to one unit, or give `group` "
                        + name + " where each is a series of its own");
            }
            before[i] = cell;
        }
    }

    /**
     * Which targets say one thing of each series, as a price list or a population beside daily counts does, and not the
     * same of all; none where every target does.
     *
     * @param groups of each group a series a target
     */
    static List<Integer> labels(List<SeriesRows[]> groups, int targets) {
        List<Integer> labels = IntStream.range(0, targets)
                .filter(t -> groups.size() > 1 && isLabel(groups, t))
                .boxed()
                .toList();
        return labels.size() == targets ? List.of() : labels;
    }

    private static boolean isLabel(List<SeriesRows[]> groups, int target) {
        return groups.stream().allMatch(group -> isConstant(group[target]))
                && groups.stream()
                                .map(group -> group[target].column(0, 0))
                                .distinct()
                                .count()
                        > 1;
    }

    private static boolean isConstant(SeriesRows rows) {
        return rows.size() > 1
                && Arrays.stream(rows.column(0), 0, rows.size()).allMatch(value -> value == rows.column(0, 0));
    }

    /** The columns of units among those that are neither values nor parts of the time or the series' names. */
    static List<Integer> units(List<String> names, List<Integer> others) {
        return others.stream().filter(c -> ColumnNames.isUnit(names.get(c))).toList();
    }
}
