package dev.namaskar.series.table.layout;

import dev.namaskar.series.Note;
import dev.namaskar.series.TableException;
import dev.namaskar.series.table.text.Notes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the rows of a table are called of which each is a series: by as few columns as tell all of them apart. */
final class RowNames {
    private final List<String> names;
    private final List<NamedRow> rows;

    /** @param names the columns' names */
    RowNames(List<String> names, List<NamedRow> rows) {
        this.names = names;
        this.rows = rows;
    }

    /**
     * A name for each row.
     *
     * @param columns those that may name a row
     * @param given whether they were given: else the first that never repeats is enough, or all that are needed for that
     * @param notes where is said which they are, if several (modified)
     * @throws TableException where two rows are called the same
     */
    List<String> settle(List<Integer> columns, boolean given, Notes notes) {
        if (columns.isEmpty()) {
            return IntStream.rangeClosed(1, rows.size())
                    .mapToObj(i -> "row " + i)
                    .toList();
        }
        List<Integer> needed = columns;
        if (!given) {
            List<Integer> words = columns.stream()
                    .filter(c -> rows.stream().noneMatch(row -> isFraction(row.cell(c))))
                    .toList();
            boolean enough = !words.isEmpty() && distinct(words) == rows.size();
            needed = needed(enough ? words : columns);
        }
        List<String> ids = ids(needed);
        Map<String, Long> first = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Long before = first.putIfAbsent(ids.get(i), rows.get(i).line());
            if (before != null) {
                throw new TableException(
                        "lines " + before + " and " + rows.get(i).line() + " are both called \""
                                + ids.get(i) + "\"; give every row a name of its own, or `group` with "
                                + "the columns that tell them apart, or `layout` columns if a row is a time");
            }
        }
        if (needed.size() > 1) {
            notes.add(
                    Note.Kind.COLUMNS,
                    "series are named by the columns "
                            + needed.stream().map(names::get).collect(Collectors.joining(", ")));
        }
        return ids;
    }

    /** The first column that names every row alone, or as few as do it together. */
    private List<Integer> needed(List<Integer> columns) {
        for (int c : columns) {
            if (isFilled(c) && distinct(List.of(c)) == rows.size()) {
                return List.of(c);
            }
        }
        List<Integer> needed = new ArrayList<>(columns);
        for (int c : columns) {
            List<Integer> fewer = new ArrayList<>(needed);
            fewer.remove((Integer) c);
            boolean filled = fewer.size() != 1 || isFilled(fewer.get(0));
            if (!fewer.isEmpty() && filled && distinct(fewer) == distinct(needed)) {
                needed = fewer;
            }
        }
        return needed;
    }

    private boolean isFilled(int column) {
        return rows.stream().noneMatch(row -> row.cell(column).isEmpty());
    }

    private long distinct(List<Integer> columns) {
        return new HashSet<>(ids(columns)).size();
    }

    /** Places on a map and the like name nothing, though no two are alike. */
    private static boolean isFraction(String cell) {
        return cell.matches("[-+]?[0-9]+[.,][0-9]+");
    }

    private List<String> ids(List<Integer> columns) {
        return rows.stream()
                .map(row -> columns.stream()
                        .map(row::cell)
                        .filter(cell -> columns.size() == 1 || !cell.isEmpty())
                        .collect(Collectors.joining("/")))
                .toList();
    }
}
