package dev.namaskar.series.table;

import static dev.namaskar.series.table.WrittenTables.holds;
import static dev.namaskar.series.table.WrittenTables.read;
import static dev.namaskar.series.table.WrittenTables.refused;
import static dev.namaskar.series.table.WrittenTables.rows;
import static dev.namaskar.series.table.WrittenTables.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.Table;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people call them: parts of years in words, in Roman numerals and in other scripts. */
class CalledTimesTest {
    private static final List<String> ROMAN =
            List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");
    private static final List<String> SPANS = List.of("Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec");
    private static final List<String> EASTERN = List.of("1-3", "4-6", "7-9", "10-12");
    private static final List<String> ENGLISH = List.of("1st", "2nd", "3rd", "4th");
    private static final LocalDate MONDAY = LocalDate.of(2021, 1, 4);

    private static String table(int count, IntFunction<String> time) {
        return "when;v\n" + rows(count, i -> time.apply(i) + ";" + value(i));
    }

    /** A form in which {@code y} is the year, {@code q} the quarter and so on. */
    private static String quarter(String form, int i) {
        return form.replace("{y}", Integer.toString(2010 + i / 4))
                .replace("{q}", Integer.toString(i % 4 + 1))
                .replace("{r}", ROMAN.get(i % 4))
                .replace("{span}", SPANS.get(i % 4))
                .replace("{east}", EASTERN.get(i % 4))
                .replace("{th}", ENGLISH.get(i % 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{r}/{y}",
                "{r} {y}",
                "{r}-{y}",
                "Q.{r} {y}",
                "Q{r} {y}",
                "{r} kw. {y}",
                "{r} кв. {y}",
                "{r} квартал {y}",
                "{r} kwartał {y}",
                "{y} {r}",
                "{y}-{r}",
                "{y}T{r}",
                "{y}-Q{r}",
                "{q}. Quartal {y}",
                "{th} quarter {y}",
                "{th} Quarter, {y}",
                "{q}e trimestre {y}",
                "{q}º trimestre de {y}",
                "Quarter {q} {y}",
                "{q} кв. {y} г.",
                "{q}. čtvrtletí {y}",
                "{span} {y}",
                "{y} {span}",
                "{y}年第{q}四半期",
                "{y}年{q}季度",
                "{y}년 {q}분기",
                "{y}年{east}月",
                "{y}年{east}月期"
            })
    void quarters(String form) {
        holds(table(40, i -> quarter(form, i)), 40, "quarter", "2010-01-01");
        // The same names above columns.
        String wide =
                "geo;" + IntStream.range(0, 12).mapToObj(i -> quarter(form, i)).collect(Collectors.joining(";"))
                        + "\n"
                        + rows(
                                3,
                                k -> "ABC".charAt(k) + ";"
                                        + IntStream.range(0, 12)
                                                .mapToObj(i -> "" + value(i))
                                                .collect(Collectors.joining(";")));
        Table table = read(wide);
        assertThat(table.series()).hasSize(3);
        assertThat(table.frequency().name()).isEqualTo("quarter");
        holds(table.series().get(2), 12);
    }

    @Test
    void romanQuartersInAColumnBesideTheYear() {
        holds("Year,Quarter,v\n" + rows(40, i -> quarter("{y},{r},", i) + value(i)), 40, "quarter", "2010-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{r}-{y}", "{r} {y}", "{y}/{r}", "{y}年{m}月", "{y}年{m}月份", "{y}년 {m}월", "0{mm}.{y}"})
    void months(String form) {
        IntFunction<String> month = i -> form.replace("{y}", Integer.toString(2015 + i / 12))
                .replace("{r}", ROMAN.get(i % 12))
                .replace("{mm}", String.format(Locale.ROOT, "%02d", i % 12 + 1))
                .replace("{m}", Integer.toString(i % 12 + 1));
        holds(table(48, month), 48, "month", "2015-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ru", "uk", "ar", "tr", "el", "cs", "fi", "hu", "ro", "id", "hi"})
    void monthsInManyLanguages(String language) {
        IntFunction<String> month = i -> {
            YearMonth at = YearMonth.of(2015, 1).plusMonths(i);
            return at.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, Locale.forLanguageTag(language)) + " "
                    + at.getYear();
        };
        holds(table(48, month), 48, "month", "2015-01-01");
    }

    @Test
    void fourRomanNumeralsAloneMayBeMonthsOrQuarters() {
        refused(table(4, i -> ROMAN.get(i) + "/2020"), "2020-02-01 or 2020-04-01", "`time-format`");
        holds(table(12, i -> ROMAN.get(i) + "/2020"), 12, "month", "2020-01-01");
        holds(table(8, i -> quarter("{r}/{y}", i)), 8, "quarter", "2010-01-01");
        // A word for what they are settles it.
        holds(table(4, i -> "Q" + ROMAN.get(i) + " 2020"), 4, "quarter", "2020-01-01");
    }

