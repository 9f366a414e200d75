package dev.namaskar.series.table;

import static dev.namaskar.series.table.WrittenTables.read;
import static dev.namaskar.series.table.WrittenTables.refused;
import static dev.namaskar.series.table.WrittenTables.rows;
import static dev.namaskar.series.table.WrittenTables.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as observatories, accountants, power exchanges and offices write them, which were read as something else once. */
class ForeignTablesTest {
    private static final LocalDate START = LocalDate.of(2021, 1, 1);

    private static String timed(String heading, int count, IntFunction<String> time) {
        return heading + "\n" + rows(count, i -> time.apply(i) + "," + value(i));
    }

    /** One series with these values and nothing else. */
    private static Table holds(String text, int count, String frequency, String first, String last) {
        Table table = read(text);
        assertThat(table.series()).hasSize(1);
        Series series = table.series().get(0);
        assertThat(table.frequency().name()).isEqualTo(frequency);
        assertThat(series.length()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(series.raw()[i]).isEqualTo(value(i));
        }
        assertThat(table.text(series.time(0))).isEqualTo(first);
        assertThat(table.text(series.time(count - 1))).isEqualTo(last);
        return table;
    }

    @ParameterizedTest
    @CsvSource({"JD,2459215.5", "Julian Date,2459215.5", "HJD,2459215.5", "MJD,59215", "mjd (days),59215"})
    void astronomersCountDays(String name, double first) {
        holds(timed(name + ",flux", 60, i -> "" + (first + i)), 60, "day", "2021-01-01", "2021-03-01");
        refused(timed(name + ",flux", 60, i -> "" + (first + i + (i > 30 ? 5 : 0))), "5 steps missing of day");
    }

    /** A hole in what counts the rows is no reason to forecast the count. */
    @Test
    void whatAscendsLikeATimeIsAskedAbout() {
        IntFunction<String> count = i -> "" + (70_000 + i + (i > 30 ? 5 : 0));
        refused(timed("pulse,v", 60, count), "\"pulse\"", "`time` pulse", "`target`");
        refused("v,pulse\n" + rows(60, i -> value(i) + "," + count.apply(i)), "`time` pulse");
        holds(
                "v,when\n" + rows(60, i -> value(i) + "," + (1_609_459_200L + 60L * i)),
                60,
                "minute",
                "2021-01-01T00:00Z",
                "2021-01-01T00:59Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"year,doy", "Year,Day_of_Year", "YYYY,JDAY"})
    void daysOfTheYearStandBesideIt(String names) {
        IntFunction<String> day =
                i -> START.plusDays(i).getYear() + "," + START.plusDays(i).getDayOfYear();
        holds(timed(names + ",v", 400, day), 400, "day", "2021-01-01", "2022-02-04");
        String hours = names + ",hour,v\n" + rows(24 * 3, i -> "2021," + (i / 24 + 1) + "," + i % 24 + "," + value(i));
        holds(hours, 72, "hour", "2021-01-01T00:00", "2021-01-03T23:00");
    }

    @ParameterizedTest
    @CsvSource({"yyyyMMdd,STN", "ddMMyyyy,date", "MMddyyyy,date", "yyyyDDD,date"})
    void digitsAloneAreDates(String pattern, String name) {
        DateTimeFormatter written = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT);
        String heading = name.equals("date") ? "date,v" : "STN,TAG,v";
        String before = name.equals("date") ? "" : "260,";
        Table table = read(timed(heading, 100, i -> before + START.plusDays(i).format(written)));
        Series series = table.series().get(table.series().size() - 1);
        assertThat(table.frequency().name()).isEqualTo("day");
        assertThat(table.text(series.time(99))).isEqualTo("2021-04-10");
        assertThat(table.series()).extracting(Series::id).doesNotContain("TAG", "date");
    }

    @Test
    void daysWithTwoDigitsOfTheirYearAreAskedAbout() {
        DateTimeFormatter written = DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT);
        refused(timed("date,v", 20, i -> START.plusDays(i).format(written)), "yyyyww or yyMMdd");
        for (String days : new String[] {"dd MMM", "MMM dd", "dd-MMM"}) {
            DateTimeFormatter named = DateTimeFormatter.ofPattern(days, Locale.ENGLISH);
            refused(timed("date,v", 28, i -> START.plusDays(i).format(named)), "days without a year");
        }
        holds(
                timed(
                        "month,v",
                        40,
                        i -> START.plusMonths(i).format(DateTimeFormatter.ofPattern("MMM-uu", Locale.ENGLISH))),
                40,
                "month",
                "2021-01-01",
                "2024-04-01");
    }

