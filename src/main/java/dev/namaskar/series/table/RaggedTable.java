package dev.namaskar.series.table;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row a series, its name first and then as many values as it has: the shape of M4's files. */
final class RaggedTable {
    private RaggedTable() {}

    static Table read(
            TableReader.Rows rows, @Nullable List<String> first, String name, TableFormat format, List<String> notes) {
        if (!format.known().isEmpty() || !format.observed().isEmpty()) {
            throw new TableException(name + ": a table with a row a series has no further columns;"
                    + " --known and --observed need a long or wide table");
        }
        Problems problems = new Problems();
        List<Series> series = new ArrayList<>();
        Frequency frequency = Frequency.parse(format.frequency().isEmpty() ? "row" : format.frequency());
        if (frequency.unit() != Frequency.Unit.ROW) {
            throw new TableException(name + ": a table with a row a series carries no times, so its frequency is row,"
                    + " not " + frequency + "; give the season in rows");
        }
        for (List<String> row = first == null ? rows.next() : first; row != null; row = rows.next()) {
            double[] values = values(row, rows.line(), format, problems);
            if (values.length > 0) {
                long[] times = new long[values.length];
                Arrays.setAll(times, i -> i + 1L);
                series.add(new Series(row.get(0), frequency, times, values, new double[0][], new double[0][]));
            }
        }
        problems.check(name);
        if (series.isEmpty()) {
            throw new TableException(name + " holds no series");
        }
        notes.add(series.size() + " series, a row each; steps are row numbers");
        return new Table(series, frequency, false, false, List.of(), List.of(), notes, format);
    }

    private static double[] values(List<String> row, long line, TableFormat format, Problems problems) {
        int end = row.size();
        while (end > 1 && TableReader.isBlank(row.get(end - 1))) {
            end--;
        }
        double[] values = new double[end - 1];
        for (int i = 0; i < values.length; i++) {
            String cell = row.get(i + 1);
            values[i] = Numbers.parse(cell, format.decimalMark());
            if (Double.isNaN(values[i])) {
                boolean blank =
                        TableReader.isBlank(cell) || format.policies().nonNumeric() == Policies.NonNumeric.BLANK;
                Problems.Kind kind = blank ? Problems.Kind.BLANK : Problems.Kind.NOT_A_NUMBER;
                if (blank && format.policies().blanks() == Policies.Blanks.PREVIOUS && i > 0) {
                    values[i] = values[i - 1];
                } else if (blank && format.policies().blanks() == Policies.Blanks.ZERO) {
                    values[i] = 0;
                } else if (blank && format.policies().blanks() == Policies.Blanks.MISSING) {
                    values[i] = Double.NaN;
                } else if (problems.wants(kind)) {
                    problems.add(
                            kind,
                            "line " + line + ", column " + (i + 2) + ", series \"" + row.get(0) + "\""
                                    + (blank ? "" : ": '" + cell + "'"));
                }
            }
        }
        return values;
    }
}
