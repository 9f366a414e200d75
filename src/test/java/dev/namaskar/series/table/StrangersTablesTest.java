package dev.namaskar.series.table;

import static dev.namaskar.series.table.WrittenTables.holds;
import static dev.namaskar.series.table.WrittenTables.read;
import static dev.namaskar.series.table.WrittenTables.refused;
import static dev.namaskar.series.table.WrittenTables.rows;
import static dev.namaskar.series.table.WrittenTables.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.Note;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that programs write for each other: what annotates them, what is constant, what sums up, what is no table at all. */
class StrangersTablesTest {
    private static final LocalDate START = LocalDate.of(2021, 1, 4);
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private static String hour(int i) {
        return START.plusDays(i / 24) + "T" + (i % 24 < 10 ? "0" : "") + i % 24 + ":00:00Z";
    }

    private static String annotated(int hosts) {
        return """
                #group,false,false,true,true,false,false,true,true
                #datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string
                #default,_result,,,,,,,
                ,result,table,_start,_stop,_time,_value,_field,host
                """
                + rows(
                        72 * hosts,
                        i -> ",," + i / 72 + ",2021-01-01T00:00:00Z,2021-02-01T00:00:00Z," + hour(i % 72) + ","
                                + value(i % 72) + ",usage,h" + i / 72);
    }

    @Test
    void annotationsAboveTheNamesAreNoneOfThem() {
        holds(annotated(1), 72, "hour", "2021-01-04T00:00Z");
        Table two = read(annotated(2));
        assertThat(two.series()).extracting(Series::id).containsExactly("h0", "h1");
        two.series().forEach(series -> holds(series, 72));
        // Names behind the mark, above values, stay names.
        holds("#date,v\n" + rows(60, i -> START.plusDays(i) + "," + value(i)), 60, "day", "2021-01-04");
    }

