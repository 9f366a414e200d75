package dev.namaskar.series.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people have them: what is written in one way must be read as what it says, or be asked about. */
class TableKindsTest {
    private static final TableFormat AUTO = TableFormat.AUTO;

    private static Table read(String text) {
        return read(text, AUTO);
    }

    private static Table read(String text, TableFormat format) {
        try {
            return TableReader.read(new StringReader(text), "t.csv", format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /** A way to write times, the step between them, and the first. */
    static Stream<Arguments> times() {
        LocalDateTime start = LocalDateTime.of(2019, 11, 4, 0, 0);
        List<Arguments> all = new ArrayList<>();
        for (String day : List.of(
                "uuuu-MM-dd",
                "uuuu/MM/dd",
                "uuuu.MM.dd",
                "uuuuMMdd",
                "dd.MM.uuuu",
                "d.M.uuuu",
                "dd/MM/uuuu",
                "MM/dd/uuuu",
                "M/d/uuuu",
                "dd-MM-uuuu",
                "d MMM uuuu",
                "dd-MMM-uuuu",
                "dd-MMM-uu",
                "MMM d, uuuu",
                "MMMM d uuuu",
                "EEE, d MMM uuuu",
                "uuuu-MMM-dd",
                "MM/dd/uu",
                "dd/MM/uu",
                "uuuu-MM-dd 00:00:00",
                "uuuu-MM-dd'T'00:00:00'Z'")) {
            all.add(Arguments.of(day, pattern(day), ChronoUnit.DAYS, 1, start, "day"));
            all.add(Arguments.of(day + " weekly", pattern(day), ChronoUnit.DAYS, 7, start, "week"));
        }
        for (String hour : List.of(
                "uuuu-MM-dd HH:mm",
                "uuuu-MM-dd'T'HH:mm:ss",
                "uuuu-MM-dd HH:mm:ss.SSS",
                "uuuu-MM-dd HH:mm:ss.SSSSSS",
                "dd.MM.uuuu HH:mm",
                "MM/dd/uuuu HH:mm",
                "M/d/uuuu h:mm a",
                "uuuu-MM-dd'T'HH:mm:ss'Z'",
                "uuuu/MM/dd HH:mm:ss",
                "d MMM uuuu HH:mm",
                "uuuuMMddHH",
                "uuuuMMddHHmm",
                "uuuuMMddHHmmss",
                "uuuuMMdd'T'HHmmss",
                "uuuuMMdd'T'HHmm'Z'",
                "uuuu-MM-dd HH:mm:ss 'UTC'",
                "uuuu-MM-dd HH:mm:ss'+00:00'",
                "uuuu-MM-dd HH'h'",
                "uuuu-MM-dd HH")) {
            all.add(Arguments.of(hour, pattern(hour), ChronoUnit.HOURS, 1, start, "hour"));
        }
        for (String month : List.of(
                "uuuu-MM",
                "uuuu/MM",
                "uuuuMM",
                "MM/uuuu",
                "MMM uuuu",
                "MMM-uu",
                "MMM-uuuu",
                "MMMM uuuu",
                "uuuu MMM",
                "uuuu-MMM",
                "uuuu'M'MM",
                "uu-MMM",
                "uuuu-MM-dd",
                "dd/MM/uuuu",
                "MM/dd/uuuu",
                "dd.MM.uuuu",
                "M/uuuu")) {
            all.add(Arguments.of(
                    month, pattern(month), ChronoUnit.MONTHS, 1, LocalDateTime.of(2015, 3, 1, 0, 0), "month"));
        }
        for (String quarter : List.of(
                "uuuu'Q'q",
                "uuuu-'Q'q",
                "uuuu 'Q'q",
                "'Q'q uuuu",
                "'Q'q-uuuu",
                "'Q'q/uu",
                "uuuu'0'q",
                "q'Q'uuuu",
                "uuuu'q'q",
                "uuuu-MM-dd",
                "MMM-uu",
                "uuuuMM")) {
            all.add(Arguments.of(
                    quarter, pattern(quarter), ChronoUnit.MONTHS, 3, LocalDateTime.of(2015, 4, 1, 0, 0), "quarter"));
        }
        for (String year : List.of("uuuu", "uuuu-MM-dd", "dd.MM.uuuu", "uuuu-12-31")) {
            String fixed = year.replace("12-31", "'12-31'");
            all.add(Arguments.of(
                    year, pattern(fixed), ChronoUnit.MONTHS, 12, LocalDateTime.of(1990, 1, 1, 0, 0), "year"));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("times")
    void readsTimesAsTheyAreWritten(
            String name, DateTimeFormatter written, ChronoUnit unit, int step, LocalDateTime start, String frequency) {
        StringBuilder text = new StringBuilder("when;v\n");
        int rows = 40;
        for (int i = 0; i < rows; i++) {
            text.append(written.format(start.plus((long) i * step, unit)))
                    .append(';')
                    .append(i % 7)
                    .append('\n');
        }
        Table table = read(text.toString(), AUTO.time("when", "auto"));
        Series series = table.series("v");
        String next = table.frequency().text(series.time(rows));
        LocalDateTime expected = start.plus((long) rows * step, unit);
        String day = name.equals("uuuu-12-31")
                ? "2030-12-31"
                : expected.toLocalDate().toString();

        assertThat(table.frequency().name()).isEqualTo(frequency);
        assertThat(series.length()).isEqualTo(rows);
        assertThat(next).startsWith(day);
        if (unit == ChronoUnit.HOURS) {
            assertThat(next).startsWith(expected.toString());
        }
    }

    /** The same without being told which column the times are in, which all its columns might be. */
    @ParameterizedTest
    @ValueSource(strings = {"date", "Datum", "timestamp", "order_date", "month", "x"})
    void findsTheColumnOfDates(String name) {
        StringBuilder text = new StringBuilder("price," + name + ",amount\n");
        for (int i = 0; i < 30; i++) {
            text.append(i % 4)
                    .append(',')
                    .append(LocalDate.of(2020, 1, 1).plusDays(i))
                    .append(',')
                    .append(100 - i * i)
                    .append('\n');
        }
        Table table = read(text.toString());
        assertThat(table.series()).extracting(Series::id).containsExactly("price", "amount");
        assertThat(table.frequency().name()).isEqualTo("day");
    }

    @ParameterizedTest
    @CsvSource({
        "1, epoch-seconds",
        "1000, epoch-milliseconds",
        "1000000, epoch-microseconds",
        "1000000000, epoch-nanoseconds"
    })
    void readsSecondsSince1970(long perSecond, String label) {
        StringBuilder text = new StringBuilder("ts,v\n");
        for (int i = 0; i < 48; i++) {
            text.append((1_704_067_200L + 1800L * i) * perSecond)
                    .append(",")
                    .append(i % 5)
                    .append('\n');
        }
        Table table = read(text.toString());
        assertThat(table.frequency().name()).isEqualTo("30min");
        assertThat(table.text(table.series("v").time(48))).isEqualTo("2024-01-02T00:00Z");
        assertThat(read(text.toString(), AUTO.time("ts", label)).series("v").time(0))
                .isEqualTo(table.series("v").time(0));
    }

    @Test
    void readsWeeksOfIso8601() {
        for (Function<LocalDate, String> written : List.<Function<LocalDate, String>>of(
                d -> week(d, "%d-W%02d"),
                d -> week(d, "%dW%d"),
                d -> week(d, "%d%02d"),
                d -> week(d, "%d-W%02d-1"),
                d -> String.format(
                        Locale.ROOT,
                        "W%d %d",
                        d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                        d.get(IsoFields.WEEK_BASED_YEAR)))) {
            StringBuilder text = new StringBuilder("week,v\n");
            LocalDate start = LocalDate.of(2019, 9, 2);
            for (int i = 0; i < 120; i++) {
                text.append(written.apply(start.plusWeeks(i)))
                        .append(",")
                        .append(i % 3)
                        .append("\n");
            }
            Table table = read(text.toString());
            assertThat(table.frequency().name()).isEqualTo("week");
            assertThat(table.text(table.series("v").time(119)))
                    .isEqualTo(start.plusWeeks(119).toString());
        }
    }

    private static String week(LocalDate day, String format) {
        return String.format(
                Locale.ROOT, format, day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01/02/2020,02/02/2020,03/02/2020,04/02/2020 | day-first | month-first",
                "01/02/20,02/02/20,03/02/20,04/02/20 | day-first | month-first",
                "20-01-05,20-01-06,20-01-07,20-01-08 | day-first | short-year-first",
                "202001,202002,202003,202004 | month | quarter",
            })
    void asksWhereTwoReadingsAreEquallyRegular(String cells, String one, String other) {
        String text = "date,v\n"
                + Stream.of(cells.trim().split(",", -1)).map(c -> c + ",1\n").reduce("", String::concat);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(one.trim())
                .hasMessageContaining(other.trim());
        for (String answer : List.of(one.trim(), other.trim())) {
            Table table = cells.startsWith("2020")
                    ? read(text, AUTO.frequency(answer))
                    : read(text, AUTO.times(new TableFormat.Times(answer, "", "")));
            assertThat(table.series("v").length()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2000/01,2001/02,2002/03,2003/04,2004/05 | year | 2005-01-01",
                "1997/98,1998/99,1999/00,2000/01 | year | 2001-01-01",
                "1997-1998,1998-1999,1999-2000 | year | 2000-01-01",
                "2010-3,2010-4,2011-1,2011-2,2011-3 | quarter | 2011-10-01",
                "2010.11,2010.12,2011.01,2011.02 | month | 2011-03-01",
                "1949.0,1949.08,1949.17,1949.25 | month | 1949-05-01",
            })
    void readsYearsThatEndInTheNextAndPartsWithoutALetter(String cells, String frequency, String next) {
        String text = "date,v\n"
                + Stream.of(cells.trim().split(",", -1)).map(c -> c + ",1\n").collect(Collectors.joining());
        Table table = read(text);
        assertThat(table.frequency().name()).isEqualTo(frequency.trim());
        Series series = table.series("v");
        assertThat(table.text(series.time(series.length()))).isEqualTo(next.trim());
    }

    @Test
    void theStepSettlesWhatTheDatesLeaveOpen() {
        String text = "date,v\n01/02/2020,1\n02/02/2020,1\n03/02/2020,1\n04/02/2020,1\n";
        Table days = read(text, AUTO.frequency("day"));
        assertThat(days.text(days.series("v").time(4))).isEqualTo("2020-02-05");
        Table months = read(text, AUTO.frequency("month"));
        assertThat(months.text(months.series("v").time(4))).isEqualTo("2020-05-02");
        assertThat(days.format().times().format()).isEqualTo("day-first");
    }

    @Test
    void mixedOrdersOfDayAndMonthAreRefused() {
        assertThatThrownBy(() -> read("date,v\n13/01/2020,1\n14/01/2020,1\n15/01/2020,1\n01/16/2020,1\n17/01/2020,1\n"))
                .hasMessageContaining("line 5")
                .hasMessageContaining("'01/16/2020'")
                .hasMessageContaining("day-first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+05:30", "-03:00", "+0100", "Z", " UTC", "+09", "-07:00"})
    void keepsTheZoneAndWritesItBack(String zone) {
        StringBuilder text = new StringBuilder("t,v\n");
        for (int i = 0; i < 50; i++) {
            text.append(LocalDateTime.of(2024, 5, 20, 17, 0).plusHours(i).format(pattern("uuuu-MM-dd HH:mm:ss")))
                    .append(zone)
                    .append(",")
                    .append(i % 24)
                    .append('\n');
        }
        Table table = read(text.toString());
        String offset = ZoneId.of(zone.strip().equals("UTC") ? "Z" : zone.strip())
                .normalized()
                .getId();
        assertThat(table.text(table.series("v").time(50))).isEqualTo("2024-05-22T19:00" + offset);
        assertThat(read(text.toString(), AUTO.zone("UTC")).zone().name()).isEqualTo("Z");
    }

    @Test
    void aTableOfAnotherZoneIsReadInTheOneAskedFor() {
        Table table = read("t,v\n2024-05-20T17:00+05:30,1\n2024-05-20T18:00+05:30,1\n", AUTO.zone("UTC"));
        assertThat(table.text(table.series("v").time(0))).isEqualTo("2024-05-20T11:30Z");
        assertThatThrownBy(() -> read("t,v\n2024-05-20T17:00+05:30,1\n2024-05-20T18:00,1\n2024-05-20T19:00,1\n"))
                .hasMessageContaining("`zone`");
    }

    /** Hours of a wall clock over a year, written with and without offsets: each day has 24 of them. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,true",
        "Europe/Berlin,false",
        "America/New_York,false",
        "America/New_York,true",
        "Europe/London,false",
        "Australia/Sydney,false",
        "Australia/Sydney,true"
    })
    void keepsTheWallClockWhereItIsSetBackAndForward(String region, boolean offsets) {
        ZoneId zone = ZoneId.of(region);
        StringBuilder text = new StringBuilder("time,v\n");
        var start = LocalDate.of(2021, 1, 1).atStartOfDay(zone);
        int rows = 365 * 24;
        for (int i = 0; i < rows; i++) {
            var now = start.plusHours(i);
            text.append(now.format(pattern(offsets ? "uuuu-MM-dd'T'HH:mm:ssxxx" : "uuuu-MM-dd HH:mm")))
                    .append(",")
                    .append(now.getHour())
                    .append("\n");
        }
        Table table = read(text.toString());
        Series series = table.series("v");
        int kept = 0;
        for (int i = 48; i < series.length(); i++) {
            kept += series.value(i) == series.value(i - 24) ? 1 : 0;
        }
        assertThat(series.length()).isEqualTo(rows);
        assertThat(kept).isGreaterThanOrEqualTo(rows - 48 - 2);
        assertThat(table.notes()).anyMatch(n -> n.contains("set back or forward"));
        if (offsets) {
            String end = table.text(series.time(series.length()));
            assertThat(end)
                    .startsWith("2022-01-01T00:00")
                    .endsWith(start.plusYears(1).getOffset().getId());
        }
    }

    @Test
    void anHourThatStandsTwiceOnAnyOtherDayIsRefused() {
        StringBuilder text = new StringBuilder("time,v\n");
        for (int i = 0; i < 48; i++) {
            text.append(LocalDateTime.of(2020, 6, 1, 0, 0).plusHours(i - (i > 20 ? 1 : 0)))
                    .append(",1\n");
        }
        assertThatThrownBy(() -> read(text.toString())).hasMessageContaining("stands twice");
    }

    @ParameterizedTest
    @CsvSource({"29, month", "30, month", "31, month", "28, month"})
    void readsMonthsByADayThatSomeDoNotHave(int day, String frequency) {
        StringBuilder text = new StringBuilder("date,v\n");
        LocalDate start = LocalDate.of(2018, 1, day);
        for (int i = 0; i < 26; i++) {
            text.append(start.plusMonths(i)).append(",1\n");
        }
        for (int rows : List.of(14, 26)) {
            String part =
                    String.join("\n", text.toString().lines().limit(rows + 1L).toList());
            Table table = read(part);
            assertThat(table.frequency().name()).isEqualTo(frequency);
            for (int h = 0; h < 14; h++) {
                assertThat(table.text(table.series("v").time(rows + h)))
                        .isEqualTo(start.plusMonths(rows + h).toString());
            }
        }
    }

    @Test
    void readsMonthsByTheirLastBusinessDay() {
        StringBuilder text = new StringBuilder("date,v\n");
        for (int i = 0; i < 30; i++) {
            LocalDate end = LocalDate.of(2018, 1, 1).plusMonths(i + 1).minusDays(1);
            text.append(end.minusDays(Math.max(0, end.getDayOfWeek().getValue() - 5)))
                    .append(",1\n");
        }
        Table table = read(text.toString());
        assertThat(table.frequency().name()).isEqualTo("month");
        assertThat(table.text(table.series("v").time(30))).isEqualTo("2020-07-31");
        assertThat(table.notes()).anyMatch(n -> n.contains("taken for their months"));
    }

    @Test
    void findsBusinessDaysWhereWeekendsAreRare() {
        StringBuilder text = new StringBuilder("date,v\n");
        int rows = 0;
        for (LocalDate day = LocalDate.of(2020, 1, 1); rows < 200; day = day.plusDays(1)) {
            boolean special = day.equals(LocalDate.of(2020, 3, 14));
            if (day.getDayOfWeek().getValue() <= 5 || special) {
                text.append(day).append(",").append(rows++).append("\n");
            }
        }
        Table table = read(text.toString());
        assertThat(table.frequency().name()).isEqualTo("business-day");
        assertThat(table.series("v").length()).isEqualTo(199);
        assertThat(table.notes()).anyMatch(n -> n.contains("1 rows on weekends"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Date,Time", "day,clock", "date,hour", "Date,HOUR"})
    void readsDateAndClockInTwoColumns(String names) {
        StringBuilder text = new StringBuilder(names + ",load\n");
        boolean hours = names.toLowerCase(Locale.ROOT).contains("hour");
        for (int i = 0; i < 72; i++) {
            LocalDateTime time = LocalDateTime.of(2020, 1, 30, 0, 0).plusHours(i);
            text.append(time.toLocalDate())
                    .append(",")
                    .append(hours ? "" + time.getHour() : time.toLocalTime() + "")
                    .append(",")
                    .append(i % 5)
                    .append("\n");
        }
        for (TableFormat format : List.of(
                AUTO,
                AUTO.roles(new TableFormat.Roles(
                        List.of(names.split(",", -1)), List.of(), List.of(), List.of(), List.of(), List.of())))) {
            Table table = read(text.toString(), format);
            assertThat(table.series()).extracting(Series::id).containsExactly("load");
            assertThat(table.frequency().name()).isEqualTo("hour");
            assertThat(table.text(table.series("load").time(72))).isEqualTo("2020-02-02T00:00");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "year,month|month",
                "Year,Month,Day|day",
                "month,day,year|day",
                "year,quarter|quarter",
                "yr,week|week"
            })
    void readsThePartsOfADateInColumnsOfTheirOwn(String names, String frequency) {
        StringBuilder text = new StringBuilder(names + ",v\n");
        LocalDate start = LocalDate.of(2017, 11, 6);
        for (int i = 0; i < 60; i++) {
            LocalDate day = switch (frequency) {
                case "month" -> start.plusMonths(i);
                case "quarter" -> start.plusMonths(3L * i);
                case "week" -> start.plusWeeks(i);
                default -> start.plusDays(i);
            };
            for (String name : names.toLowerCase(Locale.ROOT).split(",", -1)) {
                text.append(
                                switch (name) {
                                    case "month" -> day.getMonthValue();
                                    case "day" -> day.getDayOfMonth();
                                    case "quarter" -> day.get(IsoFields.QUARTER_OF_YEAR);
                                    case "week" -> day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                                    default ->
                                        frequency.equals("week") ? day.get(IsoFields.WEEK_BASED_YEAR) : day.getYear();
                                })
                        .append(",");
            }
            text.append(i * i % 11).append("\n");
        }
        Table table = read(text.toString());
        assertThat(table.series()).extracting(Series::id).containsExactly("v");
        assertThat(table.frequency().name()).isEqualTo(frequency);
        assertThat(table.series("v").length()).isEqualTo(60);
    }

    @Test
    void readsHoursThatAreCountedFromOneTo24() {
        StringBuilder text = new StringBuilder("date,hour,v\n");
        for (int i = 0; i < 48; i++) {
            text.append(LocalDate.of(2020, 1, 1).plusDays(i / 24))
                    .append(",")
                    .append(i % 24 + 1)
                    .append(",1\n");
        }
        Table table = read(text.toString());
        assertThat(table.text(table.series("v").time(47))).isEqualTo("2020-01-03T00:00");
    }

    /** Ways to write a number. */
    static Stream<Arguments> notations() {
        Locale us = Locale.US;
        return Stream.<Object[]>of(
                        new Object[] {"plain", ",", (DoubleFunction<String>) v -> String.format(us, "%.2f", v)},
                        new Object[] {"thousands", ",", (DoubleFunction<String>) v -> String.format(us, "\"%,.2f\"", v)
                        },
                        new Object[] {"dollars", ",", (DoubleFunction<String>) v -> String.format(us, "\"$%,.2f\"", v)},
                        new Object[] {
                            "dollars behind minus",
                            ",",
                            (DoubleFunction<String>)
                                    v -> String.format(us, v < 0 ? "\"-$%,.2f\"" : "\"$%,.2f\"", Math.abs(v))
                        },
                        new Object[] {
                            "parentheses",
                            ",",
                            (DoubleFunction<String>)
                                    v -> String.format(us, v < 0 ? "\"(%,.2f)\"" : "\"%,.2f\"", Math.abs(v))
                        },
                        new Object[] {
                            "dollars in parentheses",
                            ",",
                            (DoubleFunction<String>) v -> String.format(us, v < 0 ? "($%.2f)" : "$%.2f", Math.abs(v))
                        },
                        new Object[] {
                            "German", ";", (DoubleFunction<String>) v -> String.format(Locale.GERMANY, "%,.2f", v)
                        },
                        new Object[] {
                            "German euros",
                            ";",
                            (DoubleFunction<String>) v -> String.format(Locale.GERMANY, "%,.2f €", v)
                        },
                        new Object[] {
                            "Swiss",
                            ";",
                            (DoubleFunction<String>)
                                    v -> String.format(us, "%,.2f", v).replace(',', '\'')
                        },
                        new Object[] {
                            "French",
                            ";",
                            (DoubleFunction<String>) v -> String.format(us, "%,.2f", v)
                                    .replace(',', '\u202f')
                                    .replace('.', ',')
                        },
                        new Object[] {
                            "spaces",
                            "\t",
                            (DoubleFunction<String>)
                                    v -> String.format(us, "%,.2f", v).replace(',', ' ')
                        },
                        new Object[] {"percent", ",", (DoubleFunction<String>) v -> String.format(us, "%.2f%%", v)},
                        new Object[] {
                            "percent apart",
                            ";",
                            (DoubleFunction<String>) v -> String.format(Locale.GERMANY, "%.2f %%", v)
                        },
                        new Object[] {
                            "true minus",
                            ",",
                            (DoubleFunction<String>)
                                    v -> String.format(us, "%.2f", v).replace('-', '−')
                        },
                        new Object[] {
                            "minus behind",
                            ",",
                            (DoubleFunction<String>) v -> String.format(us, v < 0 ? "%.2f-" : "%.2f", Math.abs(v))
                        },
                        new Object[] {"scientific", ",", (DoubleFunction<String>) v -> String.format(us, "%.6e", v)},
                        new Object[] {
                            "scientific German",
                            ";",
                            (DoubleFunction<String>) v -> String.format(Locale.GERMANY, "%.6E", v)
                        },
                        new Object[] {"code before", ",", (DoubleFunction<String>) v -> String.format(us, "EUR %.2f", v)
                        },
                        new Object[] {"code behind", ",", (DoubleFunction<String>) v -> String.format(us, "%.2f USD", v)
                        },
                        new Object[] {
                            "quoted decimal commas",
                            ",",
                            (DoubleFunction<String>) v -> String.format(Locale.GERMANY, "\"%.2f\"", v)
                        },
                        new Object[] {"bars", "|", (DoubleFunction<String>) v -> String.format(us, "%.2f", v)},
                        new Object[] {"plus", ",", (DoubleFunction<String>) v -> String.format(us, "%+.2f", v)})
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notations")
    void readsNumbersAsTheyAreWritten(String name, String delimiter, DoubleFunction<String> written) {
        Random random = new Random(name.hashCode());
        double[] values = IntStream.range(0, 80)
                .mapToDouble(i -> Math.rint(random.nextGaussian() * Math.pow(10, 1 + random.nextInt(6)) * 100) / 100)
                .toArray();
        StringBuilder text = new StringBuilder("date" + delimiter + "v\n");
        for (int i = 0; i < values.length; i++) {
            text.append(LocalDate.of(2020, 1, 1).plusDays(i))
                    .append(delimiter)
                    .append(written.apply(values[i]))
                    .append("\n");
        }
        Table table = read(text.toString());
        for (int i = 0; i < values.length; i++) {
            assertThat(table.series("v").value(i)).isCloseTo(values[i], within(1e-6 * Math.abs(values[i]) + 1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01-01;1,048!2020-01-02;1,056!2020-01-03;1,060",
                "2020-01-01;1.048!2020-01-02;1.056!2020-01-03;1.060",
                "2020-01-01,'1,048'!2020-01-02,'1,056'!2020-01-03,'1,060'",
            })
    void asksWhetherAMarkBeforeThreeDigitsIsForThousands(String rows) {
        String mark = rows.contains(";") ? ";" : ",";
        String text = "d" + mark + "v\n" + rows.replace('!', '\n').replace('\'', '"') + "\n";
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("1.06")
                .hasMessageContaining("1060")
                .hasMessageContaining("`decimal`");
        char used = rows.contains("1,0") ? ',' : '.';
        assertThat(read(text, AUTO.marks((char) 0, used).marks(mark.charAt(0) == ',' ? (char) 0 : ';', used))
                        .series("v")
                        .values())
                .containsExactly(1.048, 1.056, 1.060);
        char other = used == ',' ? '.' : ',';
        assertThat(read(text, AUTO.marks(';', other).marks(mark.charAt(0), mark.equals(",") ? '.' : other))
                        .series("v")
                        .values())
                .containsExactly(1048, 1056, 1060);
    }

    @Test
    void wholeNumbersBesideGroupedOnesAreThousands() {
        assertThat(read("d,v\n2020-01-01,\"1,048\"\n2020-01-02,987\n2020-01-03,\"1,060\"\n")
                        .series("v")
                        .values())
                .containsExactly(1048, 987, 1060);
        assertThat(read("d,v\n2020-01-01,9.048\n2020-01-02,9.987\n2020-01-03,9.060\n")
                        .series("v")
                        .values())
                .containsExactly(9.048, 9.987, 9.060);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NA", "N/A", "n/a", "nan", "NaN", "null", "NULL", "None", ".", "-", "?", "#N/A", "", "--", "missing",
                "#DIV/0!", "<NA>"
            })
    void takesTheUsualWordsForNothing(String word) {
        String text = "ds,y\n2023-01-01," + word + "\n2023-01-02,5\n2023-01-03," + word + "\n2023-01-04,7\n2023-01-05,"
                + word + "\n";
        Policies missing = new Policies(
                Policies.Duplicates.ERROR,
                Policies.Disorder.ERROR,
                Policies.Gaps.ERROR,
                Policies.Blanks.MISSING,
                Policies.NonNumeric.ERROR);
        assertThat(read(text, AUTO.policies(missing)).series("y").values()).containsExactly(5, Double.NaN, 7);
        assertThat(read(text).notes()).anyMatch(n -> n.startsWith("1 value is missing"));
        assertThatThrownBy(() -> read(text, AUTO.policies(Policies.STRICT)))
                .hasMessageContaining("1 cell is blank: line 4")
                .hasMessageContaining("`blanks`");
    }
}
