package dev.namaskar.series.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns the cells of one time column into numbers. The first cell decides how all are read: as a number (row number,
 * year, fractional year) or by the first of the known date patterns that fits it.
 */
final class TimeParser {
    /** Days and months without a year's place in doubt; {@code 03/04/2001} needs a given pattern. */
    private static final List<String> KNOWN = List.of(
            "uuuu-MM-dd'T'HH:mm[:ss][.SSS][.SS][.S][VV]",
            "uuuu-MM-dd HH:mm[:ss][.SSS][.SS][.S][VV]",
            "uuuu-MM-dd",
            "uuuu/MM/dd[ HH:mm[:ss]]",
            "uuuu-MM",
            "MMM d uuuu",
            "MMM d, uuuu",
            "d MMM uuuu",
            "d-MMM-uuuu",
            "MMM uuuu",
            "MMMM d uuuu",
            "MMMM d, uuuu",
            "d MMMM uuuu",
            "MMMM uuuu",
            "uuuu-'Q'q",
            "uuuu'Q'q",
            "uuuu 'Q'q",
            "dd.MM.uuuu[ HH:mm[:ss]]");

    /** ISO's basic form: eight digits that are a day are one, not a row number. */
    private static final String COMPACT = "uuuuMMdd";

    enum Kind {
        UNKNOWN,
        NUMBER,
        CLOCK
    }

    private final String format;
    private Kind kind = Kind.UNKNOWN;
    private @Nullable DateTimeFormatter formatter;
    private String pattern = "";

    /** @param format {@code auto}, {@code row}, {@code year}, or a {@link DateTimeFormatter} pattern */
    TimeParser(String format) {
        this.format = format;
        if (format.equals("row") || format.equals("year")) {
            kind = Kind.NUMBER;
        } else if (!format.equals("auto")) {
            formatter = compile(format);
            pattern = format;
            kind = Kind.CLOCK;
        }
    }

    Kind kind() {
        return kind;
    }

    /** Whether whole numbers are years, rows, or to be told apart by their size. */
    String format() {
        return format;
    }

    /** What the first cell settled on, for messages. */
    String expected() {
        return switch (kind) {
            case NUMBER -> "a number, as in the first row";
            case CLOCK -> "a time like the pattern " + pattern;
            case UNKNOWN -> "a time (ISO date, row number, fractional year)";
        };
    }

    /** The time as milliseconds or as the number that stood there; NaN when it is no time. */
    double parse(String cell) {
        if (kind == Kind.UNKNOWN) {
            settle(cell);
        }
        return switch (kind) {
            case NUMBER -> Numbers.parse(cell, '.');
            case CLOCK -> clock(cell, formatter);
            case UNKNOWN -> Double.NaN;
        };
    }

    private void settle(String cell) {
        if (cell.matches("(1[5-9]|2[01])[0-9]{6}") && !Double.isNaN(clock(cell, compile(COMPACT)))) {
            formatter = compile(COMPACT);
            pattern = COMPACT;
            kind = Kind.CLOCK;
            return;
        }
        if (!Double.isNaN(Numbers.parse(cell, '.'))) {
            kind = Kind.NUMBER;
            return;
        }
        for (String candidate : KNOWN) {
            DateTimeFormatter compiled = compile(candidate);
            if (!Double.isNaN(clock(cell, compiled))) {
                formatter = compiled;
                pattern = candidate;
                kind = Kind.CLOCK;
                return;
            }
        }
    }

    private static DateTimeFormatter compile(String pattern) {
        try {
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern.replace("yyyy", "uuuu"))
                    .toFormatter(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected --time-format auto, row, year or a date pattern like dd/MM/uuuu HH:mm, found '" + pattern
                            + "': " + e.getMessage(),
                    e);
        }
    }

    private static double clock(String cell, @Nullable DateTimeFormatter formatter) {
        if (formatter == null) {
            return Double.NaN;
        }
        try {
            TemporalAccessor time = formatter.parse(cell);
            if (time.query(TemporalQueries.offset()) != null && time.isSupported(ChronoField.HOUR_OF_DAY)) {
                return Frequency.millis(OffsetDateTime.from(time)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime());
            } else if (time.isSupported(ChronoField.HOUR_OF_DAY)) {
                return Frequency.millis(LocalDateTime.from(time));
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
