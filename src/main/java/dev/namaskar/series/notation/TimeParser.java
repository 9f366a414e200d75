package dev.namaskar.series.notation;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the cells of one time column into numbers, all of them in the same way. */
public final class TimeParser {
    /** Of a column of which nothing is known. */
    public static final TimeParser UNKNOWN = new TimeParser(null, null, null, "");

    private final @Nullable TimeShape shape;
    private final @Nullable NumericTime numeric;
    private final @Nullable DateTimeFormatter formatter;
    private final String label;
    private TableZone zone = TableZone.NONE;

    private TimeParser(
            @Nullable TimeShape shape,
            @Nullable NumericTime numeric,
            @Nullable DateTimeFormatter formatter,
            String label) {
        this.shape = shape;
        this.numeric = numeric;
        this.formatter = formatter;
        this.label = label;
    }

    /** Of times written as text. */
    public TimeParser(TimeShape shape) {
        this(shape, null, null, shape.label);
    }

    /** Of times that are numbers. */
    public TimeParser(NumericTime numeric) {
        this(null, numeric, null, numeric.label);
    }

    /**
     * By the setting's name.
     *
     * @param format {@code row}, {@code year}, {@code day-first} and the like, or a {@link DateTimeFormatter} pattern
     */
    public static TimeParser of(String format) {
        for (NumericTime numeric : NumericTime.values()) {
            if (numeric.label.equals(format)) {
                return new TimeParser(numeric);
            }
        }
        for (TimeShape shape : TimeShape.values()) {
            if (shape.label.equals(format)) {
                return new TimeParser(shape);
            }
        }
        return new TimeParser(null, null, compile(format), format);
    }

    /** The clock that times are kept in. */
    public void zone(TableZone value) {
        zone = value;
    }

    /** The zone that times are read in. */
    public TableZone zone() {
        return zone;
    }

    /** Whether times are dates or instants, rather than numbers of rows and years. */
    public boolean isClock() {
        return numeric == null || numeric.isClock();
    }

    /** Whether the numbers are instants of the world's clock. */
    public boolean isEpoch() {
        return numeric != null && numeric.isEpoch();
    }

    /** The setting that says the same. */
    public String label() {
        return label;
    }

    /** Whether the setting has to be remembered: another table of the same kind might not settle it. */
    public boolean isDoubtful() {
        return shape == TimeShape.DAY_FIRST
                || shape == TimeShape.MONTH_FIRST
                || shape == TimeShape.COMPACT_DAY_FIRST
                || shape == TimeShape.COMPACT_MONTH_FIRST
                || shape == TimeShape.SHORT_YEAR_FIRST
                || numeric == NumericTime.MONTHS
                || numeric == NumericTime.QUARTERS
                || numeric == NumericTime.WEEKS
                || numeric == NumericTime.SPREADSHEET
                || numeric == NumericTime.YEAR_DAYS;
    }

    /** What the column settled on, for messages. */
    public String expected() {
        return label.isEmpty() ? "a time" : numeric != null ? "a number (" + label + ")" : "a time written " + label;
    }

    /** The time as milliseconds of the table's clock or as the number that stood there; NaN when it is no time. */
    public double parse(String cell) {
        if (shape != null) {
            TimeShape.Written written = shape.parse(cell);
            return written == null ? Double.NaN : Frequency.millis(zone.local(written.local(), written.zone()));
        }
        if (numeric != null) {
            double time = numeric.parse(number(cell));
            return numeric.isEpoch() && !Double.isNaN(time)
                    ? Frequency.millis(zone.local(Frequency.clock((long) time), "Z"))
                    : time;
        }
        return formatter == null ? Double.NaN : clock(cell, formatter);
    }

    /** A number with a point or a comma before its fraction, or NaN. */
    public static double number(String cell) {
        double number = Numbers.parse(cell, '.');
        return Double.isNaN(number) ? Numbers.parse(cell, ',') : number;
    }

    private static DateTimeFormatter compile(String pattern) {
        try {
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern.replace("yyyy", "uuuu"))
                    .toFormatter(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a `time-format` such as auto, row, year, day-first, month-first or a date pattern like "
                            + "dd/MM/uuuu HH:mm, found '" + pattern + "': " + e.getMessage(),
                    e);
        }
    }

    private double clock(String cell, DateTimeFormatter format) {
        try {
            TemporalAccessor time = format.parse(cell);
            if (time.isSupported(ChronoField.HOUR_OF_DAY)) {
                ZoneOffset offset = time.query(TemporalQueries.offset());
                return Frequency.millis(zone.local(LocalDateTime.from(time), offset == null ? "" : offset.getId()));
            } else if (time.isSupported(ChronoField.DAY_OF_MONTH)) {
                return Frequency.millis(LocalDate.from(time).atStartOfDay());
            }
            YearMonth month = time.isSupported(IsoFields.QUARTER_OF_YEAR)
                            && !time.isSupported(ChronoField.MONTH_OF_YEAR)
                    ? YearMonth.of(time.get(ChronoField.YEAR), (int) (3 * time.getLong(IsoFields.QUARTER_OF_YEAR) - 2))
                    : YearMonth.from(time);
            return Frequency.millis(month.atDay(1).atStartOfDay());
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }
}