    @Test
    void spreadsheetDaysMayHaveDecimalCommas() {
        String text = "Datum;Wert\n"
                + rows(
                        60,
                        i -> String.format(Locale.ROOT, "%.5f;%.1f", 44_197 + i / 24.0, value(i))
                                .replace('.', ','));
        holds(text, 60, "hour", "2021-01-01T00:00", "2021-01-03T11:00");
        refused(timed("date,v", 60, i -> "" + (22_281 + i)), "days of a spreadsheet in 1960", "`time-format`");
        assertThat(read(timed("date,v", 600, i -> "" + (21_000 + 30 * i))).timed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'FY,Q,v',FY%d,Q%d,4,quarter,2027-04-01",
        "'Fiscal Year,Quarter,v',20%d,Q%d,4,quarter,2027-04-01",
        "'FY,Qtr,v',20%d,%d,4,quarter,2027-04-01",
        "'fiscal_year,fiscal_quarter,v',FY20%d,FQ%d,4,quarter,2027-04-01",
        "'FY,Period,v',FY%d,P%02d,12,month,2022-06-01",
        "'annee,semaine,v',20%d,S%02d,52,week,2020-07-20"
    })
    void yearsOfAccountsHaveParts(String names, String year, String part, int parts, String step, String last) {
        IntFunction<String> time =
                i -> String.format(Locale.ROOT, year, 20 + i / parts) + "," + String.format(part, i % parts + 1);
        String first = step.equals("week") ? "2019-12-30" : "2020-01-01";
        holds(timed(names, 30, time), 30, step, first, last);
    }

    @Test
    void partsOfYearsTellNoSeriesApart() {
        String[] months = {"Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"};
        refused(
                timed("fiscal_year,month,v", 36, i -> (2019 + i / 12) + "-" + (20 + i / 12) + "," + months[i % 12]),
                "which month such a year begins with",
                "P01");
        refused(
                timed("Jahrgang,Abschnitt,v", 32, i -> (2019 + i / 4) + "-12-31,Q" + (i % 4 + 1)),
                "parts of a year",
                "`time` Jahrgang,Abschnitt",
                "`group` Abschnitt");
    }

    @ParameterizedTest
    @CsvSource({"Settlement Period,48,30min", "Period,96,15min", "HH,48,30min"})
    void powerIsSoldByPartsOfTheDay(String name, int parts, String step) {
        int count = 4 * parts;
        String last = parts == 48 ? "2021-01-04T23:30" : "2021-01-04T23:45";
        holds(
                timed("Date," + name + ",v", count, i -> START.plusDays(i / parts) + "," + (i % parts + 1)),
                count,
                step,
                "2021-01-01T00:00",
                last);
    }

    @Test
    void mergedCellsAreToBeFilled() {
        refused(
                "store,date,v\n"
                        + rows(
                                80,
                                i -> (i == 0 ? "North" : i == 40 ? "South" : "") + "," + START.plusDays(i % 40) + ","
                                        + value(i)),
                "merged cells",
                "`group` store");
        refused(
                timed("year,month,v", 48, i -> (i % 12 == 0 ? "" + (2015 + i / 12) : "") + "," + (i % 12 + 1)),
                "no \"year\"");
    }

