package dev.namaskar.spark.table;

import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which column of a data set plays which part: a row is one series at one time.
 *
 * <pre>{@code
 * SeriesColumns.of("time", "load").group("plant", "unit").known("temperature")
 * }</pre>
 *
 * @param group columns that name a series together; none for a data set of one series
 * @param time a timestamp, a date, or whole numbers: of rows, or years
 * @param target to forecast
 * @param known columns known ahead: their rows reach past the last of the target, which is null there
 * @param observed columns observed only up to the present
 * @param statics columns that say one thing of a whole series
 * @param frequency the step, such as {@code hour}; empty to find it
 */
public record SeriesColumns(
        List<String> group,
        String time,
        String target,
        List<String> known,
        List<String> observed,
        List<String> statics,
        String frequency)
        implements Serializable {
    /** Copies the lists. */
    public SeriesColumns {
        group = List.copyOf(group);
        known = List.copyOf(known);
        observed = List.copyOf(observed);
        statics = List.copyOf(statics);
    }

    /** One series. */
    public static SeriesColumns of(String time, String target) {
        return new SeriesColumns(List.of(), time, target, List.of(), List.of(), List.of(), "");
    }

    /** With columns that name the series. */
    public SeriesColumns group(String... names) {
        return new SeriesColumns(List.of(names), time, target, known, observed, statics, frequency);
    }

    /** With columns known ahead. */
    public SeriesColumns known(String... names) {
        return new SeriesColumns(group, time, target, List.of(names), observed, statics, frequency);
    }

    /** With columns observed up to the present. */
    public SeriesColumns observed(String... names) {
        return new SeriesColumns(group, time, target, known, List.of(names), statics, frequency);
    }

    /** With columns that say one thing of a whole series. */
    public SeriesColumns statics(String... names) {
        return new SeriesColumns(group, time, target, known, observed, List.of(names), frequency);
    }

    /** With this step. */
    public SeriesColumns frequency(String step) {
        return new SeriesColumns(group, time, target, known, observed, statics, step);
    }

    /** The columns of a table as it was read, or is to be read, from a file. */
    public static SeriesColumns of(TableFormat format) {
        TableFormat.Roles roles = format.roles();
        if (roles.time().size() != 1 || roles.targets().size() != 1) {
            throw new IllegalArgumentException("expected one time column and one target, found " + roles.time()
                    + " and " + roles.targets() + "; name them with `time` and `target`");
        }
        return new SeriesColumns(
                roles.group(),
                roles.time().get(0),
                roles.targets().get(0),
                roles.known(),
                roles.observed(),
                roles.statics(),
                format.frequency());
    }

    /** How a file with the same columns is read. */
    public TableFormat format() {
        TableFormat auto = TableFormat.AUTO;
        return new TableFormat(
                TableFormat.Layout.COLUMNS,
                auto.text(),
                new TableFormat.Roles(List.of(time), group, List.of(target), known, observed, statics),
                new TableFormat.Times("auto", frequency, ""),
                Policies.USUAL);
    }

    /** The target, then the known columns, then the observed ones. */
    List<String> numbers() {
        List<String> numbers = new ArrayList<>(List.of(target));
        numbers.addAll(known);
        numbers.addAll(observed);
        return numbers;
    }

    /** The columns that texts are taken from: what names the series, then what is said of them. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(group);
        texts.addAll(statics);
        return texts;
    }
}
