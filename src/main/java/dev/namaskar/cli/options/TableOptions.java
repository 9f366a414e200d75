package dev.namaskar.cli.options;

import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a table is to be read; each replaces what would be found, or what a model remembers. */
@Heading(Heading.DATA)
public final class TableOptions {
    @Option(
            names = "--time",
            split = ",",
            paramLabel = "COL",
            description = "The time column, or several that make a time: Date,Time or year,month (found by name and "
                    + "content).")
    private @Nullable List<String> time;

    @Option(
            names = "--time-format",
            paramLabel = "PATTERN",
            description = "auto, row, year (also fractional), day-first, month-first, yyyyMM, yyyyww, epoch-seconds, "
                    + "spreadsheet, or a pattern such as dd/MM/yyyy HH:mm (auto).")
    private @Nullable String timeFormat;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "Zone of the clock that times are kept in, such as UTC, +05:30 or Europe/Berlin (the table's).")
    private @Nullable String zone;

    @Option(
            names = "--group",
            split = ",",
            paramLabel = "COL",
            description = "The columns that name the series together (found where times repeat).")
    private @Nullable List<String> group;

    @Option(
            names = "--target",
            split = ",",
            paramLabel = "COL",
            description = "The columns to forecast (every numeric column left over).")
    private @Nullable List<String> targets;

    @Option(names = "--known", split = ",", paramLabel = "COL", description = "Columns known ahead of time.")
    private @Nullable List<String> known;

    @Option(names = "--observed", split = ",", paramLabel = "COL", description = "Columns observed only so far.")
    private @Nullable List<String> observed;

    @Option(
            names = "--static",
            split = ",",
            paramLabel = "COL",
            description = "Columns that say one thing of a whole series, words or numbers: its kind, its size.")
    private @Nullable List<String> statics;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "columns (a row a time), rows (a row a series, as M4's files) or auto (found).")
    private TableFormat.@Nullable Layout layout;

    @Option(names = "--header", paramLabel = "auto|yes|no", description = "Whether the first row is names (found).")
    private TableFormat.@Nullable Header header;

    @Option(
            names = "--skip",
            paramLabel = "N",
            description = "Lines at the beginning that are no part of the table (found).")
    private @Nullable Integer skip;

    @Option(names = "--delimiter", paramLabel = "C", description = "Cell delimiter (found).")
    private @Nullable Character delimiter;

    @Option(names = "--decimal", paramLabel = "C", description = "Decimal mark, point or comma (found).")
    private @Nullable Character decimal;

    @Option(
            names = "--frequency",
            paramLabel = "STEP",
            description = "row, hour, day, business-day, week, month, quarter, year, 15min, ... (found).")
    private @Nullable String frequency;

    @Option(names = "--duplicates", paramLabel = "P", description = "error, first, last, mean or sum (error).")
    private Policies.@Nullable Duplicates duplicates;

    @Option(names = "--disorder", paramLabel = "P", description = "error or sort (error).")
    private Policies.@Nullable Disorder disorder;

    @Option(names = "--gaps", paramLabel = "P", description = "error, skip, previous, zero or missing (error).")
    private Policies.@Nullable Gaps gaps;

    @Option(names = "--blanks", paramLabel = "P", description = "error, drop, previous, zero or missing (missing).")
    private Policies.@Nullable Blanks blanks;

    @Option(names = "--non-numeric", paramLabel = "P", description = "error or blank (error).")
    private Policies.@Nullable NonNumeric nonNumeric;

    /** What the user asked for, over what is known already. */
    public TableFormat over(TableFormat base) {
        Policies usual = base.policies();
        Policies policies = new Policies(
                or(duplicates, usual.duplicates()),
                or(disorder, usual.disorder()),
                or(gaps, usual.gaps()),
                or(blanks, usual.blanks()),
                or(nonNumeric, usual.nonNumeric()));
        TableFormat.Text text = base.text();
        TableFormat.Roles roles = base.roles();
        TableFormat.Times times = base.times();
        return new TableFormat(
                or(layout, base.layout()),
                new TableFormat.Text(
                        or(delimiter, text.delimiter()),
                        or(decimal, text.decimalMark()),
                        or(header, text.header()),
                        or(skip, text.skip())),
                new TableFormat.Roles(
                        or(time, roles.time()),
                        or(group, roles.group()),
                        or(targets, roles.targets()),
                        or(known, roles.known()),
                        or(observed, roles.observed()),
                        or(statics, roles.statics())),
                new TableFormat.Times(
                        or(timeFormat, times.format()), or(frequency, times.frequency()), or(zone, times.zone())),
                policies);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
