package dev.namaskar.series.table;

import static dev.namaskar.series.table.WrittenTables.read;
import static dev.namaskar.series.table.WrittenTables.refused;
import static dev.namaskar.series.table.WrittenTables.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that were read as something else once: marks for nothing, divided numbers, turned calendars, other encodings. */
class HardTablesTest {
    private static final String MONTHS = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec";

    private static String cell(int i) {
        return String.format(Locale.ROOT, "%.1f", value(i));
    }

    private static String row(int from, int to, IntFunction<String> cell) {
        return IntStream.range(from, to).mapToObj(cell).collect(Collectors.joining(","));
    }

    private static String daily(String heading, IntFunction<String> rest) {
        return heading + "\n"
                + IntStream.range(0, 60)
                        .mapToObj(i -> LocalDate.of(2021, 1, 1).plusDays(i) + rest.apply(i) + "\n")
                        .collect(Collectors.joining());
    }

    private static void holds(Series series, int missingEvery) {
        for (int i = 0; i < series.length(); i++) {
            double expected = missingEvery > 0 && i % missingEvery == 5 ? Double.NaN : value(i);
            assertThat(series.raw()[i]).isEqualTo(Double.valueOf(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999", "-9999.0", "9999", "99999", "-99.99"})
    void aMarkForNothingIsNoValueInAnyShape(String mark) {
        IntFunction<String> marked = i -> i % 11 == 5 ? mark : cell(i);
        Table rows = read("id," + row(1, 41, i -> "V" + i) + "\nA," + row(0, 40, marked) + "\nB," + row(0, 40, marked)
                + "\nC," + row(0, 40, HardTablesTest::cell) + "\n");
        holds(rows.series().get(1), 11);
        holds(rows.series().get(2), 0);
        assertThat(rows.notes()).anyMatch(note -> note.contains("8 cells") && note.contains("missing value"));
        holds(
                read("A," + row(0, 40, marked) + "\nB," + row(0, 40, marked) + "\n")
                        .series()
                        .get(0),
                11);
        holds(
                read("name," + row(1980, 2020, i -> "" + i) + "\nA," + row(0, 40, marked) + "\n")
                        .series()
                        .get(0),
                11);
        holds(
                read("Year," + MONTHS + "\n2001," + row(0, 12, marked) + "\n2002," + row(12, 24, marked) + "\n2003,"
                                + row(24, 36, marked) + "\n")
                        .series()
                        .get(0),
                11);
        holds(
                read("@relation x\n@attribute name string\n@frequency monthly\n@data\nA:" + row(0, 40, marked) + "\n")
                        .series()
                        .get(0),
                11);
        holds(read(daily("date,v", i -> "," + marked.apply(i))).series().get(0), 11);
    }

    /** A series that has nothing else is left out, one whose values come near the mark keeps it. */
    @Test
    void eachSeriesIsJudgedByItsOwnValues() {
        Table table = read("id," + row(1, 11, i -> "V" + i) + "\nA," + row(0, 10, i -> i == 4 ? "-999" : cell(i))
                + "\nB," + row(0, 10, i -> "-999") + "\nC," + row(0, 10, i -> i == 4 ? "-999" : "" + -120 * i) + "\n");
        assertThat(table.series()).extracting(Series::id).containsExactly("A", "C");
        assertThat(table.series().get(1).value(4)).isEqualTo(-999);
        assertThat(table.notes()).anyMatch(note -> note.contains("not in 1 series"));
        assertThat(read(daily("date,v", i -> "," + (i == 7 ? 99 : i % 9)))
                        .series()
                        .get(0)
                        .value(7))
                .isEqualTo(99);
        assertThat(read(daily("date,v", i -> "," + (i == 7 ? 9999 : 900 + 30 * i)))
                        .series()
                        .get(0)
                        .value(7))
                .isEqualTo(9999);
    }

    @Test
    void numbersThatAreNotOfOneKindAreRefused() {
        refused(daily("date,v", i -> "," + (i % 2 == 0 ? cell(i) + "%" : "0." + i)), "30 numbers have a percent sign");
        refused(daily("date,v", i -> "," + (i % 2 == 0 ? "$" : "€") + cell(i)), "in $ and others in €");
        holds(read(daily("date,v", i -> ",$" + cell(i))).series().get(0), 0);
    }

    /** A decimal comma without quotes makes two cells of a number; the second is not the series. */
    @Test
    void dividedNumbersAreRefused() {
        refused(daily("date,v", i -> "," + i % 7 + "," + (10 + i % 90)), "decimal commas");
        holds(read(daily("v,w", i -> "," + cell(i) + ",1")).series().get(0), 0);
    }

    @ParameterizedTest
    @CsvSource({"12,month", "4,quarter"})
    void aRowAMonthAndAColumnAYearIsOneSeries(int parts, String step) {
        String[] names = parts == 12 ? MONTHS.split(",", -1) : new String[] {"Q1", "Q2", "Q3", "Q4"};
        StringBuilder text = new StringBuilder("part,2019,2020,2021,2022\n");
        for (int p = 0; p < parts; p++) {
            int part = p;
            text.append(names[p])
                    .append(',')
                    .append(row(0, 4, y -> cell(y * parts + part)))
                    .append('\n');
        }
        Table table = read(text + "Total,1,2,3,4\n");
        assertThat(table.frequency().name()).isEqualTo(step);
        assertThat(table.series()).hasSize(1);
        assertThat(table.series().get(0).length()).isEqualTo(4 * parts);
        assertThat(table.text(table.series().get(0).time(0))).startsWith("2019-01");
        holds(table.series().get(0), 0);
        assertThat(table.notes()).anyMatch(note -> note.contains("exchanged"));
        String body = text.substring(text.indexOf("\n") + 1);
        refused(
                "item,part,2019,2020,2021,2022\n" + body.replaceAll("(?m)^", "a,") + body.replaceAll("(?m)^", "b,"),
                "a row a year and a column a month");
    }

    @Test
    void twelveNamelessColumnsBehindYearsAreAskedAbout() {
        refused(
                row(
                        0,
                        1,
                        i -> "2001," + row(0, 12, HardTablesTest::cell) + "\n2002," + row(12, 24, HardTablesTest::cell)
                                + "\n2003," + row(24, 36, HardTablesTest::cell) + "\n"),
                "look like months");
    }

    /** Statistical offices write the year's mean as a thirteenth month. */
    @Test
    void periodsAreMonthsOfTheirYears() {
        String rows = "";
        for (int i = 0; i < 36; i++) {
            rows += String.format(Locale.ROOT, "CU,%d,M%02d,%s\n", 2015 + i / 12, 1 + i % 12, cell(i));
        }
        Table table = read("id,Year,Period,Value\n" + rows);
        assertThat(table.series()).hasSize(1);
        assertThat(table.frequency().name()).isEqualTo("month");
        holds(table.series().get(0), 0);
        Table means = read("id,Year,Period,Value\n" + rows + "CU,2017,M13,110\nCU,2018,M01,110\n");
        assertThat(means.series().get(0).length()).isEqualTo(37);
    }

    @Test
    void whatMerelyAscendsAlongTheRowsIsNoSeries() {
        for (String name : new String[] {"Time (s)", "age_kyr"}) {
            Table table = read(name + ",v\n"
                    + IntStream.range(0, 40)
                            .mapToObj(i -> i * 0.5 + "," + cell(i) + "\n")
                            .collect(Collectors.joining()));
            assertThat(table.series()).hasSize(1);
            holds(table.series().get(0), 0);
            assertThat(table.notes()).anyMatch(note -> note.contains("not taken for values"));
        }
    }

    @Test
    void columnsOfWordsAndRowsOfTotalsAreNamed() {
        assertThat(read(daily("date,v,remark", i -> "," + cell(i) + (i % 3 == 0 ? ",wet" : ",dry")))
                        .notes())
                .anyMatch(note -> note.contains("left out") && note.contains("\"remark\""));
        assertThat(read("item," + row(2000, 2020, i -> "" + i) + "\nA," + row(0, 20, HardTablesTest::cell) + "\nTotal,"
                                + row(0, 20, HardTablesTest::cell) + "\n")
                        .notes())
                .anyMatch(note -> note.contains("\"Total\" is read as a series"));
    }

    @Test
    void namesInTwoRowsOfWhichTheLastAreBlank() {
        Table table = read(daily("date,Sales,,Cost,\n,North,South,North,South", i -> "," + cell(i) + ",1,2,3"));
        assertThat(table.series())
                .extracting(Series::id)
                .containsExactly("Sales/North", "Sales/South", "Cost/North", "Cost/South");
        holds(table.series().get(0), 0);
    }

    @Test
    void cellsThatSpacesDivide() {
        Table table = read(daily("date        v    w", i -> "   " + cell(i) + "  " + i % 5));
        assertThat(table.series()).extracting(Series::id).containsExactly("v", "w");
        holds(table.series().get(0), 0);
        Table alone = read("sales\n" + "1 234\n2 345\n3 456\n".repeat(10));
        assertThat(alone.series().get(0).value(1)).isEqualTo(2345);
        Table wide = read(daily("date;v", i -> ";1\u202f" + (100 + i) + ",5\u00a0€"));
        assertThat(wide.series().get(0).value(7)).isEqualTo(1107.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "windows-1252", "UTF-8"})
    void readsWhatSpreadsheetsWrite(String charset, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.csv");
        String text = daily("Datum;Köln", i -> ";" + cell(i));
        Files.write(file, text.getBytes(Charset.forName(charset)));
        Table table = Table.read(file);
        assertThat(table.series().get(0).id()).isEqualTo("Köln");
        holds(table.series().get(0), 0);
        assertThat(table.notes().stream().anyMatch(note -> note.contains("Windows-1252")))
                .isEqualTo(charset.equals("windows-1252"));
    }

    @Test
    void whatIsNoTextIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.xlsx");
        Files.write(file, new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0});
        assertThatThrownBy(() -> Table.read(file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("unpack it");
        Files.write(file, new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0, 'x', 'l', '/', 'w'});
        assertThatThrownBy(() -> Table.read(file))
                .isInstanceOf(TableException.class)
                .hasMessageContainingAll("an Excel table (xlsx)", "as CSV");
        Files.write(file, new byte[] {'a', ',', 'b', 0, 0, 0, 0, 0, '1', 7});
        assertThatThrownBy(() -> Table.read(file))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("no text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "windows-1252"})
    void readsWhatGzipCompressed(String charset, @TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("Tag,Köln\n");
        for (int i = 0; i < 30; i++) {
            text.append("2021-01-")
                    .append(i < 9 ? "0" : "")
                    .append(i + 1)
                    .append(',')
                    .append(i)
                    .append('\n');
        }
        Path file = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((charset.equals("UTF-32") ? "\uFEFF" + text : text.toString()).getBytes(charset));
        }
        Table table = Table.read(file);
        assertThat(table.series().get(0).id()).isEqualTo("Köln");
        assertThat(table.series().get(0).raw()[29]).isEqualTo(29);
    }

    /** Months by number, under years, are the calendar too; weeks and days of years have no such reading. */
    @Test
    void numberedPartsOfYears() {
        StringBuilder text = new StringBuilder("Month,2019,2020,2021\n");
        for (int m = 0; m < 12; m++) {
            int month = m;
            text.append(m + 1)
                    .append(',')
                    .append(row(0, 3, y -> cell(12 * y + month)))
                    .append('\n');
        }
        Table table = read(text.toString());
        assertThat(table.series()).hasSize(1);
        holds(table.series().get(0), 0);
        for (String name : new String[] {"Week", "Day"}) {
            String rows = IntStream.range(0, 52)
                    .mapToObj(w -> (w + 1) + "," + cell(w) + "," + cell(w + 52) + "," + cell(w + 104) + "\n")
                    .collect(Collectors.joining());
            refused(name + ",2019,2020,2021\n" + rows, "a column a year");
        }
        refused(
                "Year," + row(1, 53, i -> "W" + i) + "\n2001," + row(0, 52, HardTablesTest::cell) + "\n2002,"
                        + row(0, 52, HardTablesTest::cell) + "\n",
                "weeks of a year");
        refused(
                IntStream.range(0, 30)
                        .mapToObj(i -> (2001 + i / 12) + "," + (1 + i % 12) + "," + cell(i) + "\n")
                        .collect(Collectors.joining()),
                "look like years and months");
    }

    @Test
    void placesOnAMapNameNoSeriesAndWeekdaysAreNone() {
        Table map = read("Province,Country,Lat," + row(2000, 2020, i -> "" + i) + "\nA,X,30.5,"
                + row(0, 20, HardTablesTest::cell) + "\nB,X,31.5," + row(0, 20, HardTablesTest::cell) + "\n,Y,32.5,"
                + row(0, 20, HardTablesTest::cell) + "\n,Z,33.5," + row(0, 20, HardTablesTest::cell) + "\n");
        assertThat(map.series()).extracting(Series::id).containsExactly("A/X", "B/X", "Y", "Z");
        Table days = read("weekday,v\n"
                + IntStream.range(0, 40)
                        .mapToObj(i -> (1 + i % 7) + "," + cell(i) + "\n")
                        .collect(Collectors.joining()));
        assertThat(days.series()).extracting(Series::id).containsExactly("v");
        Table padded = read("id," + row(1, 41, i -> "V" + i) + "\nA," + row(0, 40, i -> i < 30 ? cell(i) : "-1")
                + "\nB," + row(0, 40, i -> i == 7 ? "-1" : "" + (i - 3)) + "\n");
        assertThat(padded.series().get(0).length()).isEqualTo(30);
        assertThat(padded.series().get(1).value(7)).isEqualTo(-1);
    }
}
