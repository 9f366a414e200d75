package dev.namaskar.series.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.Numbers;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {
    private static final TableFormat AUTO = TableFormat.AUTO;

    private static Table read(String text, TableFormat format) {
        try {
            return TableReader.read(new StringReader(text), "t.csv", format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Policies policies(
            Policies.Duplicates duplicates,
            Policies.Disorder disorder,
            Policies.Gaps gaps,
            Policies.Blanks blanks,
            Policies.NonNumeric nonNumeric) {
        return new Policies(duplicates, disorder, gaps, blanks, nonNumeric);
    }

    @Test
    void readsALongTableWithItsGroupsInOrderOfAppearance() {
        Table table = read("""
            symbol,date,price
            B,Jan 1 2000,1
            B,Feb 1 2000,2
            A,Jan 1 2000,30
            A,Feb 1 2000,40
            A,Mar 1 2000,50
            """, AUTO.group("symbol").targets(List.of("price")));

        assertThat(table.series()).extracting(Series::id).containsExactly("B", "A");
        assertThat(table.series("A").values()).containsExactly(30, 40, 50);
        assertThat(table.frequency().name()).isEqualTo("month");
        assertThat(table.frequency().text(table.series("A").time(5))).isEqualTo("2000-06-01");
    }

    @Test
    void readsAWideTableAndLeavesOutRowNames() {
        Table table = read("rownames,DAX,SMI\n1,1.5,2\n2,2.5,3\n3,3.5,4\n", AUTO);

        assertThat(table.series()).extracting(Series::id).containsExactly("DAX", "SMI");
        assertThat(table.series("DAX").values()).containsExactly(1.5, 2.5, 3.5);
        assertThat(table.frequency().name()).isEqualTo("row");
    }

    @Test
    void readsRaggedRowsByTheirHeader() {
        Table table = read("\"V1\",\"V2\",\"V3\",\"V4\"\n\"H1\",\"1\",\"2\",\"3\"\n\"H2\",\"4\",\"5\",\n", AUTO);

        assertThat(table.aligned()).isFalse();
        assertThat(table.series("H1").values()).containsExactly(1, 2, 3);
        assertThat(table.series("H2").values()).containsExactly(4, 5);
    }

    @Test
    void readsRaggedRowsWithoutAHeaderWhenTold() {
        Table table = read("a,1,2,3\nb,4\n", AUTO.layout(TableFormat.Layout.ROWS));

        assertThat(table.series("a").values()).containsExactly(1, 2, 3);
        assertThat(table.series("b").values()).containsExactly(4);
    }

    @Test
    void readsSemicolonsAndDecimalCommasWithoutHeader() {
        Table table = read("\uFEFF2020-01-01;1,5\n2020-01-02;2,25\n", AUTO.marks((char) 0, ','));

        assertThat(table.series("#2").values()).containsExactly(1.5, 2.25);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00|2020-01-01T01:00|2020-01-01T02:00, hour, 2020-01-01T03:00",
        "2020-01-01 00:00:00|2020-01-01 00:15:00|2020-01-01 00:30:00, 15min, 2020-01-01T00:45",
        "2020-01-03|2020-01-06|2020-01-07|2020-01-08, business-day, 2020-01-09",
        "2020-01-03|2020-01-04|2020-01-05, day, 2020-01-06",
        "2020-01-01|2020-01-08|2020-01-15, week, 2020-01-22",
        "2020-01-31|2020-02-29|2020-03-31, month, 2020-04-30",
        "2020-03-31|2020-06-30|2020-09-30, quarter, 2020-12-31",
        "2020-05-07|2021-05-07|2022-05-07, year, 2023-05-07",
        "2019-12|2020-01|2020-02, month, 2020-03-01",
        "1949|1949.08333333333|1949.16666666667|1949.25, month, 1949-05-01",
        "1949.25|1949.5|1949.75, quarter, 1950-01-01",
        "1821|1822|1823, year, 1824-01-01",
        "1991.49615384615|1991.5|1991.50384615385, 260/year, 1991.5077",
        "1|2|3, row, 4",
        "10|20|30, 10rows, 40",
        "2020-01-01T00:00:00+02:00|2020-01-01T01:00:00+02:00, hour, 2020-01-01T02:00",
        "2020-01-01T00:00Z|2020-01-01T01:00Z, hour, 2020-01-01T02:00",
        "31.12.2020|01.01.2021|02.01.2021, day, 2021-01-03",
        "20191231|20200101|20200102, day, 2020-01-03",
        "2019-Q3|2019-Q4|2020-Q1, quarter, 2020-04-01",
        "December 2019|January 2020|February 2020, month, 2020-03-01",
        "Jan 1 2000|Feb 1 2000|Mar 1 2000, month, 2000-04-01",
        "10000001|10000002|10000003, row, 10000004",
    })
    void findsTheFrequencyAndWhatComesNext(String times, String frequency, String next) {
        StringBuilder text = new StringBuilder("time,value\n");
        for (String time : times.split("\\|", -1)) {
            text.append(time).append(",1\n");
        }
        Table table = read(text.toString(), AUTO);
        Series series = table.series().get(0);

        assertThat(table.frequency().name()).isEqualTo(frequency);
        assertThat(table.frequency().text(series.time(series.length()))).isEqualTo(next);
        assertThat(Frequency.parse(frequency)).isEqualTo(table.frequency());
    }

    @Test
    void readsAGivenPattern() {
        Table table = read("when,v\n03/04/2001,1\n04/04/2001,2\n", AUTO.time("when", "dd/MM/yyyy"));

        assertThat(table.frequency().text(table.series("v").time(0))).isEqualTo("2001-04-03");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01-01,1;2020-01-02,x;2020-01-03,3 | line 3, column 2 \"v\": 'x' | `non-numeric` blank",
                "2020-01-01,1;2020-01-02,;2020-01-03,3 | line 3, column \"v\" | `blanks` drop",
                "2020-01-01,1;2020-01-02,2;2020-01-04,3;2020-01-05,3 | 1 steps missing of day between 2020-01-02 and"
                        + " 2020-01-04 | `gaps` skip",
                "2020-01-01,1;2020-01-02,2;2020-01-02,3 | lines 3 and 4 | `duplicates` first",
                "2020-01-02,1;2020-01-01,2;2020-01-03,3 | line 3, series | `disorder` sort",
                "2020-01-01,1;later,2 | line 3, column 1 \"time\": 'later' | `time-format`; expected a time written"
                        + " year-first",
                "2020-01-01,1;2020-01-02 | line 3 has 1 cells, expected at least 2 | every row",
            })
    void refusesIrregularTablesWithLineAndColumn(String rows, String place, String remedy) {
        String text = "time,v\n" + rows.trim().replace(";", "\n") + "\n";

        assertThatThrownBy(() -> read(text, AUTO.policies(Policies.STRICT)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("t.csv: 1 ")
                .hasMessageContaining(place.trim())
                .hasMessageContaining(remedy.trim());
    }

    @Test
    void summarisesBadCellsByTheThousand() {
        StringBuilder text = new StringBuilder("time,v\n");
        for (int i = 1; i <= 5000; i++) {
            text.append(i).append(i % 2 == 0 ? ",bad\n" : ",1\n");
        }

        assertThatThrownBy(() -> read(text.toString(), AUTO))
                .hasMessageContaining("2,500 cells are not numbers: line 3, column 2")
                .hasMessageContaining("and 2,495 more")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    }

    @Test
    void fillsByPolicyAndNeverLooksAhead() {
        String text = "time,v\n5,50\n1,10\n2,\n2,20\n4,nonsense\n8,80\n";
        Policies zero = policies(
                Policies.Duplicates.LAST,
                Policies.Disorder.SORT,
                Policies.Gaps.ZERO,
                Policies.Blanks.PREVIOUS,
                Policies.NonNumeric.BLANK);

        assertThat(read(text, AUTO.policies(zero)).series("v").values()).containsExactly(10, 20, 0, 20, 50, 0, 0, 80);
    }

    @Test
    void keepsWhatIsMissingAsNotANumberWhenAsked() {
        Policies missing = policies(
                Policies.Duplicates.ERROR,
                Policies.Disorder.ERROR,
                Policies.Gaps.MISSING,
                Policies.Blanks.MISSING,
                Policies.NonNumeric.BLANK);

        Table table = read("time,v,w\n1,,9\n2,1,8\n3,NA,7\n6,x,6\n7,5,5\n8,,4\n", AUTO.policies(missing));
        assertThat(table.series("v").values()).containsExactly(1, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 5);
        assertThat(table.series("w").values()).containsExactly(9, 8, 7, Double.NaN, Double.NaN, 6, 5, 4);
        assertThatThrownBy(() -> read(
                        "time,v,price\n1,5,2\n2,6,\n3,7,2\n",
                        AUTO.targets(List.of("v")).covariates(List.of("price"), List.of())))
                .hasMessageContaining("1 cell is blank: line 3, column \"price\"");
        assertThat(read("V1,V2,V3,V4\na,1,,3\n", AUTO.policies(missing))
                        .series("a")
                        .values())
                .containsExactly(1, Double.NaN, 3);
    }

    @ParameterizedTest
    @CsvSource({"FIRST,1", "LAST,4", "MEAN,2", "SUM,6"})
    void mergesDuplicates(Policies.Duplicates policy, double merged) {
        Policies policies = policies(
                policy, Policies.Disorder.ERROR, Policies.Gaps.ERROR, Policies.Blanks.ERROR, Policies.NonNumeric.ERROR);

        assertThat(read("t,v\n1,1\n1,1\n1,4\n2,9\n", AUTO.time("t", "auto").policies(policies))
                        .series("v")
                        .values())
                .containsExactly(merged, 9);
    }

    @Test
    void blanksBeforeAndAfterASeriesAreItsLength() {
        Table table = read("time,a,b\n1,,1\n2,5,2\n3,6,3\n4,NA,4\n", AUTO);

        assertThat(table.series("a").values()).containsExactly(5, 6);
        assertThat(table.series("a").time(0)).isEqualTo(2);
        assertThat(table.series("b").length()).isEqualTo(4);
    }

    @Test
    void rowsBehindTheLastValueAreTheFutureOfKnownColumns() {
        Table table = read(
                "time,load,price,temperature\n1,10,1,20\n2,11,2,21\n3,,3,\n4,,4,\n",
                AUTO.targets(List.of("load")).covariates(List.of("price"), List.of("temperature")));
        Series load = table.series("load");

        assertThat(load.length()).isEqualTo(2);
        assertThat(load.reach()).isEqualTo(4);
        assertThat(load.known(0, 3)).isEqualTo(4);
        assertThat(load.observed(0, 1)).isEqualTo(21);
        assertThat(load.upTo(1).reach()).isEqualTo(4);
    }

    @Test
    void stepsOverHolidaysOfBusinessDaysButNotOverHoles() {
        String week = "time,v\n2020-01-02,1\n2020-01-03,2\n2020-01-06,3\n2020-01-07,3\n2020-01-08,3\n";
        Table table = read(week + "2020-01-10,4\n", AUTO);

        assertThat(table.notes()).anyMatch(n -> n.contains("1 business days without a row"));
        assertThatThrownBy(() -> read(week + "2020-01-20,4\n", AUTO)).hasMessageContaining("7 steps missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p3", "Infinity", "1e999", "--1", "1.2.3", "1,5"})
    void takesOnlyDecimalNumbersForNumbers(String cell) {
        assertThat(Numbers.parse(cell, '.')).isNaN();
    }

    @Test
    void namesTheColumnsThereAre() {
        assertThatThrownBy(() -> read("time,a\n1,2\n", AUTO.targets(List.of("b"))))
                .hasMessage(
                        "t.csv: no column \"b\" (`target`); the table has \"time\", \"a\"; columns can also be given"
                                + " by their place: #1 to #2");
        assertThat(read("time,a\n1,2\n2,3\n", AUTO.targets(List.of("#2")))
                        .series("a")
                        .length())
                .isEqualTo(2);
    }

    @Test
    void saysWhatItFoundInsteadOfAColumnToForecast() {
        assertThatThrownBy(() -> read("Datum;Ort\n01.01.2020;Ulm\n", AUTO))
                .hasMessage("t.csv: no numeric column to forecast among \"Datum\", \"Ort\", whose first cells are "
                        + "\"01.01.2020\", \"Ulm\"; give `target`");
        assertThatThrownBy(() -> read("time,a,a\n1,2,3\n2,3,4\n", AUTO))
                .hasMessageContaining("two columns are called \"a\"");
        assertThatThrownBy(() -> read("date,shop,sales\n2020-01-01,n,1\n2020-01-02,n,1\n2020-01-02,n,1\n", AUTO))
                .hasMessageContaining("if column \"shop\" tells series apart, give it with `group`");
        assertThatThrownBy(() -> read(
                        "time,a,b\n1,2,3\n2,3,4\n", AUTO.targets(List.of("a")).covariates(List.of("a"), List.of())))
                .hasMessageContaining("column \"a\" is given twice");
    }

    @Test
    void tellsColumnsApartByMoreThanTheFirstRow() {
        assertThatThrownBy(() -> read("time,v,shop\n1,much,a\n2,5,a\n3,6,a\n", AUTO))
                .hasMessageContaining("1 cell is not a number: line 2, column 2 \"v\": 'much'");
        Table table = read("time,late,v\n1,,3\n2,NA,4\n3,7,5\n", AUTO);
        assertThat(table.series()).extracting(Series::id).containsExactly("late", "v");
        assertThatThrownBy(() -> read("time,v\n1,a\n2,b\n3,6\n", AUTO)).hasMessageContaining("no numeric column");
    }

    @Test
    void aColumnKnownAheadIsNotTheTime() {
        Table table = read(
                "hour,time,load\n5,2020-01-01T05:00,1\n6,2020-01-01T06:00,2\n",
                AUTO.targets(List.of("load")).covariates(List.of("hour"), List.of()));

        assertThat(table.frequency().name()).isEqualTo("hour");
        assertThat(table.series("load").known(0, 1)).isEqualTo(6);
    }

    @Test
    void refusesIrregularStepsAndSaysWhichOccur() {
        assertThatThrownBy(() -> read(
                        "time,v\n2020-01-01T00:00,1\n2020-01-01T02:00,2\n2020-01-01T04:00,3\n2020-01-01T05:00,4\n",
                        AUTO))
                .hasMessageContaining("most common is 2h")
                .hasMessageContaining("steps of hour occur (1 times)");
    }

    @Test
    void refusesEmptyAndBrokenFiles() {
        assertThatThrownBy(() -> read("", AUTO)).hasMessage("t.csv: nothing stands in it");
        assertThatThrownBy(() -> read("time,v\n", AUTO)).hasMessageContaining("header but no rows");
        assertThatThrownBy(() -> read("time,v\n1,\"2\n", AUTO))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("quote");
    }
}
