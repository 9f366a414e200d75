package dev.namaskar.series.table.rows;

import dev.namaskar.series.Series;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.Policies;
import java.util.List;
import java.util.Map;

/** Makes a series of rows that come from elsewhere than a file, with the policies by which files are read. */
public final class RowAssembly {
    private final Frequency frequency;
    private final Policies policies;
    private final List<String> columns;
    private final int known;

    /**
     * For rows of one kind.
     *
     * @param columns names of the target, the columns known ahead and the observed ones, in this order
     * @param known how many are known ahead
     */
    public RowAssembly(Frequency frequency, Policies policies, List<String> columns, int known) {
        this.frequency = frequency;
        this.policies = policies;
        this.columns = List.copyOf(columns);
        this.known = known;
    }

    /**
     * The series of rows.
     *
     * @param times ascending, as the frequency has them
     * @param cells {@code [columns][rows]}; not-a-number is a blank
     * @param labels what is said of the whole series
     * @return the series, which has no values where no row has one
     * @throws TableException that names the series, if a policy does not allow what is found
     */
    public Series series(String id, long[] times, double[][] cells, Map<String, String> labels) {
        Problems problems = new Problems(policies);
        SeriesRows rows = new SeriesRows(id, cells.length);
        for (int i = 0; i < times.length; i++) {
            rows.add((double) times[i], i + 1);
            for (int c = 0; c < cells.length; c++) {
                rows.set(c, cells[c][i]);
            }
        }
        rows.order(policies, problems);
        rows.trim();
        long[] grid = new long[rows.size()];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (long) rows.times()[i];
        }
        SeriesGrid regular = new SeriesGrid(frequency, policies, problems, columns.toArray(String[]::new), known);
        Series series = regular.series(rows, grid);
        try {
            problems.check();
        } catch (TableException e) {
            throw e.in("series \"" + id + "\", rows counted in the order of their times");
        }
        return series.labelled(labels);
    }
}
