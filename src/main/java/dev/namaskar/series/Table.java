package dev.namaskar.series;

import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.TableZone;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What was read from a table.
 *
 * @param series the series, in the order in which they first appear
 * @param frequency the step of all of them
 * @param aligned whether one time means the same moment in every series; false for a table with a row a series
 * @param timed whether times were read from the table; false where its rows are merely counted
 * @param known names of the columns known ahead
 * @param observed names of the columns observed only so far
 * @param remarks what was found and decided while reading
 * @param format how the table was read, with what another of the same kind might not show by itself
 * @param beginning series without any value yet, of which nothing is known but what columns say of them
 */
public record Table(
        List<Series> series,
        Frequency frequency,
        boolean aligned,
        boolean timed,
        List<String> known,
        List<String> observed,
        List<Note> remarks,
        TableFormat format,
        List<Series> beginning) {
    /** Copies the lists. */
    public Table {
        series = List.copyOf(series);
        known = List.copyOf(known);
        observed = List.copyOf(observed);
        remarks = List.copyOf(remarks);
        beginning = List.copyOf(beginning);
    }

    /** A table whose series all have begun. */
    public Table(
            List<Series> series,
            Frequency frequency,
            boolean aligned,
            boolean timed,
            List<String> known,
            List<String> observed,
            List<Note> remarks,
            TableFormat format) {
        this(series, frequency, aligned, timed, known, observed, remarks, format, List.of());
    }

    /** A table that was made, not read. */
    public Table(
            List<Series> series,
            Frequency frequency,
            boolean aligned,
            boolean timed,
            List<String> known,
            List<String> observed,
            List<Note> remarks) {
        this(series, frequency, aligned, timed, known, observed, remarks, TableFormat.AUTO.covariates(known, observed));
    }

    /**
     * Reads a file; layout, times and step are found in it, and blank cells of a target are missing values.
     *
     * @throws IOException when it cannot be read
     * @throws TableException when it holds no series that can be told: one line that says what is wrong and where
     */
    public static Table read(Path file) throws IOException {
        return read(file, TableFormat.AUTO);
    }

    /** Reads a file as this format says. */
    public static Table read(Path file, TableFormat format) throws IOException {
        return TableReader.read(file, format);
    }

    /** Series that were made, not read: of one step, each with rows of its own. */
    public static Table of(Series... series) {
        return new Table(List.of(series), series[0].frequency(), false, false, List.of(), List.of(), List.of());
    }

    /** The remarks, one sentence each. */
    public List<String> notes() {
        return remarks.stream().map(Note::text).toList();
    }

    /** Names of the columns that say one thing of a whole series. */
    public List<String> statics() {
        return format.roles().statics();
    }

    /** The clock that the times were read from. */
    public TableZone zone() {
        return new TableZone(format.times().zone());
    }

    /** A time of the table as text, with its zone where that is known. */
    public String text(long time) {
        return zone().text(frequency, time);
    }

    /** A number that changes when any series' name, time or value does. */
    public long fingerprint() {
        long hash = frequency.name().hashCode();
        for (Series one : series) {
            hash = 31 * hash + one.id().hashCode();
            hash = 31 * hash + Arrays.hashCode(one.times());
            hash = 31 * hash + Arrays.hashCode(one.raw());
            hash = statics().isEmpty() ? hash : 31 * hash + one.labels().hashCode();
        }
        return hash;
    }

    /**
     * The series of that name.
     *
     * @throws IllegalArgumentException that names the first series there are
     */
    public Series series(String id) {
        return series.stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no series \"" + id + "\" in the table; it has "
                        + String.join(
                                ", ", series.stream().limit(10).map(Series::id).toList())));
    }
}
