package dev.namaskar.series.table;

import static dev.namaskar.series.table.WrittenTables.holds;
import static dev.namaskar.series.table.WrittenTables.read;
import static dev.namaskar.series.table.WrittenTables.refused;
import static dev.namaskar.series.table.WrittenTables.rows;
import static dev.namaskar.series.table.WrittenTables.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as statistics offices, markets, meters, weather services and shops export them, and their neighbours. */
class ExportedTablesTest {
    private static final LocalDate START = LocalDate.of(2021, 1, 4);

    private static YearMonth month(int i) {
        return YearMonth.of(2015, 1).plusMonths(i);
    }

    private static LocalDateTime hour(int i) {
        return START.atStartOfDay().plusHours(i);
    }

    private static String clock(LocalDateTime time) {
        return time.format(DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm"));
    }

    // Statistics offices

    @ParameterizedTest
    @CsvSource({"b", "e", "p", "bu", "be", "d"})
    void flagsBehindNumbersAndColonsAreNoNumbers(String flag) {
        String years = IntStream.range(1990, 2020).mapToObj(y -> y + " ").collect(Collectors.joining("\t"));
        String text = "unit,geo\\time\t" + years + "\n"
                + rows(
                        3,
                        r -> "PC," + "ABC".charAt(r) + "\t"
                                + IntStream.range(0, 30)
                                        .mapToObj(i ->
                                                i == 4 ? ": " + flag : i == 7 ? value(i) + " " + flag : value(i) + " ")
                                        .collect(Collectors.joining("\t")));
        Table table = read(text);
        assertThat(table.series()).hasSize(3);
        assertThat(table.frequency().name()).isEqualTo("year");
        assertThat(table.series().get(1).raw()[7]).isEqualTo(value(7));
        assertThat(table.series().get(1).raw()[4]).isNaN();
        assertThat(table.notes()).anyMatch(note -> note.contains("3 numbers have a mark behind (" + flag + ")"));
        refused(text.replace(value(7) + " " + flag, value(7) + " km"), "1 number has the unit km");
    }

    @Test
    void unitsThatChangeWithinASeriesAreRefused() {
        IntFunction<String> mixed = i -> month(i) + ",India," + (i < 30 ? "Millions" : "Billions") + "," + value(i);
        refused("TIME_PERIOD,area,Scale,OBS_VALUE\n" + rows(60, mixed), "line 32", "'Billions'", "`group` Scale");
        holds(
                "TIME_PERIOD,area,Scale,OBS_VALUE\n" + rows(60, i -> month(i) + ",India,Millions," + value(i)),
                60,
                "month",
                "2015-01-01");
        // Two series in two units are two series.
        Table two = read("TIME_PERIOD,area,Scale,OBS_VALUE\n"
                + rows(60, i -> month(i % 30) + (i < 30 ? ",India,Millions," : ",Nepal,Billions,") + value(i % 30)));
        assertThat(two.series()).hasSize(2);
        holds(two.series().get(1), 30);
        refused("month,UNIT_MULT,v\n" + rows(60, i -> month(i) + "," + (i < 30 ? 3 : 6) + "," + value(i)), "UNIT_MULT");
    }

    @Test
    void whatIsSaidBesideAValueIsNoSeries() {
        Table table = read("DATE,STATION,LATITUDE,QN_9,TG,TG_qc,decimals\n"
                + rows(60, i -> START.plusDays(i) + ",4411,52.1,3," + value(i) + "," + (i % 9 == 0 ? 4 : 1) + ",1"));
        assertThat(table.series()).extracting(Series::id).containsExactly("TG");
        holds(table.series().get(0), 60);
        assertThat(table.notes()).anyMatch(note -> note.contains("\"TG_qc\"") && note.contains("`target` would"));
        // A latitude that changes is where something is; one alone is what there is.
        assertThat(read("DATE,lat,v\n" + rows(60, i -> START.plusDays(i) + "," + value(i) + "," + value(i)))
                        .series())
                .hasSize(2);
        assertThat(read("DATE,decimals\n" + rows(60, i -> START.plusDays(i) + "," + i % 7))
                        .series())
                .hasSize(1);
    }

    @Test
    void whatIsTheSameOfEachSeriesIsNotForecast() {
        String text = "date,country,cases,population,tests\n"
                + rows(
                        80,
                        i -> START.plusDays(i / 2) + (i % 2 == 0 ? ",IN," : ",NP,") + value(i / 2) + ","
                                + (i % 2 == 0 ? 1380 : 29) + ",0");
        Table table = read(text);
        assertThat(table.series())
                .extracting(Series::id)
                .containsExactly("IN/cases", "IN/tests", "NP/cases", "NP/tests");
        holds(table.series().get(2), 40);
        assertThat(table.notes()).anyMatch(note -> note.startsWith("not forecast") && note.contains("\"population\""));
        // Nothing else to forecast, or asked for: it is.
        assertThat(read("date,country,population\n"
                                + rows(80, i -> START.plusDays(i / 2) + (i % 2 == 0 ? ",IN,1380" : ",NP,29")))
                        .series())
                .hasSize(2);
        assertThat(read(text, TableFormat.AUTO.targets(List.of("population"))).series())
                .hasSize(2);
    }

    @Test
    void whenAFileWasWrittenIsNoTimeOfItsRows() {
        holds(
                "LAST UPDATE,geo,TIME_PERIOD,OBS_VALUE\n"
                        + rows(48, i -> "14/02/24 23:00:00,DE," + month(i) + "," + value(i)),
                48,
                "month",
                "2015-01-01");
        holds(
                "extraction date,month,OBS_VALUE\n" + rows(48, i -> "2024-02-14," + month(i) + "," + value(i)),
                48,
                "month",
                "2015-01-01");
    }

    @Test
    void yearsQuartersAndMonthsBelowEachOtherAreAskedAbout() {
        String years = rows(9, i -> 2010 + i + "," + value(i));
        String quarters = rows(36, i -> 2010 + i / 4 + "-Q" + (i % 4 + 1) + "," + value(i));
        String months = rows(108, i -> month(i) + "," + value(i));
        refused("TIME,v\n" + years + quarters + months, "108 months and 36 quarters and 9 years");
        refused("TIME,v\n" + years + quarters, "36 quarters and 9 years");
        holds("TIME,v\n" + months, 108, "month", "2015-01-01");
        holds("TIME,v\n" + quarters, 36, "quarter", "2010-01-01");
    }

    @Test
    void yearsBehindAWordAreYears() {
        String names =
                IntStream.range(1990, 2020).mapToObj(y -> ",Population " + y).collect(Collectors.joining());
        String values = IntStream.range(0, 30).mapToObj(i -> "," + value(i)).collect(Collectors.joining());
        Table table = read("region" + names + "\nNorth" + values + "\nSouth" + values + "\nEast" + values + "\n");
        assertThat(table.frequency().name()).isEqualTo("year");
        holds(table.series().get(2), 30);
        // Days that are merely counted are no years.
        Table days =
                read("id" + names.replace("Population ", "day ") + "\nA" + values + "\nB" + values + "\nC" + values);
        assertThat(days.frequency().isClock()).isFalse();
    }

    @Test
    void remarksBelowAFewLongRowsAreNoRows() {
        String years = IntStream.range(1990, 2020)
                .mapToObj(y -> "," + y + " [YR" + y + "]")
                .collect(Collectors.joining());
        String values = IntStream.range(0, 30).mapToObj(i -> "," + value(i)).collect(Collectors.joining());
        Table table = read("Country,Code" + years + "\nAruba,ABW" + values + "\nIndia,IND" + values
                + "\n\nData from database: Indicators\nLast updated: 2021\n");
        assertThat(table.series()).extracting(Series::id).containsExactly("Aruba", "India");
        assertThat(table.beginning()).isEmpty();
        assertThat(table.notes()).anyMatch(note -> note.startsWith("2 rows at the end are no part"));
    }

    @Test
    void aBlankNameNamesNoSeries() {
        String days =
                IntStream.range(0, 40).mapToObj(i -> "," + START.plusDays(i)).collect(Collectors.joining());
        String values = IntStream.range(0, 40).mapToObj(i -> "," + value(i)).collect(Collectors.joining());
        Table table = read("Province,Country" + days + "\n,Nepal" + values + "\nHubei,China" + values
                + "\nBeijing,China" + values + "\n");
        assertThat(table.series()).extracting(Series::id).containsExactly("Nepal", "Hubei/China", "Beijing/China");
    }

    @Test
    void titlesAboveAlignedCellsEndNoTable() {
        String titles = """
            Title:      Unemployment Rate
            Source:     Bureau of Labor, Statistics
            Frequency:  Monthly
            Updated:    2021-01-08 7:44 AM

            DATE          VALUE
            """;
        holds(titles + rows(60, i -> month(i) + "-01   " + value(i)), 60, "month", "2015-01-01");
    }

    @Test
    void aWholeFooterOfTwelveLinesLeavesTheRows() {
        String rows = "date,v\n" + rows(60, i -> START.plusDays(i) + "," + value(i));
        for (int lines : new int[] {1, 11, 12}) {
            holds(rows + rows(lines, i -> "Note " + "abcdefghijklm".charAt(i) + ",x"), 60, "day", "2021-01-04");
        }
        refused(
                "Day,v\n" + rows(56, i -> "MonTueWedThuFriSatSun".substring(i % 7 * 3, i % 7 * 3 + 3) + "," + value(i)),
                "not times");
    }

    // Numbers

    @ParameterizedTest
    @CsvSource({"K,1e3", "k,1e3", "M,1e6", "B,1e9", "' Mio.',1e6", "' Mrd',1e9", "bn,1e9", "mn,1e6", "' Tsd.',1e3"})
    void thousandsAndMillionsMayBeLetters(String letter, double scale) {
        Table table = read("month,users\n" + rows(40, i -> month(i) + "," + (i % 7 == 0 ? "950" : value(i) + letter)));
        Series series = table.series().get(0);
        for (int i = 0; i < 40; i++) {
            assertThat(series.raw()[i]).isEqualTo(i % 7 == 0 ? 950 : value(i) * scale, within(1e-6 * scale));
        }
        assertThat(table.notes()).anyMatch(note -> note.contains("34 numbers end in " + letter.strip()));
        refused("month,users\n" + rows(40, i -> month(i) + "," + value(i) + "X"), "leave units and letters out");
    }

    @Test
    void moneyThatIsOwedStandsInBrackets() {
        Table table = read("month,income\n"
                + rows(
                        40,
                        i -> month(i) + ","
                                + (i % 3 == 0
                                        ? "$(" + value(i) + ")"
                                        : i % 3 == 1 ? "($" + value(i) + ")" : "$" + value(i))));
        assertThat(table.series().get(0).raw()).startsWith(-value(0), -value(1), value(2));
    }

    @Test
    void codesBehindACommaAreNoFractions() {
        refused(
                "time,TMP\n" + rows(50, i -> hour(i) + ",\"" + (1000 + i) + ",1\""),
                "a code behind a comma",
                "`decimal` ,");
        refused(
                "time,TMP\n" + rows(50, i -> hour(i) + ",\"+00" + (10 + i) + "," + i % 9 + "\""),
                "a code behind a comma");
        String decimals = "time,TMP\n"
                + rows(50, i -> hour(i) + ",\"" + String.valueOf(value(i)).replace('.', ',') + "\"");
        holds(decimals, 50, "hour", "2021-01-04T00:00");
        // Prices all end in ,00, and in a table with semicolons nothing else is meant.
        assertThat(read("time,v\n" + rows(50, i -> hour(i) + ",\"" + i + ",00\""))
                        .series())
                .hasSize(1);
        assertThat(read("time;v\n" + rows(50, i -> hour(i) + ";" + i + ",5"))
                        .series()
                        .get(0)
                        .raw()[3])
                .isEqualTo(3.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩", "০১২৩৪৫৬৭৮৯"})
    void digitsOfOtherScriptsAreDigits(String digits) {
        IntFunction<String> written = i -> (month(i) + "-01," + value(i))
                .codePoints()
                .mapToObj(c -> c >= '0' && c <= '9' ? "" + digits.charAt(c - '0') : Character.toString(c))
                .collect(Collectors.joining());
        holds("date,value\n" + rows(40, written), 40, "month", "2015-01-01");
    }

    @Test
    void textThatSpreadsheetsKeepAsTextIsItsContent() {
        holds(
                "date,v\n" + rows(40, i -> START.plusDays(i) + ",\"=\"\"" + value(i) + "\"\"\""),
                40,
                "day",
                "2021-01-04");
    }

    // Times

    @ParameterizedTest
    @ValueSource(strings = {" - ", " – ", " to ", " bis "})
    void fromWhenToWhenBeginsWhenItBegins(String to) {
        IntFunction<String> whole = i -> clock(hour(i)) + to + clock(hour(i + 1)) + "," + value(i);
        holds("MTU (CET),price\n" + rows(60, whole), 60, "hour", "2021-01-04T00:00");
        IntFunction<String> weeks = i -> START.plusWeeks(i) + to + START.plusDays(7 * i + 6) + "," + value(i);
        holds("week,v\n" + rows(60, weeks), 60, "week", "2021-01-04");
        holds("time,v\n" + rows(60, i -> hour(i) + "/" + hour(i + 1) + "," + value(i)), 60, "hour", "2021-01-04T00:00");
        refused("MTU,v\n" + rows(60, i -> clock(hour(i)) + to + "x" + i + "," + value(i)), "no column of times");
    }

    @ParameterizedTest
    @CsvSource({"Hours,' - '", "Hour,-", "hours,–"})
    void hoursOfADayMayBeRanges(String name, String to) {
        String text = "Date," + name + ",price\n"
                + rows(
                        240,
                        i -> String.format(
                                Locale.ROOT,
                                "%s,%02d%s%02d,%s",
                                hour(i).toLocalDate(),
                                i % 24,
                                to,
                                (i + 1) % 24,
                                value(i)));
        holds(text, 240, "hour", "2021-01-04T00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HHmmss", "HHmm"})
    void clocksMayBeBareDigits(String pattern) {
        IntFunction<String> row = i -> hour(i).format(DateTimeFormatter.ofPattern("uuuuMMdd,"))
                + hour(i).format(DateTimeFormatter.ofPattern(pattern));
        holds("<DATE>,<TIME>,<CLOSE>\n" + rows(60, i -> row.apply(i) + "," + value(i)), 60, "hour", "2021-01-04T00:00");
        // Without leading noughts, as numbers are written.
        holds(
                "date,time,v\n" + rows(60, i -> START.plusDays(i / 24) + "," + 100 * (i % 24) + "," + value(i)),
                60,
                "hour",
                "2021-01-04T00:00");
    }

    /** How long something took is no clock of its row. */
    @Test
    void aColumnThatLooksLikeAClockIsOneWhereItSaysSo() {
        holds(
                "Date,v,Avg. duration\n" + rows(60, i -> START.plusDays(i) + "," + value(i) + ",00:0" + i % 9 + ":12"),
                60,
                "day",
                "2021-01-04");
        Table timed = holds(
                "Date,v,Time\n" + rows(60, i -> START.plusDays(i) + "," + value(i) + ",12:30:00"),
                60,
                "day",
                "2021-01-04T12:30");
        assertThat(timed.notes()).anyMatch(note -> note.contains("\"Date,Time\""));
    }

    @ParameterizedTest
    @CsvSource({"MMWR Year,MMWR Week", "Meldejahr,Meldewoche", "report year,report week", "Kalenderjahr,Kalenderwoche"})
    void partsOfADateMayHaveLongerNames(String year, String week) {
        String rows = rows(104, i -> 2018 + i / 52 + "," + (i % 52 + 1) + "," + value(i));
        holds(year + "," + week + ",v\n" + rows, 104, "week", "2018-01-01");
        // What is counted by the week is no week.
        Table table = read("year,units per week\n" + rows(30, i -> 1990 + i + "," + (900 + i * 7 % 5)));
        assertThat(table.series()).extracting(Series::id).containsExactly("units per week");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epiweek", "Woche", "x"})
    void weeksBehindTheirYearsAreTimesByAnyName(String name) {
        String text = name + ",region,v\n"
                + rows(
                        208,
                        i -> String.format(
                                Locale.ROOT,
                                "%d%02d,%s,%s",
                                2018 + i % 104 / 52,
                                i % 52 + 1,
                                i < 104 ? "a" : "b",
                                value(i % 104)));
        Table table = read(text);
        assertThat(table.series()).extracting(Series::id).containsExactly("a", "b");
        assertThat(table.frequency().name()).isEqualTo("week");
        holds(table.series().get(1), 104);
        // A count that stays within what would be weeks of one year is a count.
        assertThat(read("id,v\n" + rows(40, i -> 201_801 + i + "," + value(i)))
                        .frequency()
                        .isClock())
                .isFalse();
        // Numbers of six digits that do not follow each other are values.
        assertThat(read("x,v\n" + rows(60, i -> 201_800 + i * 37 % 52 + "," + value(i)))
                        .series())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b,c,v\n"})
    void yearsBesideMonthsAndDaysWithoutTheirNamesAreAskedAbout(String heading) {
        IntFunction<String> row = i -> {
            LocalDate day = START.plusDays(i);
            return day.getYear() + "," + day.getMonthValue() + "," + day.getDayOfMonth() + "," + value(i);
        };
        refused(heading + rows(25, row), "holds years", "`time` " + (heading.isEmpty() ? "#1,#2" : "a,b"));
        TableFormat.Roles none = TableFormat.AUTO.roles();
        String names = heading.isEmpty() ? "#1,#2,#3" : "a,b,c";
        Table table = read(
                heading + rows(25, row),
                TableFormat.AUTO.roles(new TableFormat.Roles(
                        List.of(names.split(",")),
                        none.group(),
                        none.targets(),
                        none.known(),
                        none.observed(),
                        none.statics())));
        holds(table.series().get(0), 25);
        assertThat(table.frequency().name()).isEqualTo("day");
    }

    @Test
    void minutesAreCalledAsMonthsInSmallLetters() {
        holds(
                "#YY MM DD hh mm WVHT\n#yr mo dy hr mn m\n"
                        + rows(
                                60,
                                i -> START.atStartOfDay()
                                                .plusMinutes(10L * i)
                                                .format(DateTimeFormatter.ofPattern("uuuu MM dd HH mm"))
                                        + " " + value(i)),
                60,
                "10min",
                "2021-01-04T00:00");
    }

    @Test
    void secondsSince1970MayComeUnevenly() {
        refused(
                "t,v\n" + rows(60, i -> 1_609_459_200 + 10 * i + i * 7 % 3 * 0.1 + "," + value(i)),
                "no regular step found");
        // Another column of such seconds says when something ended.
        Table table = read("open_time,v,close_time\n"
                + rows(
                        60,
                        i -> 1_609_459_200_000L + 3_600_000L * i + "," + value(i) + ","
                                + (1_609_459_200_000L + 3_600_000L * i + 3_599_999)));
        assertThat(table.series()).hasSize(1);
        holds(table.series().get(0), 60);
    }

    @ParameterizedTest
    @CsvSource({
        "P%02d FY%d,12,month",
        "FY%2$d P%1$02d,12,month",
        "Q%d FY%d,4,quarter",
        "FY%2$d-Q%1$d,4,quarter",
        "H%d 20%d,2,6mo"
    })
    void partsOfYearsOfAccountsAreTimes(String form, int parts, String step) {
        IntFunction<String> row = i -> String.format(Locale.ROOT, form, i % parts + 1, 18 + i / parts) + "," + value(i);
        holds("Period,v\n" + rows(4 * parts, row), 4 * parts, step, "2018-01-01");
        // A thirteenth period is no month.
        if (parts == 12) {
            refused(
                    "Period,v\n"
                            + rows(52, i -> String.format(Locale.ROOT, form, i % 13 + 1, 18 + i / 13) + "," + value(i)),
                    "not times");
        }
    }

    @ParameterizedTest
    @CsvSource({"hi,%s %d", "sv,%s %d", "da,%s %d", "nb,%s %d", "pl,%s %d", "es,%s de %d", "pt,%s de %d"})
    void monthsHaveNamesInMoreLanguages(String language, String form) {
        for (TextStyle style : new TextStyle[] {TextStyle.FULL_STANDALONE, TextStyle.FULL, TextStyle.SHORT}) {
            IntFunction<String> row = i -> String.format(
                            Locale.ROOT,
                            form,
                            month(i).getMonth().getDisplayName(style, Locale.forLanguageTag(language)),
                            month(i).getYear())
                    + "," + value(i);
            holds("m,v\n" + rows(40, row), 40, "month", "2015-01-01");
        }
    }

    // Shapes

    @Test
    void numbersWithFractionsAreNoNamesThatFollowEachOther() {
        holds(
                ",a\n"
                        + rows(48, i -> month(i).toString().replace("-", "") + "," + value(i))
                                .replace("\n,", "\n"),
                48,
                "month",
                "2015-01-01");
        Table table = read(",p,q,r,s\n"
                + rows(
                        40,
                        i -> month(i).toString().replace("-", "")
                                + (i == 0 ? ",0.04,0.06,0.08,0.22" : "," + value(i) + ",1.5,-2.5,0.22")));
        assertThat(table.series()).extracting(Series::id).containsExactly("p", "q", "r", "s");
        assertThat(table.series().get(0).length()).isEqualTo(40);
    }

    @Test
    void daysOfASpreadsheetAboveColumnsAreAskedAbout() {
        String days = IntStream.range(0, 24)
                .mapToObj(i -> "," + (month(i).atDay(1).toEpochDay() + 25_569))
                .collect(Collectors.joining());
        String values = IntStream.range(0, 24).mapToObj(i -> "," + value(i)).collect(Collectors.joining());
        refused(
                "Region" + days + "\nNorth" + values + "\nSouth" + values,
                "line 1",
                "days as a spreadsheet",
                "`header` no");
    }

    @Test
    void theHourThatClocksRepeatMakesNoOtherDay() {
        String hours = IntStream.rangeClosed(1, 24)
                .mapToObj(h -> ",Hour " + h + (h == 2 ? ",Hour 2X" : ""))
                .collect(Collectors.joining());
        String row = IntStream.range(0, 25).mapToObj(i -> "," + value(i)).collect(Collectors.joining());
        refused("Date" + hours + "\n" + rows(30, i -> START.plusDays(i) + row), "hours of a day", "`layout` columns");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 48, 96})
    void namelessPartsOfADayAreAskedAbout(int parts) {
        String row = IntStream.range(0, parts).mapToObj(i -> "," + value(i)).collect(Collectors.joining());
        IntFunction<String> day =
                i -> "300," + START.plusDays(i).toString().replace("-", "") + row.replace(",1", "," + (1 + i % 3));
        refused(rows(parts + 10, day), parts + " columns of numbers without names", "`target`");
    }

    @Test
    void aSumBelowRowsThatAreCountedIsNoRow() {
        Table table = read(
                "Hour Index,Users\n" + rows(60, i -> String.format(Locale.ROOT, "%06d,%s", i, value(i))) + ",9000\n");
        assertThat(table.series()).hasSize(1);
        holds(table.series().get(0), 60);
    }

    @Test
    void metersThatBeginAnewAreNamed() {
        IntFunction<String> meter = i -> hour(i) + "," + (i < 50 ? 1000 + 3 * i : 3 * (i - 50));
        assertThat(read("time,kwh\n" + rows(100, meter)).notes())
                .anyMatch(note -> note.contains("\"kwh\" only ascends"));
        assertThat(read("time,kwh\n" + rows(100, i -> hour(i) + "," + (1000 + 3 * i)))
                        .notes())
                .noneMatch(note -> note.contains("only ascends"));
        assertThat(read("time,kwh\n" + rows(100, i -> hour(i) + "," + value(i))).notes())
                .noneMatch(note -> note.contains("only ascends"));
    }

    @Test
    void cellsOfFixedWidthAreRefused() {
        refused(
                rows(24, i -> "USW00094728" + month(i).toString().replace("-", "") + "TMAX  115  X   27  X-9999   "),
                "fixed width",
                "write it as CSV");
        refused(rows(30, i -> "USW00094728" + (1990 + i) + "TAVG 1261    1095    1401  "), "fixed width");
        holds(rows(30, i -> "Jan" + (1990 + i) + "  " + value(i)), 30, "year", "1990-01-01");
    }

    @Test
    void aDateInAPreambleIsNoName() {
        Table table = read("Program\tX\nDate\t2021/01/01\nTime\t10:00:00.0\nX_Value\tVoltage\n"
                + rows(60, i -> i / 1000.0 + "\t" + value(i)));
        assertThat(table.series()).extracting(Series::id).containsExactly("Voltage");
    }
}