    @Test
    void constantsBeforeTheTimeNameTheRows() {
        Table table =
                read("meter number;date;reading\n" + rows(60, i -> "88123;" + START.plusDays(i) + ";" + value(i)));
        assertThat(table.series()).extracting(Series::id).containsExactly("reading");
        assertThat(table.notes())
                .anyMatch(note -> note.contains("\"meter number\"") && note.contains("`target` would"));
        // Behind the time they are values, and alone they are all there is.
        assertThat(read("date;fee;v\n" + rows(60, i -> START.plusDays(i) + ";5;" + value(i)))
                        .series())
                .hasSize(2);
        assertThat(read("fee;date\n" + rows(60, i -> "5;" + START.plusDays(i))).series())
                .extracting(Series::id)
                .containsExactly("fee");
        assertThat(read("fee;date;v\n" + rows(60, i -> i % 5 + ";" + START.plusDays(i) + ";" + value(i)))
                        .series())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999", "-9999"})
    void aColumnOfNothingButAMarkIsNoSeries(String mark) {
        Table table = read("date;gust;rain\n" + rows(60, i -> START.plusDays(i) + ";" + mark + ";" + value(i)));
        assertThat(table.series()).extracting(Series::id).containsExactly("rain");
        assertThat(table.notes()).anyMatch(note -> note.contains("\"gust\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "999"})
    void whatIsAlwaysTheSameButCouldBeIsOne(String constant) {
        assertThat(read("date;a;b\n" + rows(60, i -> START.plusDays(i) + ";" + constant + ";" + value(i)))
                        .series())
                .hasSize(2);
    }

    @Test
    void meansOfWholeYearsAmongTheMonthsAreLeftOut() {
        String monthly = "Series ID,Year,Period,Value\n"
                + rows(
                        13 * 5,
                        i -> "CU," + (2010 + i / 13) + ",M" + (i % 13 < 9 ? "0" : "") + (i % 13 + 1) + ","
                                + (i % 13 == 12 ? 0.5 : value(i / 13 * 12 + i % 13)));
        Table table = holds(monthly, 60, "month", "2010-01-01");
        assertThat(table.notes()).anyMatch(note -> note.startsWith("5 rows of totals or whole years"));
        holds(
                "Year,Quarter,Value\n"
                        + rows(
                                50,
                                i -> 2000 + i / 5 + ",Q0" + (i % 5 + 1) + ","
                                        + (i % 5 == 4 ? 9 : value(i / 5 * 4 + i % 5))),
                40,
                "quarter",
                "2000-01-01");
        // A thirteenth period that is not called so is asked about.
        refused(
                "Year,Period,Value\n" + rows(65, i -> 2010 + i / 13 + "," + (i % 13 + 1) + "," + value(i)),
                "'2010-13'");
    }

    @Test
    void totalsAboveTheFirstTimeAreLeftOut() {
        Table table = holds(
                "Date,Views\nTotal,6000\n" + rows(60, i -> START.plusDays(i) + "," + value(i)),
                60,
                "day",
                "2021-01-04");
        assertThat(table.notes()).anyMatch(note -> note.startsWith("1 row of totals"));
        refused("Date,Views\nSomeday,6000\n" + rows(60, i -> START.plusDays(i) + "," + value(i)), "'Someday'");
    }

    @Test
    void yearsAboveTheirPartsMakeOneName() {
        String quarters = ",,2019,,,,2020,,,\nRegion,Item,Q1,Q2,Q3,Q4,Q1,Q2,Q3,Q4\n"
                + rows(4, k -> "R" + k + ",I" + k + "," + values(8));
        Table table = read(quarters);
        assertThat(table.series()).extracting(Series::id).containsExactly("R0", "R1", "R2", "R3");
        assertThat(table.frequency().name()).isEqualTo("quarter");
        assertThat(table.text(table.series().get(0).time(0))).isEqualTo("2019-01-01");
        String months = "Product,2019" + ",".repeat(12) + "2020" + ",".repeat(11) + "\n," + String.join(",", MONTHS)
                + "," + String.join(",", MONTHS) + "\n" + rows(4, k -> "P" + k + "," + values(24));
        assertThat(read(months).frequency().name()).isEqualTo("month");
        read(months).series().forEach(series -> holds(series, 24));
        // Without years the same months stand twice.
        refused(months.replaceFirst("2019", "").replaceFirst("2020", ""), "two columns are called \"Jan\"");
    }

    private static String values(int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + value(i)).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月",
                "I,II,III,IV,V,VI,VII,VIII,IX,X,XI,XII",
                "Январь,Февраль,Март,Апрель,Май,Июнь,Июль,Август,Сентябрь,Октябрь,Ноябрь,Декабрь",
                "1st Quarter,2nd Quarter,3rd Quarter,4th Quarter",
                "Jan-Mar,Apr-Jun,Jul-Sep,Oct-Dec",
                "1. Quartal,2. Quartal,3. Quartal,4. Quartal",
                "第1四半期,第2四半期,第3四半期,第4四半期"
            })
    void partsOfAYearBesideIt(String parts) {
        int count = parts.split(",").length;
        String text = "Year," + parts + "\n"
                + rows(
                        8,
                        y -> 2010 + y + ","
                                + IntStream.range(y * count, (y + 1) * count)
                                        .mapToObj(i -> "" + value(i))
                                        .collect(Collectors.joining(",")));
        holds(text, 8 * count, count == 12 ? "month" : "quarter", "2010-01-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"T1,T2,T3,T4", "I,II,III,IV", "H1,H2", "S1,S2", "Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Jan,Feb,Mar"
            })
    void whatMayBePartsOfAYearIsAsked(String parts) {
        int count = parts.split(",").length;
        String text = "Year," + parts + "\n" + rows(12, y -> 2010 + y + "," + values(count));
        refused(text, "beside a column of times look like", "`layout` columns");
        refused(text.replace("Year", "Rok"), "beside a column of times look like");
        assertThat(read(text, TableFormat.AUTO.layout(TableFormat.Layout.COLUMNS))
                        .series())
                .hasSize(count);
        // Beside days they are what they are.
        assertThat(read(
                                "Date," + parts + "\n" + rows(40, d -> START.plusDays(d) + "," + values(count)),
                                count == 12 ? TableFormat.AUTO.layout(TableFormat.Layout.COLUMNS) : TableFormat.AUTO)
                        .series())
                .hasSize(count);
    }

    @Test
    void daysOfAWeekBesideItAreAsked() {
        String text = "Week,Mon,Tue,Wed,Thu,Fri,Sat,Sun\n"
                + rows(40, w -> "2021-W" + (w < 9 ? "0" : "") + (w + 1) + "," + values(7));
        refused(text, "days of a week", "`layout` columns");
        assertThat(read(text, TableFormat.AUTO.layout(TableFormat.Layout.COLUMNS))
                        .series())
                .hasSize(7);
    }

    @Test
    void stepsAboveEachColumnAreNotTheirNames() {
        Table table =
                read(",Index Numbers,Index Numbers\nUnit,Index,Index\nFrequency,Quarter,Quarter\nSeries ID,A1,A2\n"
                        + rows(
                                40,
                                i -> MONTHS.get(i % 4 * 3 + 2) + "-" + (2000 + i / 4) + "," + value(i) + ","
                                        + value(i)));
        assertThat(table.series())
                .extracting(Series::id)
                .anyMatch(id -> id.contains("A1"))
                .anyMatch(id -> id.contains("A2"));
        assertThat(table.frequency().name()).isEqualTo("quarter");
    }

    @Test
    void aPeriodAboveTheNamesIsNoRowOfValues() {
        holds(
                "Campaign report\n\"January 4, 2021 - March 4, 2021\"\nDay,Clicks\n"
                        + rows(60, i -> START.plusDays(i) + "," + value(i)),
                60,
                "day",
                "2021-01-04");
    }

    @Test
    void whatAServerShowsToBeScrapedIsNoTable() {
        String shown = """
            # HELP up Whether it is up
            # TYPE up gauge
            up{job="a"} 1 1609718400000
            up{job="b"} 1 1609718400000
            """;
        refused(shown, "Prometheus");
        refused(shown.replaceAll("#.*\n", ""), "Prometheus");
    }

    @Test
    void instantsThatRunBackwardsAreTimes() {
        Table table =
                read("Millis,Price\n" + rows(100, i -> 1609718400000L + 300000L * (99 - i) + "," + value(99 - i)));
        assertThat(table.series()).hasSize(1);
        holds(table.series().get(0), 100);
        assertThat(table.frequency().name()).isEqualTo("5min");
    }

    @Test
    void quartersCalledByTheirLastMonthsBehindAPoint() {
        holds(
                "Series_reference,Period,Data_value\n"
                        + rows(
                                40,
                                i -> "B," + (2000 + i / 4) + "."
                                        + List.of("03", "06", "09", "12").get(i % 4) + "," + value(i)),
                40,
                "quarter",
                "2000-03-01");
    }

    @Test
    void hostsCalledAsQuartersAreStillHosts() {
        Table table = read("time,host,v\n" + rows(120, i -> hour(i / 2) + ",h" + i % 2 + "," + value(i / 2)));
        assertThat(table.series()).extracting(Series::id).containsExactly("h0", "h1");
        refused(
                "year,part,v\n" + rows(40, i -> 2000 + i / 4 + ",Q" + (i % 4 + 1) + "," + value(i)),
                "give `time` year,part");
    }

    @Test
    void notesSayWhatTheyAreAbout() {
        Table table = read("Report\n\ndate,id,share\n"
                + rows(60, i -> START.plusDays(59 - i) + "," + i + "," + value(59 - i) + "%"));
        holds(table.series().get(0), 60);
        assertThat(kinds(table, "percent")).containsExactly(Note.Kind.VALUES);
        assertThat(kinds(table, "newest row")).containsExactly(Note.Kind.TIMES);
        assertThat(kinds(table, "Report")).containsExactly(Note.Kind.LAYOUT);
        assertThat(kinds(table, "\"id\"")).containsExactly(Note.Kind.COLUMNS);
        assertThat(kinds(table, "1 series")).containsExactly(Note.Kind.SERIES);
    }

    private static List<Note.Kind> kinds(Table table, String words) {
        return table.remarks().stream()
                .filter(note -> note.text().contains(words))
                .map(Note::kind)
                .toList();
    }
}
