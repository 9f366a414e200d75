package dev.namaskar.series.table;

import static dev.namaskar.series.table.WrittenTables.holds;
import static dev.namaskar.series.table.WrittenTables.read;
import static dev.namaskar.series.table.WrittenTables.refused;
import static dev.namaskar.series.table.WrittenTables.rows;
import static dev.namaskar.series.table.WrittenTables.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
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

/** Tables as strangers hand them over, which were read as something else without a word, or refused without a cure. */
class HandedTablesTest {
    private static final LocalDate START = LocalDate.of(2021, 1, 4);

    private static String days(int count, IntFunction<String> cells) {
        return rows(count, i -> START.plusDays(i) + "," + cells.apply(i));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-32768",
                "32767",
                "65535",
                "2147483647",
                "1e+20",
                "9.999e20",
                "1.0E30",
                "9.969209968386869E36",
                "-3.4028234663852886e+38",
                "-999.900024",
                "\\N",
                "unavailable",
                "unknown",
                "No data",
                "#N/V",
                "#WERT!",
                "1.#QNAN",
                "-1.#IND",
                "[x]",
                "(D)"
            })
    void whatMachinesWriteForNothingIsNothing(String nothing) {
        Table table = read("date,v\n" + days(60, i -> i == 9 || i == 20 ? nothing : "" + value(i)));
        assertThat(table.series().get(0).raw())
                .isEqualTo(IntStream.range(0, 60)
                        .mapToDouble(i -> i == 9 || i == 20 ? Double.NaN : value(i))
                        .toArray());
        assertThat(table.notes()).anyMatch(note -> note.startsWith("2 values are missing"));
    }

    @Test
    void whatComesNearSuchNumbersIsAValue() {
        double[] large = read("date,v\n" + days(60, i -> "" + (32_000 + i * 13 % 768)))
                .series()
                .get(0)
                .raw();
        assertThat(large).doesNotContain(Double.NaN).contains(32_767);
        double[] huge = read("date,v\n" + days(60, i -> (i % 7 + 1) + "e20"))
                .series()
                .get(0)
                .raw();
        assertThat(huge).doesNotContain(Double.NaN).contains(1e20);
        refused("date,v\n" + days(60, i -> i == 9 ? "broken" : "" + value(i)), "`non-numeric` blank");
        // A region of which nothing is known is one all the same.
        assertThat(read("date,region,v\n"
                                + rows(
                                        120,
                                        i -> START.plusDays(i / 2) + "," + (i % 2 == 0 ? "Unknown" : "North") + ","
                                                + value(i / 2)))
                        .series())
                .extracting(Series::id)
                .containsExactly("Unknown", "North");
    }

    @ParameterizedTest
    @CsvSource({"999.9,0", "9999.99,0", "-999,0", "1e20,0", "999,1", "24,1", "0.5,1"})
    void aColumnOfNothingButAMarkIsNoSeries(String mark, int kept) {
        Table table = read("date,rain,gust\n" + days(60, i -> value(i) + "," + mark));
        assertThat(table.series()).hasSize(1 + kept);
    }

    @Test
    void numbersBehindTheLastColumnAreNotLeftOut() {
        IntFunction<String> comma = i -> ("" + value(i)).replace('.', ',');
        refused(
                "date,a,b\n" + days(40, i -> comma.apply(i) + "," + comma.apply(i)),
                "line 2 has 5 cells",
                "put the numbers in quotes");
        // The first number above a thousand may come late.
        refused("date,v\n" + days(600, i -> i == 500 ? "1,234" : "" + (i % 90 + 10)), "line 502 has 3 cells", "'234'");
        refused("date,name,v\n" + days(40, i -> (i == 20 ? "Roe, Ann," : "Ann,") + value(i)), "line 22 has 4 cells");
        // Words behind the last column and blank cells are no numbers.
        holds("date,v,remark\n" + days(60, i -> value(i) + (i == 9 ? ",so, or so" : ",so")), 60, "day", "2021-01-04");
        holds("date,v\n" + days(60, i -> value(i) + ",,"), 60, "day", "2021-01-04");
    }

    @Test
    void ticksAreNoNanoseconds() {
        IntFunction<String> ticks = i -> "" + (637_453_152_000_000_000L + 36_000_000_000L * i);
        holds("time,v\n" + rows(60, i -> ticks.apply(i) + "," + value(i)), 60, "hour", "2021-01-04T00:00Z");
        IntFunction<String> nanos = i -> "" + (1_609_718_400_000_000_000L + 3_600_000_000_000L * i);
        holds("time,v\n" + rows(60, i -> nanos.apply(i) + "," + value(i)), 60, "hour", "2021-01-04T00:00Z");
    }

    @Test
    void secondsOfAppleAreAskedAbout() {
        String text = "time,v\n" + rows(60, i -> 631_411_200L + 3600L * i + "," + value(i));
        refused(text, "in 1990", "in 2021", "epoch-seconds or seconds-since-2001");
        TableFormat.Times times = TableFormat.AUTO.times();
        Table table = read(
                text,
                TableFormat.AUTO.times(new TableFormat.Times("seconds-since-2001", times.frequency(), times.zone())));
        assertThat(table.text(table.series().get(0).time(0))).isEqualTo("2021-01-04T00:00Z");
        assertThat(table.frequency().name()).isEqualTo("hour");
    }

    @Test
    void whatNobodyObservedIsNoHistory() {
        IntFunction<String> kind = i -> value(i) + (i < 50 ? ",actual" : ",Forecast");
        refused("date,v,type\n" + days(60, kind), "'Forecast' in some rows and 'actual' in others", "`group` type");
        // As series of their own they are two; words of other kinds say nothing.
        assertThat(read("date,v,type\n" + days(60, kind), TableFormat.AUTO.group("type"))
                        .series())
                .hasSize(2);
        holds(
                "date,v,type\n" + days(60, i -> value(i) + (i < 50 ? ",final" : ",provisional")),
                60,
                "day",
                "2021-01-04");
        holds("date,v,type\n" + days(60, i -> value(i) + ",forecast"), 60, "day", "2021-01-04");
    }

    @Test
    void aPartOfTheTimeByAnyNameIsNotForecast() {
        LocalDateTime first = START.atStartOfDay();
        Table table = read("stamp,load,OPR_HR,wd\n"
                + rows(
                        24 * 40,
                        i -> first.plusHours(i).atOffset(ZoneOffset.UTC) + "," + value(i) + "," + ((i + 16) % 24 + 1)
                                + "," + (i / 24 + 3) % 7));
        assertThat(table.series()).extracting(Series::id).containsExactly("load");
        assertThat(table.notes())
                .anyMatch(note ->
                        note.startsWith("not forecast, for they say a part of the time again: \"OPR_HR\"," + " \"wd\"")
                                && note.contains("`known`"));
        // Other steps, other numbers and a pattern broken once are values.
        for (IntFunction<String> other : List.<IntFunction<String>>of(
                i -> "" + i / 24 % 5, i -> "" + 2 * (i % 24), i -> "" + (i == 77 ? 9 : i % 24), i -> "" + i % 24 % 3)) {
            assertThat(read("stamp,load,x\n"
                                    + rows(24 * 40, i -> first.plusHours(i) + ":00," + value(i) + "," + other.apply(i)))
                            .series())
                    .hasSize(2);
        }
        // Alone it is all there is.
        assertThat(read("stamp,x\n" + rows(24 * 40, i -> first.plusHours(i) + ":00," + (i + 3) % 24))
                        .series())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "is_weekend,1",
        "holiday_ind,1",
        "SchoolHoliday,1",
        "workingday,1",
        "promo,1",
        "sold,2",
        "holiday_sales,2"
    })
    void flagsAreNotForecast(String name, int series) {
        Table table = read("date,v," + name + "\n" + days(60, i -> value(i) + "," + i * i % 11 % 2));
        assertThat(table.series()).hasSize(series);
        // More than nought and one is a count.
        assertThat(read("date,v," + name + "\n" + days(60, i -> value(i) + "," + i * i % 11))
                        .series())
                .hasSize(2);
    }

    @Test
    void theEndOfEveryDayIsTheDay() {
        IntFunction<String> row = i -> START.plusDays(i / 2).toString().replace("-", "") + ","
                + (i % 2 == 0 ? "TMAX" : "TMIN") + "," + value(i / 2) + ",2400";
        Table table = read("DATE,ELEMENT,VALUE,OBS_TIME\n" + rows(120, row));
        assertThat(table.series()).extracting(Series::id).containsExactly("TMAX", "TMIN");
        assertThat(table.text(table.series().get(0).time(0))).isEqualTo("2021-01-04");
        // Any other end of an hour is one.
        holds(
                "date,time,v\n" + rows(72, i -> START.plusDays(i / 24) + "," + (100 * (i % 24 + 1)) + "," + value(i)),
                72,
                "hour",
                "2021-01-04T01:00");
    }

    @Test
    void columnsOfPartsOfADayOrAWeekAreAskedAbout() {
        IntFunction<String> cells =
                count -> IntStream.range(0, count).mapToObj(i -> "" + value(i)).collect(Collectors.joining(","));
        IntFunction<String> names =
                count -> IntStream.rangeClosed(1, count).mapToObj(i -> "V" + i).collect(Collectors.joining(","));
        refused("Date," + names.apply(24) + "\n" + days(30, i -> cells.apply(24)), "\"V1\" to \"V24\"", "hours");
        refused("Date," + names.apply(96) + "\n" + days(30, i -> cells.apply(96)), "\"V1\" to \"V96\"");
        refused(
                "Week,Mon,Tue,Wed,Thu,Fri\n" + rows(30, i -> START.plusWeeks(i) + "," + cells.apply(5)),
                "\"Mon\" to \"Fri\"",
                "days of a week");
        // Other counts, other names, and channels of every hour are series.
        assertThat(read("Date," + names.apply(20) + "\n" + days(30, i -> cells.apply(20)))
                        .series())
                .hasSize(20);
        assertThat(read("Date," + names.apply(24).replace("V", "sensor") + "\n" + days(30, i -> cells.apply(24)))
                        .series())
                .hasSize(24);
        assertThat(read("Time," + names.apply(24) + "\n"
                                + rows(30, i -> START.atStartOfDay().plusHours(i) + "," + cells.apply(24)))
                        .series())
                .hasSize(24);
    }

    @Test
    void columnsWithoutNamesAreCountedFromNought() {
        holds(",0\n" + rows(48, i -> YearMonth.of(2015, 1).plusMonths(i) + "," + value(i)), 48, "month", "2015-01-01");
        Table two = read(",0,1\n" + days(60, i -> value(i) + "," + value(i)));
        assertThat(two.series()).extracting(Series::id).containsExactly("0", "1");
        two.series().forEach(series -> holds(series, 60));
        // Other numbers behind a blank time are a row that lacks one.
        refused(",5\n" + days(60, i -> "" + value(i)), "not a time");
    }

    @Test
    void aVectorAsRShowsItIsOne() {
        refused(
                rows(
                        9,
                        r -> " [" + (10 * r + 1) + "] "
                                + IntStream.range(0, 10)
                                        .mapToObj(i -> "" + value(10 * r + i))
                                        .collect(Collectors.joining(" "))),
                "\"[1]\"",
                "a value a line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EEE MMM ppd HH:mm:ss uuuu",
                "EEE MMM ppd HH:mm:ss 'UTC' uuuu",
                "'['dd/MMM/uuuu:HH:mm:ss '+0000]'",
                "EEE MMM dd uuuu HH:mm:ss 'GMT+0100 (Central European Standard Time)'"
            })
    void programsDressTimes(String pattern) {
        DateTimeFormatter written = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        IntFunction<String> row = i -> START.atStartOfDay().plusHours(i).format(written) + "," + value(i);
        Table table = read("time,v\n" + rows(72, row));
        holds(table.series().get(0), 72);
        assertThat(table.frequency().name()).isEqualTo("hour");
        assertThat(table.text(table.series().get(0).time(0))).startsWith("2021-01-04T00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w/c ", "w/e ", "Week of ", "week ending: ", "Week commencing "})
    void weeksAreCalledByADay(String before) {
        IntFunction<String> week =
                i -> START.plusWeeks(i).format(DateTimeFormatter.ofPattern("dd/MM/uuuu")) + "," + value(i);
        holds("when,v\n" + rows(60, i -> before + week.apply(i)), 60, "week", "2021-01-04");
        // Other words before a day say something else.
        refused("when,v\n" + rows(60, i -> "shop of " + week.apply(i)), "names every row anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {" (p)", "(R)", "*", " [e]"})
    void marksBehindTimesAreNoneOfThem(String mark) {
        DateTimeFormatter month = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
        IntFunction<String> time = i -> START.withDayOfMonth(1).plusMonths(i).format(month);
        holds(
                "when,v\n" + rows(48, i -> time.apply(i) + (i > 40 ? mark : "") + "," + value(i)),
                48,
                "month",
                "2021-01-01");
        // What was forecast is no time of a value.
        refused("when,v\n" + rows(48, i -> time.apply(i) + (i > 40 ? " (f)" : "") + "," + value(i)), "not times");
    }

    @Test
    void monthsAreWrittenInMoreWays() {
        IntFunction<LocalDate> month = i -> LocalDate.of(2015, 1, 1).plusMonths(i);
        holds(
                "when,v\n"
                        + rows(
                                48,
                                i -> month.apply(i).toString().substring(0, 7).replace('-', '_') + "," + value(i)),
                48,
                "month",
                "2015-01-01");
        // The middle of a month is the fourteenth, the fifteenth or the sixteenth.
        holds(
                "when,v\n"
                        + rows(
                                48,
                                i -> month.apply(i)
                                                .withDayOfMonth((month.apply(i).lengthOfMonth() + 1) / 2) + ","
                                        + value(i)),
                48,
                "month",
                "2015-01-01");
        holds(
                "when,v\n"
                        + rows(
                                60,
                                i -> START.plusDays(i).getDayOfMonth()
                                        + (START.plusDays(i).getDayOfMonth() == 1 ? "er " : " ")
                                        + START.plusDays(i).getMonth().getDisplayName(TextStyle.FULL, Locale.FRENCH)
                                        + " 2021," + value(i)),
                60,
                "day",
                "2021-01-04");
        // Numbers with a stroke beneath are names.
        assertThat(read("item,v\n" + rows(20, i -> "5001_" + (i % 12 + 1) + "," + value(i)))
                        .frequency()
                        .isClock())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"' °C'", "°F", "' kWh'", "' hPa'", "' µg/m³'", "' bps'"})
    void aUnitBehindEveryNumberIsLeftOut(String unit) {
        Table table = holds("date,v\n" + days(60, i -> value(i) + unit), 60, "day", "2021-01-04");
        assertThat(table.notes()).anyMatch(note -> note.contains("read without the unit " + unit.strip()));
        refused("date,v\n" + days(60, i -> value(i) + (i == 30 ? "" : unit)), "59 numbers have the unit");
        refused("date,v\n" + days(60, i -> value(i) + (i == 30 ? " MWh" : unit)), "different units");
    }

    @Test
    void accountsAndScientistsWriteNumbersInTheirOwnWay() {
        double[] nought = read("date,v\n" + days(60, i -> i % 9 == 4 ? "\" $ -   \"" : "$" + value(i)))
                .series()
                .get(0)
                .raw();
        assertThat(nought[4]).isZero();
        assertThat(nought[5]).isEqualTo(value(5));
        double[] loss = read("date,v\n" + days(60, i -> i % 2 == 0 ? "(" + value(i) + "%)" : value(i) + "%"))
                .series()
                .get(0)
                .raw();
        assertThat(loss[0]).isEqualTo(-value(0));
        assertThat(loss[1]).isEqualTo(value(1));
        holds(
                "date;v\n" + rows(60, i -> START.plusDays(i) + ";" + String.format(Locale.GERMANY, "%.3E", value(i))),
                60,
                "day",
                "2021-01-04");
        holds("date,v\n" + days(60, i -> value(i) + (i > 55 ? "[r]" : "")), 60, "day", "2021-01-04");
        holds("date,v\n" + rows(60, i -> "'" + START.plusDays(i) + "," + value(i)), 60, "day", "2021-01-04");
        double[] arabic = read("date,v\n"
                        + days(60, i -> "\u0661\u066C\u0662\u0663\u0664\u066B" + (char) ('\u0660' + i % 10)))
                .series()
                .get(0)
                .raw();
        assertThat(arabic[7]).isEqualTo(1234.7);
    }

    @Test
    void rowsOfWholeColumnsAreLeftOut() {
        String values = days(60, i -> "" + value(i));
        Table table = holds("sasdate,v\nTransform:,5\nfactors,1\n" + values, 60, "day", "2021-01-04");
        assertThat(table.notes()).anyMatch(note -> note.endsWith("the rows Transform:, factors"));
        holds("Date,v\nMean,110.5\nMax,121\nStd Dev,3\n" + values, 60, "day", "2021-01-04");
        refused("Date,v\nMeant,110.5\n" + values, "'Meant'");
    }

    @Test
    void noughtsOfTimesToComeAndTotalsAreSaid() {
        String years = IntStream.range(0, 24).mapToObj(i -> "," + (2000 + i)).collect(Collectors.joining());
        IntFunction<String> row = last -> IntStream.range(0, 24)
                .mapToObj(i -> "," + (i < last ? value(i) : 0))
                .collect(Collectors.joining());
        assertThat(read("item" + years + "\nA" + row.apply(20) + "\nB" + row.apply(21) + "\n")
                        .notes())
                .anyMatch(note -> note.startsWith("all series end in 3 noughts or more and had none before"));
        assertThat(read("item" + years + "\nA" + row.apply(20) + "\nB" + row.apply(24) + "\n")
                        .notes())
                .noneMatch(note -> note.contains("noughts"));
        assertThat(read("date,v\n" + days(60, i -> i % 9 == 0 || i > 50 ? "0" : "" + value(i)))
                        .notes())
                .noneMatch(note -> note.contains("noughts"));
        assertThat(read("date,a,b,Total\n" + days(60, i -> value(i) + "," + value(i) + "," + 2 * value(i)))
                        .notes())
                .anyMatch(note -> note.startsWith("\"Total\" is read as a series beside the others"));
    }

    @Test
    void partsOfADateMayStandBesideTheirQuarter() {
        IntFunction<String> row = i -> {
            LocalDate day = START.plusDays(i);
            return day.getYear() + ",Qtr " + ((day.getMonthValue() + 2) / 3) + ","
                    + day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "," + day.getDayOfMonth() + ","
                    + value(i);
        };
        holds("Year,Quarter,Month,Day,Sales\n" + rows(60, row), 60, "day", "2021-01-04");
        holds(
                "year,epiweek,cases\n" + rows(104, i -> 2018 + i / 52 + "," + (i % 52 + 1) + "," + value(i)),
                104,
                "week",
                "2018-01-01");
    }

    @Test
    void datesThatWereNumbersAreDates() {
        holds(
                "Date,v\n" + rows(60, i -> START.plusDays(i).toString().replace("-", "") + ".0," + value(i)),
                60,
                "day",
                "2021-01-04");
        DateTimeFormatter hour = DateTimeFormatter.ofPattern("uuuu-MM-dd hh-a", Locale.ENGLISH);
        holds(
                "Date,v\n" + rows(60, i -> START.atStartOfDay().plusHours(i).format(hour) + "," + value(i)),
                60,
                "hour",
                "2021-01-04T00:00");
        // Eight digits and a fraction are a value.
        assertThat(read("date,v\n" + days(60, i -> 20_210_101 + i * 37 % 19 + ".0"))
                        .series())
                .hasSize(1);
    }

    @Test
    void whatCountsDownFromTheFirstRowIsNoSeries() {
        Table table = read(",date,v\n" + rows(60, i -> 60 - i + "," + START.plusDays(i) + "," + value(i)));
        assertThat(table.series()).extracting(Series::id).containsExactly("v");
        assertThat(read("date,stock,v\n" + days(60, i -> 60 - i + "," + value(i)))
                        .series())
                .hasSize(2);
    }

    @Test
    void namelessWordsThatMayBeTimesAreAskedAbout() {
        refused(
                "   load1   load5\n\n" + rows(60, i -> 1_609_718_400L + 300L * i + ": " + value(i) + " " + value(i)),
                "\"#1\" names every row anew");
    }

    @Test
    void yearsThatAreEstimatesAreAskedAbout() {
        String years = IntStream.range(0, 30).mapToObj(i -> "," + (2000 + i)).collect(Collectors.joining());
        String values = IntStream.range(0, 30).mapToObj(i -> "," + value(i)).collect(Collectors.joining());
        refused(
                "ISO" + years + ",Estimates Start After\nAFG" + values + ",2021\nALB" + values + ",2022\n",
                "\"Estimates Start After\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021,2022", "2020,2021,2022", "2022,2021"})
    void daysOfSeveralYearsBesideEachOtherAreNoSeries(String years) {
        int count = years.split(",").length;
        IntFunction<String> values =
                i -> IntStream.range(0, count).mapToObj(k -> "," + value(i + k)).collect(Collectors.joining());
        IntFunction<String> day = i -> START.plusDays(i).toString().substring(5) + values.apply(i);
        refused("date," + years + "\n" + rows(60, day), "`layout` columns");
        refused("Day," + years + "\n" + rows(60, i -> i + 1 + values.apply(i)), "`layout` columns");
        // Other numbers beside a time are what they are called.
        assertThat(read("Date,low,high\n" + days(60, i -> value(i) + "," + value(i)))
                        .series())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{q}. Quartal", "Quarter {q}", "{q}e trimestre", "Qtr {q}", "Q{q}"})
    void quartersInWordsStandBesideTheirYear(String form) {
        holds(
                "Year,Quarter,v\n"
                        + rows(40, i -> 2010 + i / 4 + "," + form.replace("{q}", "" + (i % 4 + 1)) + "," + value(i)),
                40,
                "quarter",
                "2010-01-01");
    }
}
