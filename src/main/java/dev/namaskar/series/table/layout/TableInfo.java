package dev.namaskar.series.table.layout;

import dev.namaskar.series.Note;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.text.TableRows;
import dev.namaskar.series.table.text.TableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the step between values that carry no times: from a column beside them, from a table called
 * {@code info} beside the file, or from the file's own name.
 */
final class TableInfo {
    private static final Set<String> PERIOD_NAMES =
            Set.of("period", "frequency", "freq", "periodicity", "interval", "sp");
    private static final Pattern FILE_NAME =
            Pattern.compile("(?i)(?:^|[^a-z])(yearly|annual|quarterly|monthly|weekly|daily|hourly)(?![a-z])");
    private static final Map<String, String> STEPS = Map.ofEntries(
            Map.entry("yearly", "year"),
            Map.entry("annual", "year"),
            Map.entry("annually", "year"),
            Map.entry("year", "year"),
            Map.entry("quarterly", "quarter"),
            Map.entry("quarter", "quarter"),
            Map.entry("monthly", "month"),
            Map.entry("month", "month"),
            Map.entry("weekly", "week"),
            Map.entry("week", "week"),
            Map.entry("daily", "day"),
            Map.entry("day", "day"),
            Map.entry("hourly", "hour"),
            Map.entry("hour", "hour"));

    private TableInfo() {}

    /** The step that a word such as {@code MONTHLY} names, or null. */
    static @Nullable Frequency step(String word) {
        String name = STEPS.get(word.toLowerCase(Locale.ROOT).strip());
        return name == null ? null : Frequency.parse(name);
    }

    /**
     * The step, or null where nothing tells it.
     *
     * @param ids of the series
     * @param names of the table's columns
     * @param columns cells of the columns before the values
     * @param notes where the source is said (modified)
     */
    static @Nullable Frequency frequency(
            TableText text, List<String> ids, List<String> names, List<List<String>> columns, Notes notes) {
        for (int c = 0; c < columns.size(); c++) {
            if (PERIOD_NAMES.contains(names.get(c).toLowerCase(Locale.ROOT))) {
                return said(new HashSet<>(columns.get(c)), "column \"" + names.get(c) + "\"", notes);
            }
        }
        Path file = text.file();
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        Path info = folder == null ? null : folder.resolve("info.csv");
        if (info != null && Files.isRegularFile(info) && !info.equals(file)) {
            Frequency found = beside(info, ids, notes);
            if (found != null) {
                return found;
            }
        }
        Matcher word = FILE_NAME.matcher(text.name().replaceAll("(?<=[a-z])(?=[0-9])", " "));
        return word.find() ? said(Set.of(word.group(1)), "the file's name", notes) : null;
    }

    private static @Nullable Frequency said(Set<String> words, String source, Notes notes) {
        Frequency step = words.size() == 1 ? step(words.iterator().next()) : null;
        if (step != null) {
            notes.add(
                    Note.Kind.TIMES,
                    "by " + source + " the step from value to value is " + step.name() + ", which makes a season of "
                            + step.usualSeason() + " (`frequency` to say otherwise)");
        }
        return step;
    }

    private static @Nullable Frequency beside(Path info, List<String> ids, Notes notes) {
        List<Row> rows = new ArrayList<>();
        try {
            TableText text = TableText.of(info);
            rows.addAll(TableRows.first(Integer.MAX_VALUE, text.open(), text.delimiter(TableFormat.AUTO.text())));
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // A file of that name may be anything.
            return null;
        }
        List<String> names = rows.isEmpty() ? List.of() : rows.get(0).cells();
        int period = -1;
        for (int c = 0; c < names.size(); c++) {
            period = PERIOD_NAMES.contains(names.get(c).toLowerCase(Locale.ROOT)) ? c : period;
        }
        if (period < 0) {
            return null;
        }
        Map<String, String> periods = new HashMap<>();
        for (Row row : rows) {
            periods.put(row.cell(0), row.cell(period));
        }
        Set<String> words = new HashSet<>();
        ids.forEach(id -> words.add(periods.getOrDefault(id, "")));
        return said(words, info.getFileName() + " beside it", notes);
    }
}