    @Test
    void twoTablesSideBySideAreTwo() {
        String heading = "date,v,,date,w\n";
        refused(
                heading + rows(40, i -> START.plusDays(i) + "," + value(i) + ",," + START.plusDays(90 + i) + ",1"),
                "line 2",
                "two tables side by side");
        assertThat(read(heading
                                + rows(
                                        40,
                                        i -> START.plusDays(i) + "," + value(i) + ",," + START.plusDays(i) + "," + i))
                        .series())
                .hasSize(2);
        assertThat(read("start_date,end_date,v\n"
                                + rows(40, i -> START.plusDays(i) + "," + START.plusDays(i + 1) + "," + value(i)))
                        .series())
                .hasSize(1);
    }

    @Test
    void totalsAmongDatedColumnsAreToBeTakenOut() {
        String names = IntStream.range(0, 36)
                .mapToObj(i -> START.plusMonths(i).toString().substring(0, 7) + (i % 12 == 11 ? ",Total" + i : ""))
                .collect(Collectors.joining(","));
        String cells = IntStream.range(0, 39).mapToObj(i -> "" + value(i)).collect(Collectors.joining(","));
        refused("product," + names + "\nA," + cells + "\nB," + cells + "\n", "\"Total11\"", "`layout` columns");
    }

    @Test
    void nakedNumbersAreAskedAbout() {
        String wide = IntStream.range(0, 50).mapToObj(i -> "" + value(i)).collect(Collectors.joining(","));
        refused((wide + "\n").repeat(3), "3 rows of 50 numbers", "`layout` rows");
        refused(rows(40, i -> ("" + value(i)).replace('.', ',')), "decimal commas or two columns", "`delimiter`");
        assertThat(read(rows(40, i -> i * 7 % 30 + "," + (i + 100))).series()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " (p)", "(R)", " p", "**", "†"})
    void marksBehindNumbersAreRemarks(String mark) {
        IntFunction<String> cell = i -> value(i) + (i > 44 ? mark : "");
        Table table = holds(
                "year,v\n" + rows(48, i -> (1970 + i) + "," + cell.apply(i)), 48, "year", "1970-01-01", "2017-01-01");
        assertThat(table.notes()).anyMatch(note -> note.contains("3 numbers have a mark behind"));
        refused("year,v\n" + rows(48, i -> (1970 + i) + "," + value(i) + (i > 44 ? " K" : "")), "not numbers");
    }

    @Test
    void officesMarkNothingByColonsAndStars() {
        for (String nothing : new String[] {":", ": ", ": c", "***"}) {
            Table table = read("geo\tx\t"
                    + IntStream.range(0, 30).mapToObj(i -> "" + (1980 + i)).collect(Collectors.joining("\t"))
                    + "\nDE\tA\t"
                    + IntStream.range(0, 30)
                            .mapToObj(i -> i == 7 ? nothing : value(i) + (i > 28 ? " p" : " "))
                            .collect(Collectors.joining("\t"))
                    + "\n");
            assertThat(table.series().get(0).raw()[7]).isNaN();
            assertThat(table.series().get(0).raw()[29]).isEqualTo(value(29));
        }
    }

    @Test
    void firstsOfMonthsInALongTableAreMonths() {
        Table table = read("Date,Region,v\n"
                + rows(
                        96,
                        i -> START.plusMonths(i % 48).format(DateTimeFormatter.ofPattern("dd/MM/uuuu")) + ","
                                + (i < 48 ? "Aber" : "Bath") + "," + value(i)));
        assertThat(table.frequency().name()).isEqualTo("month");
        assertThat(table.series()).hasSize(2);
    }

    @Test
    void clocksMayHavePoints() {
        holds(
                "Date;Time;v\n"
                        + rows(
                                48,
                                i -> "13/01/2021;" + String.format("%02d.%02d.00", i / 2, 30 * (i % 2)) + ";"
                                        + value(i)),
                48,
                "30min",
                "2021-01-13T00:00",
                "2021-01-13T23:30");
        holds(
                timed(
                        "when,v",
                        48,
                        i -> "13/01/2021 " + (i / 2 % 12 == 0 ? 12 : i / 2 % 12) + ":" + (i % 2 == 0 ? "00" : "30")
                                + (i < 24 ? " a. m." : " p.\u00a0m.")),
                48,
                "30min",
                "2021-01-13T00:00",
                "2021-01-13T23:30");
    }