    @Test
    void spansOfMonthsThatGoOnByOneAreMonths() {
        IntFunction<String> ends = i -> name(i) + "-" + name(i + 2) + " " + (2015 + (i + 2) / 12);
        IntFunction<String> begins = i -> name(i) + "-" + name(i + 2) + " " + (2015 + i / 12);
        holds(table(48, ends), 48, "month", "2015-01-01");
        holds(table(48, begins), 48, "month", "2015-01-01");
    }

    private static String name(int month) {
        return YearMonth.of(2015, 1).plusMonths(month).getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5. KW 2021", "W05 2021", "KW 5/2021", "2021-W05", "Week 5, 2021"})
    void weeksAreNoQuarters(String form) {
        IntFunction<String> week = i -> {
            LocalDate at = MONDAY.plusWeeks(i);
            int number = at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            return form.replace("2021", Integer.toString(at.get(IsoFields.WEEK_BASED_YEAR)))
                    .replaceFirst(
                            "0?5", form.contains("05") ? String.format(Locale.ROOT, "%02d", number) : "" + number);
        };
        holds(table(80, week), 80, "week", "2021-01-04");
        holds(table(4, week), 4, "week", "2021-01-04");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1H2000", "H1 2000", "S1 2000", "2000 H1", "2000-S1"})
    void halves(String form) {
        holds(
                table(
                        20,
                        i -> form.replace("2000", "" + (2000 + i / 2))
                                .replaceFirst("(?<=[HS])1|1(?=[HS])", "" + (i % 2 + 1))),
                20,
                "6mo",
                "2000-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{y}年", "{y}년", "{y} г.", "{y}年度"})
    void years(String form) {
        holds(table(30, i -> form.replace("{y}", "" + (1980 + i))), 30, "year", "1980-01-01");
    }

    @Test
    void yearsOfTwoDigits() {
        holds(table(30, i -> String.format(Locale.ROOT, "'%02d", (85 + i) % 100)), 30, "year", "1985-01-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{y}年{m}月{d}日",
                "{y}年{m}月{d}日（月）",
                "{y}년 {m}월 {d}일",
                "{y}. {m}. {d}.",
                "{y}. {m}. {d}",
                "{d}. {r}. {y}",
                "２０２１－０１－{dd}"
            })
    void days(String form) {
        boolean short_ = form.contains("{dd}");
        IntFunction<String> day = i -> {
            LocalDate at = MONDAY.plusDays(i);
            return form.replace("{y}", "" + at.getYear())
                    .replace("{m}", "" + at.getMonthValue())
                    .replace("{r}", ROMAN.get(at.getMonthValue() - 1))
                    .replace("{dd}", String.format(Locale.ROOT, "%02d", at.getDayOfMonth()))
                    .replace("{d}", "" + at.getDayOfMonth());
        };
        int count = short_ ? 28 : 60;
        holds(table(count, day), count, "day", "2021-01-04");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{d} {h}:00 Uhr", "{d} {h}h00", "{d} {h}.00.00", "{d} {h}.00", "{d}:{h}:00:00"})
    void clocks(String form) {
        holds(
                table(
                        72,
                        i -> form.replace("{d}", MONDAY.plusDays(i / 24).toString())
                                .replace("{h}", String.format(Locale.ROOT, "%02d", i % 24))),
                72,
                "hour",
                "2021-01-04T00:00");
    }

    @Test
    void weeksFromDayToDayWithOneYearForBoth() {
        IntFunction<String> week = i -> {
            LocalDate from = MONDAY.plusWeeks(i - 4);
            LocalDate to = from.plusDays(6);
            return day(from) + " - " + day(to) + ", " + to.getYear();
        };
        holds(table(40, week), 40, "week", MONDAY.minusWeeks(4).toString());
    }

    private static String day(LocalDate day) {
        return day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + day.getDayOfMonth();
    }

    @Test
    void yearsAndMonthsUnderNamesInOtherScripts() {
        for (String names : List.of("年,月", "год,месяц", "년,월")) {
            holds(
                    names + ",v\n" + rows(48, i -> 2015 + i / 12 + "," + (i % 12 + 1) + "," + value(i)),
                    48,
                    "month",
                    "2015-01-01");
        }
    }

    @Test
    void yearsOfAnotherCalendarAreAsked() {
        refused(
                "date,v\n"
                        + rows(
                                40,
                                i -> MONDAY.plusDays(i).getDayOfMonth() + "/"
                                        + MONDAY.plusDays(i).getMonthValue() + "/"
                                        + (MONDAY.plusDays(i).getYear() + 543) + "," + value(i)),
                "beyond the year 2200",
                "543");
    }
}
