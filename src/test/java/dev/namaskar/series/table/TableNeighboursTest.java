package dev.namaskar.series.table;

import static dev.namaskar.series.table.WrittenTables.read;
import static dev.namaskar.series.table.WrittenTables.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that lie beside those of the other tests: read for what they are, or asked about, but never something else. */
class TableNeighboursTest {
    private static String rows(String heading, int count, IntFunction<String> time) {
        return heading + "\n"
                + IntStream.range(0, count)
                        .mapToObj(i -> time.apply(i) + "," + value(i) + "\n")
                        .collect(Collectors.joining());
    }

    private static void holds(Table table, int length, String frequency, String first) {
        Series series = table.series().get(0);
        assertThat(table.frequency().name()).isEqualTo(frequency);
        assertThat(series.length()).isEqualTo(length);
        assertThat(table.text(series.time(0))).startsWith(first);
        for (int i = 0; i < length; i++) {
            assertThat(series.value(i)).isEqualTo(value(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FY%d", "FY %d", "fy-%d"})
    void yearsOfAccountsAreYears(String form) {
        holds(read(rows("year,v", 25, i -> String.format(Locale.ROOT, form, 1998 + i))), 25, "year", "1998");
        holds(read(rows("year,v", 25, i -> String.format(Locale.ROOT, "FY%02d", (90 + i) % 100))), 25, "year", "1990");
    }

    @ParameterizedTest
    @CsvSource({"%d T%d", "%d-T%d", "%dt%d"})
    void quartersOfOtherTonguesAreQuarters(String form) {
        holds(
                read(rows("quarter,v", 30, i -> String.format(Locale.ROOT, form, 2010 + i / 4, 1 + i % 4))),
                30,
                "quarter",
                "2010");
    }

    @Test
    void monthsBehindALetterAndWeekdaysBeforeDatesAndDaysOfYears() {
        holds(
                read(rows("m,v", 30, i -> String.format(Locale.ROOT, "%d-M%02d", 2010 + i / 12, 1 + i % 12))),
                30,
                "month",
                "2010-01");
        LocalDate begin = LocalDate.of(2023, 11, 20);
        DateTimeFormatter us = DateTimeFormatter.ofPattern("EEE MM/dd/uuuu", Locale.ENGLISH);
        holds(read(rows("date,v", 60, i -> us.format(begin.plusDays(i)))), 60, "day", "2023-11-20");
        DateTimeFormatter ordinal = DateTimeFormatter.ofPattern("uuuu-DDD", Locale.ROOT);
        holds(read(rows("date,v", 60, i -> ordinal.format(begin.plusDays(i)))), 60, "day", "2023-11-20");
    }

    /** A row a series under the names of its columns. */
    private static String wide(List<String> names) {
        StringBuilder text = new StringBuilder("sku," + String.join(",", names) + "\n");
        for (int row = 0; row < 3; row++) {
            int of = row;
            text.append("sku").append(row);
            IntStream.range(0, names.size()).forEach(i -> text.append(',').append(value(i) + of));
            text.append('\n');
        }
        return text.toString();
    }

    private static List<String> names(int count, IntFunction<String> name, IntPredicate there) {
        return new ArrayList<>(
                IntStream.range(0, count).filter(there).mapToObj(name).toList());
    }

    private static String week(int i) {
        LocalDate monday = LocalDate.of(2020, 1, 6).plusWeeks(i);
        return String.format(
                Locale.ROOT,
                "%d%02d",
                monday.get(IsoFields.WEEK_BASED_YEAR),
                monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private static String month(int i) {
        return String.format(Locale.ROOT, "%d%02d", 2018 + i / 12, 1 + i % 12);
    }

    @Test
    void weeksAndMonthsBehindTheirYearsAreTheNamesOfColumns() {
        holds(read(wide(names(70, TableNeighboursTest::week, i -> true))), 70, "week", "2020-01-06");
        holds(read(wide(names(30, TableNeighboursTest::month, i -> true))), 30, "month", "2018-01");
    }

    /** What follows a break was left out without a word. */
    @Test
    void aBreakAmongTheNamesOfColumnsIsSaid() {
        for (List<String> broken : List.of(
                names(30, i -> "" + (1990 + i), i -> i != 11),
                names(40, i -> "d_" + (i + 1), i -> i < 17 || i > 18),
                names(40, TableNeighboursTest::month, i -> i != 20),
                names(60, TableNeighboursTest::week, i -> i < 30 || i > 33))) {
            assertThatThrownBy(() -> read(wide(broken)))
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining("with a break between them");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "year, 12, %d, months of a year",
        "year, 12, m%d, months of a year",
        "month, 31, %d, days of a month",
        "month, 31, day_%d, days of a month",
        "date, 24, %d, hours of a day",
        "date, 24, HE%d, hours of a day",
        "date, 24, %02d:00, hours of a day",
    })
    void columnsThatArePartsOfTheRowsTimesAreAskedAbout(String time, int parts, String form, String question) {
        int from = form.contains(":") ? 0 : 1;
        StringBuilder text = new StringBuilder(time);
        IntStream.range(0, parts).forEach(p -> text.append(',').append(String.format(Locale.ROOT, form, p + from)));
        for (int row = 0; row < 12; row++) {
            LocalDate day = LocalDate.of(2012, 1, 1);
            text.append('\n')
                    .append(
                            switch (time) {
                                case "year" -> "" + (2012 + row);
                                case "month" -> day.plusMonths(row).toString().substring(0, 7);
                                default -> day.plusDays(row).toString();
                            });
            IntStream.range(0, parts).forEach(p -> text.append(",").append(value(p)));
        }
        assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(question)
                .hasMessageContaining("`layout` columns");
    }

    @Test
    void aCalendarMayBeginWithTheNewestYear() {
        StringBuilder text = new StringBuilder("Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec\n");
        for (int year = 4; year >= 0; year--) {
            text.append(2018 + year);
            for (int m = 0; m < 12; m++) {
                text.append(',').append(value(12 * year + m));
            }
            text.append('\n');
        }
        Table table = read(text.toString());
        holds(table, 60, "month", "2018-01");
        assertThat(table.notes()).anyMatch(note -> note.contains("newest year stands first"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999", "-9999", "-9999.0", "-99999", "-999.9"})
    void aNumberFarFromAllOthersStandsForNothing(String mark) {
        String table = "date,v\n"
                + IntStream.range(0, 40)
                        .mapToObj(i -> LocalDate.of(2023, 1, 1).plusDays(i) + ","
                                + (i == 7 || i == 8 ? mark : "" + (value(i) - 105)) + "\n")
                        .collect(Collectors.joining());
        Table read = read(table);
        assertThat(read.series().get(0).value(7)).isNaN();
        assertThat(read.series().get(0).value(8)).isNaN();
        assertThat(read.series().get(0).value(9)).isEqualTo(value(9) - 105);
        assertThat(read.notes()).anyMatch(note -> note.contains("stands in 2 cells") && note.contains("missing"));
    }

    /** Where values come anywhere near it, it is one of them. */
    @Test
    void suchANumberAmongItsLikeIsAValue() {
        Table read = read("date,v\n"
                + IntStream.range(0, 40)
                        .mapToObj(i -> LocalDate.of(2023, 1, 1).plusDays(i) + "," + (i == 7 ? -999 : -20 * i) + "\n")
                        .collect(Collectors.joining()));
        assertThat(read.series().get(0).value(7)).isEqualTo(-999);
    }

    @Test
    void columnsOfNumbersThatTellSeriesApartAreAskedAbout() {
        String text = "k,date,v\n"
                + IntStream.range(0, 90)
                        .mapToObj(i -> (101 + 103 * (i / 30)) + ","
                                + LocalDate.of(2023, 1, 1).plusDays(i % 30) + "," + value(i) + "\n")
                        .collect(Collectors.joining());
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("if \"k\" tells series apart, give `group` k");
    }
}
