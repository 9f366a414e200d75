package dev.namaskar.series.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes of tables: what stands above, below and beside the values, and which way they run. */
class TableShapesTest {
    private static final TableFormat AUTO = TableFormat.AUTO;
    private static final int DAYS = 30;

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

    /** So many rows of days and further cells. */
    private static String days(int rows, IntFunction<String> cells) {
        return IntStream.range(0, rows)
                .mapToObj(i -> LocalDate.of(2023, 1, 1).plusDays(i) + "," + cells.apply(i) + "\n")
                .collect(Collectors.joining());
    }

    private static String value(int i) {
        return (10 + i * i % 17) + "." + i % 10;
    }

    private static void isThePlainTable(Table table, String id) {
        Series series = table.series(id);
        assertThat(table.series()).hasSize(1);
        assertThat(table.frequency().name()).isEqualTo("day");
        assertThat(series.length()).isEqualTo(DAYS);
        for (int i = 0; i < DAYS; i++) {
            assertThat(series.value(i)).isEqualTo(Double.parseDouble(value(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# exported 2024-01-01\n",
                "# exported\n# by a machine\n#\n",
                "sep=,\n",
                "Sales report\n",
                "Sales report\n\nGenerated: 2024-01-01\n\n",
                "Sales report,\nStation,Berlin\n",
                "Station,10384\n",
                "Station,Berlin\nHeight,34\n",
                "\n\n\n",
                "// a remark\n",
            })
    void findsTheTableBelowAPreamble(String preamble) {
        isThePlainTable(read(preamble + "date,y\n" + days(DAYS, TableShapesTest::value)), "y");
    }

    @Test
    void skipsLinesThatAreToBeSkipped() {
        String text = "a,b\n1,2\n3,4\ndate,y\n" + days(DAYS, TableShapesTest::value);
        isThePlainTable(read(text, AUTO.skip(3)), "y");
        assertThatThrownBy(() -> read("date,y\n" + days(3, TableShapesTest::value), AUTO.skip(9)))
                .hasMessageContaining("behind the 9 lines skipped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\n,\n,\n",
                "\n\n",
                "Total,3000\n",
                "Total,\n",
                "\nSource: somebody\n",
                ",3000\n",
                "Mean,5\nMax,9\n",
                "Note: values of 2023 are provisional\n",
                "TOTAL,\"3,000\"\n\n"
            })
    void endsTheTableAboveAFooter(String footer) {
        isThePlainTable(read("date,y\n" + days(DAYS, TableShapesTest::value) + footer), "y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date,y,\n|%s,\n",
                "date,y,,\n|%s,,\n",
                "date,y\n|%s,\n",
                "Unnamed: 0,date,y\n|#,%s\n",
                ",date,y\n|#,%s\n",
                "\"date\",\"y\"\n|\"#\",%s\n",
                "index,date,y\n|#,%s\n",
                "id,date,y\n|7,%s\n",
                "row_id,date,y\n|#,%s\n",
                "# date,y\n|%s\n",
                " date , y \n|%s\n",
                "date,year,month,y\n|!,%s\n"
            })
    void columnsThatHoldNoValuesAreNoSeries(String shape) {
        String[] parts = shape.split("\\|", -1);
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 0; i < DAYS; i++) {
            LocalDate day = LocalDate.of(2023, 1, 1).plusDays(i);
            String row = parts[1].replace("#", "" + (i + 1));
            text.append(
                    row.startsWith("!")
                            ? day + "," + day.getYear() + "," + day.getMonthValue() + "," + value(i) + "\n"
                            : row.replace("%s", day + "," + value(i)));
        }
        isThePlainTable(read(text.toString()), "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date,load,temp!,MW,degC | load | temp",
                "date,load,temp!(UTC),(MW),(degC) | load | temp",
                "date,load,temp!-,MW,- | load | temp",
                "Price,Close,High!Ticker,AAPL,AAPL!Date,, | Close/AAPL | High/AAPL",
                "Price,Close,Close!Ticker,AAPL,MSFT!Date,, | AAPL | MSFT",
                "Energy report,,!date,load,temp | load | temp",
            })
    void readsTwoRowsOfNames(String header, String first, String second) {
        Table table = read(header.trim().replace('!', '\n') + "\n" + days(DAYS, i -> i + "," + 3 * i));
        assertThat(table.series()).extracting(Series::id).containsExactly(first.trim(), second.trim());
        assertThat(table.series(second.trim()).value(DAYS - 1)).isEqualTo(3 * (DAYS - 1));
    }

    @Test
    void namesThatReachOverSeveralColumnsAreJoined() {
        Table table =
                read(",Load,,Temp\nDate,North,South,North\n" + days(DAYS, i -> i + "," + value(i) + "," + value(i)));
        assertThat(table.series()).extracting(Series::id).containsExactly("Load/North", "Load/South", "Temp/North");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "index", "Unnamed: 0", "", "n", "obs", "row", "x", "step"})
    void countingColumnsAreTimesAndNoTargets(String name) {
        String text = name + ",y\n"
                + IntStream.range(0, 40)
                        .mapToObj(i -> i + "," + value(i) + "\n")
                        .collect(Collectors.joining());
        Table table = read(text);
        assertThat(table.series()).extracting(Series::id).containsExactly("y");
        assertThat(table.series("y").length()).isEqualTo(40);
    }

    @Test
    void namesThatStandAgainInTheMiddleAreNoRow() {
        isThePlainTable(
                read("date,y\n" + days(10, TableShapesTest::value) + "date,y\n"
                        + days(DAYS, TableShapesTest::value).lines().skip(10).collect(Collectors.joining("\n"))),
                "y");
    }

    @Test
    void findsTheColumnsThatTellSeriesApart() {
        Random random = new Random(5);
        StringBuilder two = new StringBuilder("date,store,item,state,weather,sales\n");
        for (String store : List.of("A", "B")) {
            for (String item : List.of("p", "q")) {
                two.append(days(
                        DAYS,
                        i -> store + "," + item + ",TX," + (random.nextBoolean() ? "sun" : "rain") + "," + value(i)));
            }
        }
        Table table = read(two.toString());
        assertThat(table.series()).extracting(Series::id).containsExactly("A/p", "A/q", "B/p", "B/q");
        assertThat(table.format().roles().group()).containsExactly("store", "item");
        assertThat(read(two.toString(), AUTO.group("item", "store")).series())
                .extracting(Series::id)
                .contains("q/B");

        String numbers = two.toString()
                .replace("A", "1")
                .replace("B", "2")
                .replace("p,", "1,")
                .replace("q,", "2,");
        assertThatThrownBy(() -> read(numbers))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("`group` store,item")
                .hasMessageContaining("`duplicates`");
    }

    /** A row a series, under times of several kinds, behind one or more names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id | d_1,d_2,d_3,d_4,d_5 | row | 6",
                "id,item,cat | d_1,d_2,d_3,d_4,d_5 | row | 6",
                "Country Name,Country Code | 1960,1961,1962,1963,1964 | year | 1965-01-01",
                "Country Name | 1960 [YR1960],1961 [YR1961],1962 [YR1962],1963 [YR1963],1964 [YR1964] | year |"
                        + " 1965-01-01",
                "country | Y1990,Y1991,Y1992,Y1993,Y1994 | year | 1995-01-01",
                "country | X1990,X1991,X1992,X1993,X1994 | year | 1995-01-01",
                "store,item | 2020-02-27,2020-02-28,2020-02-29,2020-03-01,2020-03-02 | day | 2020-03-03",
                "city,Lat,Long | 1/22/20,1/23/20,1/24/20,1/25/20,1/26/20 | day | 2020-01-27",
                "region | Jan-20,Feb-20,Mar-20,Apr-20,May-20 | month | 2020-06-01",
                "region | 2019Q3,2019Q4,2020Q1,2020Q2,2020Q3 | quarter | 2020-10-01",
                "name | V2,V3,V4,V5,V6 | row | 6",
                "series | 1,2,3,4,5 | row | 6",
                "country | 2004,2003,2002,2001,2000 | year | 2005-01-01",
            })
    void readsARowASeries(String ids, String times, String frequency, String next) {
        StringBuilder text = new StringBuilder(ids.trim() + "," + times.trim() + "\n");
        int names = ids.split(",", -1).length;
        for (int s = 0; s < 6; s++) {
            int series = s;
            text.append("name").append(s);
            for (int n = 1; n < names; n++) {
                text.append(ids.contains("Lat") ? "," + s + ".5" : ",c" + s % 2);
            }
            text.append(IntStream.range(0, 5)
                            .mapToObj(i -> "," + (10 * series + i))
                            .collect(Collectors.joining()))
                    .append("\n");
        }
        Table table = read(text.toString());
        Series last = table.series("name5");
        assertThat(table.series()).hasSize(6);
        assertThat(table.frequency().name()).isEqualTo(frequency.trim());
        assertThat(table.text(last.time(5))).isEqualTo(next.trim());
        double[] expected = {50, 51, 52, 53, 54};
        double[] backwards = {54, 53, 52, 51, 50};
        assertThat(last.values()).containsExactly(times.trim().startsWith("2004") ? backwards : expected);
        assertThat(table.notes()).anyMatch(n -> n.contains("a row each"));
    }

    @Test
    void rowsAreNamedByAllThatTheyNeed() {
        String text =
                "country,indicator,unit,1990,1991,1992\nA,gdp,x,1,2,3\nA,pop,x,4,5,6\nB,gdp,x,7,8,9\nB,pop,x,1,2,3\n";
        assertThat(read(text).series()).extracting(Series::id).containsExactly("A/gdp", "A/pop", "B/gdp", "B/pop");
        assertThatThrownBy(() -> read(text + "B,pop,x,5,5,5\n"))
                .hasMessageContaining("lines 5 and 6 are both called \"B/pop\"")
                .hasMessageContaining("`group`");
        assertThatThrownBy(() -> read("V1,V2,V3\na,1,2\na,3,4\n")).hasMessageContaining("both called \"a\"");
    }

    @Test
    void leadingBlanksOfDatedColumnsLetTheSeriesBeginLater() {
        Table table = read("country,1990,1991,1992,1993\nA,..,..,3,4\nB,1,2,3,\n");
        assertThat(table.text(table.series("A").time(0))).isEqualTo("1992-01-01");
        assertThat(table.series("B").length()).isEqualTo(3);
        assertThat(table.aligned()).isTrue();
    }

    @Test
    void readsYearsByMonths() {
        StringBuilder text = new StringBuilder("Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Annual\n");
        for (int y = 0; y < 5; y++) {
            int year = y;
            text.append(1990 + y)
                    .append(IntStream.range(0, 12)
                            .mapToObj(m -> "," + (year * 12 + m))
                            .collect(Collectors.joining()))
                    .append(",999\n");
        }
        Table table = read(text.toString());
        assertThat(table.series())
                .singleElement()
                .satisfies(s -> assertThat(s.values())
                        .containsExactly(IntStream.range(0, 60).asDoubleStream().toArray()));
        assertThat(table.frequency().name()).isEqualTo("month");
        assertThat(table.notes()).anyMatch(n -> n.contains("Annual"));
        assertThat(read(text.toString(), AUTO.layout(TableFormat.Layout.COLUMNS))
                        .series())
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts,s1,s2,s3", "date,1,2,3", "day,1990,1991,1992", "time,Jan-20,Feb-20,Mar-20"})
    void aColumnOfTimesMakesTheOthersSeries(String header) {
        Table table = read(header + "\n" + days(DAYS, i -> i + "," + value(i) + "," + value(2 * i)));
        assertThat(table.series()).hasSize(3);
        assertThat(table.series().get(0).length()).isEqualTo(DAYS);
    }

    @Test
    void asksWhetherRowsFollowEachOtherOrStandBesideEachOther() {
        String text = "city,people,area\nUlm,1,2\nBonn,3,4\nKiel,5,6\nLeer,8,9\n";
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("`layout` columns")
                .hasMessageContaining("`layout` rows");
        assertThat(read(text, AUTO.layout(TableFormat.Layout.COLUMNS)).series())
                .extracting(Series::id)
                .containsExactly("people", "area");
        assertThat(read(text, AUTO.layout(TableFormat.Layout.ROWS))
                        .series("Kiel")
                        .values())
                .containsExactly(5, 6);
    }

    @Test
    void asksWhetherNamesWithoutTimesAreSeries() {
        String text = "id,v\na,1\na,2\na,3\nb,5\nb,6\nb,7\n";
        assertThatThrownBy(() -> read(text)).hasMessageContaining("`group` id").hasMessageContaining("`target`");
        assertThat(read(text, AUTO.group("id")).series("b").values()).containsExactly(5, 6, 7);
        assertThat(read(text, AUTO.targets(List.of("v"))).series("v").length()).isEqualTo(6);
        assertThatThrownBy(() -> read(text.replace('a', '1').replace('b', '2').replace("id", "store")))
                .hasMessageContaining("`group` store");
    }

    @Test
    void asksWhether24ColumnsAreHours() {
        String text =
                "date" + IntStream.rangeClosed(1, 24).mapToObj(h -> ",H" + h).collect(Collectors.joining()) + "\n"
                        + days(
                                9,
                                i -> IntStream.range(0, 24)
                                        .mapToObj(h -> "" + (h * i % 5))
                                        .collect(Collectors.joining(",")));
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("hours of a day")
                .hasMessageContaining("`layout` columns");
        assertThat(read(text, AUTO.layout(TableFormat.Layout.COLUMNS)).series()).hasSize(24);
    }

    @Test
    void asksAboutAHorizonBeforeTheValues() {
        String text = "t1;12;20.5;21.5;22.5\nt2;12;30.5;31.5;32.5\nt3;12;1.5;2.5;3.5\nt4;6;8.5;9.5;7.5\n";
        assertThatThrownBy(() -> read(text)).hasMessageContaining("`target` #3").hasMessageContaining("#2 if");
        assertThat(read(text, AUTO.targets(List.of("#3"))).series("t1").values())
                .containsExactly(20.5, 21.5, 22.5);
        assertThat(read(text, AUTO.targets(List.of("#2"))).series("t1").values())
                .containsExactly(12, 20.5, 21.5, 22.5);
    }

    @Test
    void readsTheCompetitionsSpreadsheet() {
        String text = """
            Series,N,NF,Category,Starting Year,Starting Month,1,2,3,4,5
            N1402,4,18,MICRO,1990,1,2,4,6,8,
            N1403,5,18,MICRO,1991,1,3,5,7,9,11
            """;
        Table table = read(text);
        assertThat(table.series("N1402").values()).containsExactly(2, 4, 6, 8);
        assertThat(table.series("N1403").values()).containsExactly(3, 5, 7, 9, 11);
    }

    @Test
    void readsTsfFiles() {
        String text = """
            # remark
            @relation x
            @attribute series_name string
            @attribute start_timestamp date
            @frequency monthly
            @horizon 6
            @missing false
            @equallength false
            @data
            T1:1990-01-01 00-00-00:1,2,3
            T2:1991-03-01 00-00-00:5,6
            """;
        Table table = read(text);
        assertThat(table.frequency().name()).isEqualTo("month");
        assertThat(table.text(table.series("T2").time(2))).isEqualTo("1991-05-01");
        Table undated = read("@attribute series_name string\n@frequency quarterly\n@data\nT1:1,2,3\n");
        assertThat(undated.frequency().usualSeason()).isEqualTo(4);
        assertThatThrownBy(() -> read(text + "T1:1990-01-01 00-00-00:1,2,3\n"))
                .hasMessageContaining("\"T1\" stood there before");
        assertThatThrownBy(() -> read(text + "T3:1,2,3\n")).hasMessageContaining("line 12");
    }

    @Test
    void takesTheFrequencyThatIsGivenOrTold(@TempDir Path folder) throws IOException {
        String rows = "V1,V2,V3,V4\na,1,2,3\nb,4,5,6\n";
        assertThat(read(rows, AUTO.frequency("month")).frequency().usualSeason())
                .isEqualTo(12);
        assertThat(read("value\n1\n2\n3\n", AUTO.frequency("quarter"))
                        .frequency()
                        .usualSeason())
                .isEqualTo(4);
        assertThat(read("id,period,V1,V2,V3\na,QUARTERLY,1,2,3\nb,QUARTERLY,4,5,6\n")
                        .frequency()
                        .usualSeason())
                .isEqualTo(4);
        Path file = Files.writeString(folder.resolve("train.csv"), rows);
        assertThat(TableReader.read(file, AUTO).frequency().name()).isEqualTo("row");
        Files.writeString(folder.resolve("info.csv"), "id,period,type\na,MONTHLY,x\nb,MONTHLY,y\n");
        Table told = TableReader.read(file, AUTO);
        assertThat(told.frequency().usualSeason()).isEqualTo(12);
        assertThat(told.notes()).anyMatch(n -> n.contains("info.csv"));
        assertThat(Frequency.parse(told.frequency().name())).isEqualTo(told.frequency());
        Path named = Files.writeString(folder.resolve("Weekly-x.csv"), rows.replace("a,", "z,"));
        assertThat(TableReader.read(named, AUTO).frequency().usualSeason()).isEqualTo(52);
        Files.writeString(folder.resolve("info.csv"), "\"broken");
        assertThat(TableReader.read(file, AUTO).frequency().name()).isEqualTo("row");
    }

    @Test
    void everyPolicyThatIsNeededIsNamedAtOnce() {
        String text = """
            date,y
            2020-01-04,1
            2020-01-05,
            2020-01-06,x
            2020-01-06,3
            2020-01-10,3
            2020-01-09,2
            2020-01-11,2
            2020-01-12,2
            """;
        assertThatThrownBy(() -> read(text, AUTO.policies(Policies.STRICT)))
                .hasMessageContaining("is blank: line 3")
                .hasMessageContaining("is not a number: line 4")
                .hasMessageContaining("stands twice: lines 4 and 5")
                .hasMessageContaining("earlier than the one before: line 7")
                .hasMessageContaining("2 steps missing")
                .hasMessageEndingWith(
                        "; together `non-numeric` blank `blanks` missing `disorder` sort `duplicates` mean `gaps`"
                                + " missing takes the table");
        Table taken = read(
                text,
                AUTO.policies(new Policies(
                        Policies.Duplicates.MEAN,
                        Policies.Disorder.SORT,
                        Policies.Gaps.MISSING,
                        Policies.Blanks.MISSING,
                        Policies.NonNumeric.BLANK)));
        assertThat(taken.series("y").length()).isEqualTo(9);
    }

    @Test
    void theNewestRowMayStandFirst() {
        String text = "date,y\n" + days(DAYS, TableShapesTest::value).lines().reduce("", (a, b) -> b + "\n" + a);
        isThePlainTable(read(text), "y");
    }

    /** Files on which the reader was wrong once: what each holds, or what its refusal names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blank_tail | y | 60 | day | 48.82 | 54.31",
                "comment | y | 60 | day | 48.82 | 54.31",
                "footer | y | 60 | day | 48.82 | 54.31",
                "sep | y | 60 | day | 48.82 | 54.31",
                "trailing_comma | y | 60 | day | 48.82 | 54.31",
                "num_currency | y | 60 | day | 48.82 | 54.31",
                "num_paren | y | 60 | day | -48.82 | -54.31",
                "num_thousands | y | 60 | day | 48820 | 54310",
                "num_de | Wert | 60 | day | 1048 | 1054.9",
                "index_y | y | 150 | row | 48.82 | 58.3",
                "t_y | y | 150 | row | 48.82 | 58.3",
                "tworow | load | 60 | day | 48.82 | 54.31",
                "m_30th | sales | 72 | month | 100.75 | 162",
                "m_mon_yy | sales | 72 | month | 100.52 | 161.77",
                "m_yyyymm | sales | 72 | month | 100.31 | 161.05",
                "q_200101 | sales | 40 | quarter | 100.3 | 119.73",
                "q_2020q3 | sales | 40 | quarter | 100.17 | 119.48",
                "ts_iso_week | v | 160 | week | 10.582 | 8.602",
                "ts_yyyyww | v | 160 | week | 10.84 | 8.392",
                "ts_us | v | 300 | day | 10.339 | 11.387",
                "ts_epoch_ms | v | 300 | hour | 10.519 | 11.151",
                "ts_utc_word | v | 300 | hour | 10.679 | 11.617",
                "tz_0530 | p2 | 400 | hour | 537.635 | 662.535",
                "dst_autumn_naive | load | 599 | hour | 12.877 | 12.543",
                "m5_wide | FOODS_7_CA_1 | 60 | row | 5 | 9",
                "word_1 | y | 60 | day | 48.82 | 54.31",
                "mixed | c | 60 | day | 5 | 5",
                "five | v | 5 | year | 3 | 7",
                "dip_min | s0 | 14 | row | 934.3 | 1649.3",
                "late_right | y | 14 | day | 10 | 16"
            })
    void readsTheFilesOfOthers(String file, String id, int length, String frequency, double first, double last)
            throws IOException {
        Path path = shared(file);
        Table table = TableReader.read(path, AUTO);
        Series series = table.series(id);
        assertThat(series.length()).isEqualTo(length);
        assertThat(table.frequency().name()).isEqualTo(frequency);
        assertThat(series.value(0)).isEqualTo(first);
        if (!file.equals("m5_wide")) {
            assertThat(series.value(length - 1)).isEqualTo(last);
        }
    }

    @ParameterizedTest
    @CsvSource({"dupid, both called", "dupid_future, both called"})
    void refusesTheFilesOfOthersWithACure(String file, String cure) {
        Path path = shared(file);
        assertThatThrownBy(() -> TableReader.read(path, AUTO))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(cure);
    }

    private static Path shared(String file) {
        Path path = Path.of(System.getProperty("shared.dir", "../shared"), "cases", "series", file + ".csv");
        assumeTrue(Files.isReadable(path), () -> path + " is absent; set -Dshared.dir");
        return path;
    }
}