    @Test
    void remarksMayHoldTheNames() {
        Table table = read("# monthly means\n# year month decimal average\n"
                + rows(
                        40,
                        i -> "  " + (2015 + i / 12) + "  " + (i % 12 + 1) + "  " + (2015 + (i + 0.5) / 12) + "  "
                                + value(i)));
        assertThat(table.frequency().name()).isEqualTo("month");
        assertThat(table.series()).extracting(Series::id).containsExactly("average");
    }

    @ParameterizedTest
    @CsvSource({"'[{\"date\":\"2021-01-01\",\"v\":1}]',JSON", "'{\"a\":[1,2]}',JSON", "<html><table><tr><td>1</td>,HTML"
    })
    void otherFormatsAreNamed(String text, String kind) {
        refused(text + "\n", kind, "CSV");
    }

    /** A model keeps the notation of its table; one that is written otherwise needs another word than "blank". */
    @Test
    void theOtherDecimalMarkIsNamed() {
        TableFormat english = TableFormat.AUTO.marks(';', '.');
        String text = "date;v\n" + rows(30, i -> START.plusDays(i) + ";" + ("" + value(i)).replace('.', ','));
        assertThatThrownBy(() -> TableReader.read(new StringReader(text), "t.csv", english))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("30 cells are not numbers")
                .hasMessageContaining("give `decimal` ,");
        refused(
                "date,v\n" + rows(30, i -> START.plusDays(i) + "," + (i == 7 ? "many" : "" + value(i))),
                "`non-numeric` blank)");
    }

    @Test
    void seriesThatEndBeforeTheOthersAreNamed() {
        Table table = read("date,a,b\n"
                + rows(40, i -> START.plusDays(i) + "," + (i < 36 ? "" + value(i) : "") + "," + value(i)));
        assertThat(table.series().get(0).length()).isEqualTo(36);
        assertThat(table.notes())
                .anyMatch(note -> note.startsWith("1 of 2 series ends before the last row, \"a\" at 2021-02-05"));
        assertThat(read("date,a,b\n" + rows(40, i -> START.plusDays(i) + "," + value(i) + "," + i))
                        .notes())
                .noneMatch(note -> note.contains("before the last row"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "e", " (p)", "F"})
    void marksBehindTheNamesOfColumnsEndNoTable(String mark) {
        IntFunction<String> year = i -> (2000 + i) + (i > 17 ? mark : "");
        String cells = IntStream.range(0, 20).mapToObj(i -> "" + value(i)).collect(Collectors.joining(","));
        String rows = "\nA," + cells + "\nB," + cells + "\nC," + cells + "\n";
        refused(
                "country," + IntStream.range(0, 20).mapToObj(year).collect(Collectors.joining(",")) + rows,
                "\"2018" + mark + "\" goes on",
                "take the mark off");
        String twice = IntStream.range(0, 10)
                .mapToObj(i -> (2000 + i) + "," + (2000 + i) + " %")
                .collect(Collectors.joining(","));
        refused("country," + twice + rows, "line 1 looks like the names of columns");
        assertThat(read("country,"
                                + IntStream.range(2000, 2020)
                                        .mapToObj(i -> "" + i)
                                        .collect(Collectors.joining(",")) + rows)
                        .series())
                .hasSize(3);
    }

    @Test
    void monthsUnderTheirYearsWithTotalsAreNoSeries() {
        String[] months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        refused(
                "Row Labels,Sum of Sales\n"
                        + rows(
                                48,
                                i -> (i % 12 == 0 ? (2015 + i / 12) + ",1234\n" : "") + months[i % 12] + "," + value(i))
                        + "Grand Total,5000\n",
                "months without their years");
    }
}
