package dev.namaskar.series.table.heading;

import dev.namaskar.series.notation.MonthNames;
import dev.namaskar.series.notation.Roman;
import dev.namaskar.series.notation.TimeShape;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of columns that are parts of a year or a week which a row tells: {@code Jan}, {@code III}, {@code Jan-Mar}, {@code Mon}. */
final class YearColumns {
    private static final Pattern QUARTER = Pattern.compile("(?i)(?:Q|Qtr ?|Quarter |Quartal )[1-4]|[1-4]\\.? ?Q");
    private static final Pattern MONTH = Pattern.compile("(?:[1-9]|1[0-2]) ?[月월]");
    private static final Set<String> DAYS = Stream.of("en", "de", "fr", "es", "it", "pt", "nl")
            .map(Locale::forLanguageTag)
            .flatMap(language -> Stream.of(DayOfWeek.values())
                    .flatMap(day -> Stream.of(TextStyle.FULL, TextStyle.SHORT)
                            .map(style -> bare(day.getDisplayName(style, language)))))
            .collect(Collectors.toUnmodifiableSet());

    private YearColumns() {}

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replace(".", "");
    }

    /** The month that a name says, from 1, or 0. */
    static int month(String name) {
        return MonthNames.number(name) > 0
                ? MonthNames.number(name)
                : MONTH.matcher(name).matches() ? Integer.parseInt(name.replaceAll("[^0-9]", "")) : Roman.number(name);
    }

    /** The quarter that a name says beyond doubt, from 1, or 0. */
    static int quarter(String name) {
        if (QUARTER.matcher(name).matches()) {
            return Integer.parseInt(name.replaceAll("[^1-4]", ""));
        }
        int month = Math.max(
                month(name + " 2000", List.of(TimeShape.WORDED_QUARTER_YEAR, TimeShape.MONTHS_YEAR)),
                month("2000年" + name, List.of(TimeShape.EAST_ASIAN_QUARTER, TimeShape.EAST_ASIAN_MONTHS)));
        return month % 3 == 1 ? (month + 2) / 3 : 0;
    }

    private static int month(String time, List<TimeShape> shapes) {
        for (TimeShape shape : shapes) {
            TimeShape.Written written = shape.parse(time);
            if (written != null) {
                return written.local().getMonthValue();
            }
        }
        return 0;
    }

    /** How many different months the names of columns say. */
    static long months(List<String> names) {
        return names.stream()
                .map(MonthNames::number)
                .filter(m -> m > 0)
                .distinct()
                .count();
    }

    /** The columns called by different days of a week. */
    static List<String> days(List<String> names) {
        return names.stream()
                .distinct()
                .filter(name -> DAYS.contains(bare(name)))
                .toList();
    }
}
