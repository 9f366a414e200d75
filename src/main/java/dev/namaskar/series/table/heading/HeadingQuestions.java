package dev.namaskar.series.table.heading;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.MonthNames;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.Years;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.Look;
import dev.namaskar.series.table.text.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where what stands above the columns can be read in two ways: each question names both and the settings that answer it. */
final class HeadingQuestions {
    private static final int LEAST_CLOCKS = 12;
    private static final int DAY = 24;
    private static final Set<Integer> PARTS_OF_A_DAY = Set.of(24, 48, 96);
    private static final int FIRST_SHEET_DAY = 30_000;
    private static final int LAST_SHEET_DAY = 60_000;
    private static final int LEAST_MARKED = 6;
    private static final Pattern HOUR =
            Pattern.compile("(?i)(?:h|hr|he|hour|stunde|hora|heure)[ _-]?[0-9]{1,2} ?[a-z*]?");

    private static final Pattern CLOCK = Pattern.compile("(?:[01]?[0-9]|2[0-4])[:h][0-5][0-9](?::[0-5][0-9])?");
    /** What stands behind the last digit of a name for estimates, provisional values and footnotes. */
    private static final Pattern MARKED = Pattern.compile("(?<=[0-9]) ?(?:\\*+|†+|\\([A-Za-z]{1,2}\\)|[AaEeFfPpRr])$");

    private static final Pattern ESTIMATES =
            Pattern.compile("(?i)(?:estimates?|forecasts?|projections?)[ _](?:start|begin)s?[ _]?(?:after|from|in)?");

    private static final int FEW = 3;
    private static final int WORKING_WEEK = 5;
    /** What may be parts of a year or things counted by letters, by what a row of them would be. */
    private static final Map<String, Pattern> DOUBTFUL =
            Map.of("quarter", Pattern.compile("[Tt][1-4]|IV|I{1,3}"), "half year", Pattern.compile("[HhSs][12]"));

    private HeadingQuestions() {}

    /** Nameless columns of years and months, or twelve behind years, would be read as a series each. */
    static void askAboutMonths(TableHeading heading, List<Row> sample) {
        boolean years = heading.width() == 13
                && sample.stream()
                                .filter(row -> HeadingRun.year(row.cell(0)) > 0)
                                .count()
                        > sample.size() / 2
                && sample.stream().map(row -> row.cell(0)).distinct().count() == sample.size();
        boolean months = heading.width() > 2
                && sample.size() > 12
                && sample.stream()
                        .allMatch(row ->
                                HeadingRun.year(row.cell(0)) > 0 && row.cell(1).matches("0?[1-9]|1[0-2]"))
                && sample.stream().map(row -> row.cell(1)).distinct().count() == 12;
        if (months) {
            throw new TableException("the first two columns have no names and look like years and months; put"
                    + " a line of names above, year,month,..., or name the columns to forecast with `target`");
        }
        if (years) {
            throw new TableException("twelve columns without names behind a column of years look like months;"
                    + " put a line Year,Jan,Feb,... above them, or give `layout` columns to take each for a series");
        }
    }

    /** Years among whose names some have a mark behind, {@code 2018*} or {@code 2024e}, would end before those. */
    static void askAboutMarks(List<String> names, @Nullable HeadingRun run) {
        List<String> bare =
                names.stream().map(n -> MARKED.matcher(n).replaceFirst("")).toList();
        HeadingRun whole = bare.equals(names) ? null : HeadingRun.find(bare);
        if (whole != null && whole.length() >= LEAST_MARKED && whole.length() > (run == null ? 0 : run.length())) {
            String marked = names.subList(whole.from(), whole.to()).stream()
                    .filter(n -> MARKED.matcher(n).find())
                    .findFirst()
                    .orElse("");
            throw new TableException(
                    "\"" + marked + "\" goes on with the names of columns before or behind it but for a"
                            + " mark: take the mark off the names of columns that were observed, and"
                            + " columns of estimates out");
        }
    }

    /** A first row of a word and of years, some of them twice, or of a spreadsheet's days, is a heading that was taken for values. */
    static void askAboutHeading(List<Row> sample) {
        Row first = sample.get(0);
        double[] numbers = first.cells().stream()
                .skip(1)
                .mapToDouble(NumberNotation.POINT::parse)
                .toArray();
        int last = numbers.length - 1;
        boolean ascends = last + 1 >= FEW
                && numbers[0] < numbers[last]
                && IntStream.range(0, last).allMatch(i -> numbers[i] <= numbers[i + 1])
                && Arrays.stream(numbers).allMatch(number -> number == Math.rint(number));
        if (!ascends || Look.of(first.cell(0)) != Look.WORD) {
            return;
        }
        String line = "line " + first.line() + " looks like the names of columns, ";
        if (Years.is(numbers[0]) && Years.is(numbers[last])) {
            throw new TableException(line + "years of which some stand more than once: leave one column a year, or say"
                    + " with `header` no that they are values");
        }
        if (numbers[0] >= FIRST_SHEET_DAY && numbers[last] < LAST_SHEET_DAY) {
            throw new TableException(line + "days as a spreadsheet counts them: let it write dates there, or say with"
                    + " `header` no that they are values");
        }
    }

    /** Dates above the columns among which others stand, such as the totals of each year. */
    static void askAboutTotals(List<String> names) {
        int first = IntStream.range(0, names.size())
                .filter(c -> HeadingRun.isDate(names.get(c)))
                .findFirst()
                .orElse(names.size());
        List<String> others = names.subList(first, names.size()).stream()
                .filter(n -> !HeadingRun.isDate(n))
                .toList();
        int dates = names.size() - first - others.size();
        if (dates >= LEAST_CLOCKS && !others.isEmpty() && 2 * dates > names.size()) {
            throw new TableException(dates + " columns are called by dates such as \"" + names.get(first)
                    + "\", but \"" + others.get(0) + "\" stands among them: take such columns out and the rows are"
                    + " series, or give `layout` columns where each column is one");
        }
    }

    /** A few long rows of nothing but numbers are series in rows more often than a series a column. */
    static void askAboutTurned(TableHeading heading, List<Row> sample) {
        boolean numbers = sample.stream()
                .allMatch(row ->
                        row.cells().stream().allMatch(c -> NumberNotation.isBlank(c) || Look.of(c) == Look.NUMBER));
        if (numbers && heading.width() >= LEAST_CLOCKS && heading.width() > sample.size()) {
            throw new TableException(sample.size() + (sample.size() == 1 ? " row" : " rows") + " of "
                    + heading.width() + " numbers without names: give `layout` rows where each row is a series, or"
                    + " `layout` columns where each column is");
        }
    }

    /** Years of which a column says that some of them are yet to come. */
    static void askAboutEstimates(List<String> names) {
        names.stream().filter(n -> ESTIMATES.matcher(n).matches()).findFirst().ifPresent(name -> {
            throw new TableException("\"" + name + "\" says from where on the values of each row are forecasts: blank"
                    + " those, and take that column out");
        });
    }

    /** Two years beside each other, too few to be sure that they follow each other. */
    static void askAboutTwoYears(List<String> names) {
        long last = names.size() == FEW ? HeadingRun.year(names.get(2)) : -1;
        if (last > 0 && Math.abs(last - HeadingRun.year(names.get(1))) == 1 && ColumnNames.isTimeName(names.get(0))) {
            throw new TableException("\"" + names.get(1) + "\" and \"" + names.get(2) + "\" are years beside \""
                    + names.get(0) + "\": write one time a row, with its year, or give `layout` columns to take each"
                    + " year for a series of its own");
        }
    }

    /** The rows into which R breaks a vector that it shows would be read as a series each. */
    static void askAboutVector(List<Row> sample) {
        if (sample.stream().allMatch(row -> row.cell(0).matches("\\[[0-9]+\\]"))) {
            throw new TableException("rows that begin with \"" + sample.get(0).cell(0) + "\" are one vector as R shows"
                    + " it: write it with a value a line");
        }
    }

    /** Columns that are called as the parts of a row's time would be read as a series each. */
    static void askAboutParts(List<String> names, @Nullable HeadingRun run, Sides sides) {
        List<String> clocks =
                names.stream().filter(n -> CLOCK.matcher(n).matches()).toList();
        if (clocks.size() >= LEAST_CLOCKS) {
            throw parts(clocks.get(0), clocks.get(clocks.size() - 1), "hours of a day", "time");
        }
        List<String> hours =
                names.stream().filter(n -> HOUR.matcher(n).matches()).toList();
        if (hours.size() >= DAY - 1 && hours.size() <= DAY + 1) {
            throw parts(hours.get(0), hours.get(hours.size() - 1), "hours of a day", "hour");
        }
        if (YearColumns.months(names) == 12 && (run == null || run.kind() != HeadingRun.Kind.MONTHS)) {
            throw parts(first(names, MonthNames::number), last(names, MonthNames::number), "months of a year", "month");
        }
        List<String> days = YearColumns.days(names);
        if (days.size() >= WORKING_WEEK) {
            throw parts(days.get(0), days.get(days.size() - 1), "days of a week", "day");
        }
        for (Map.Entry<String, Pattern> part : DOUBTFUL.entrySet()) {
            List<String> found = names.stream()
                    .filter(n -> part.getValue().matcher(n).matches())
                    .toList();
            boolean all = found.size() == (part.getKey().equals("quarter") ? 4 : 2) && names.size() <= found.size() + 2;
            if (all && sides.hasYears()) {
                throw parts(found.get(0), found.get(found.size() - 1), "quarters or halves of a year", part.getKey());
            }
        }
        if (run != null
                && run.prefix(names).matches("[A-Za-z]{1,2}[ _-]?")
                && PARTS_OF_A_DAY.contains(run.length())
                && run.time(names.get(run.from())) <= 1
                && sides.hasDays()) {
            throw parts(names.get(run.from()), names.get(run.to() - 1), "hours of a day or parts of them", "time");
        }
        if (run == null || run.kind() != HeadingRun.Kind.COUNTED) {
            return;
        }
        String prefix = run.prefix(names);
        String first = names.get(run.from());
        String last = names.get(run.to() - 1);
        boolean bare = prefix.isEmpty();
        if (run.length() == DAY && bare) {
            throw parts(first, last, "hours of a day", "hour");
        }
        boolean fromOne = run.time(first) == 1;
        if (fromOne
                && run.length() == 12
                && (bare || prefix.matches("(?i)(?:m|mon|month)[ _-]?"))
                && sides.hasYears()) {
            throw parts(first, last, "months of a year", "month");
        }
        if (fromOne
                && (run.length() == 52 || run.length() == 53)
                && (bare || prefix.matches("(?i)(?:w|wk|week|kw)[ _-]?"))
                && sides.hasYears()) {
            throw parts(first, last, "weeks of a year", "week");
        }
        if (fromOne && run.length() == 31 && (bare || prefix.matches("(?i)(?:d|day)[ _-]?"))) {
            throw parts(first, last, "days of a month", "day");
        }
    }

    private static String first(List<String> names, ToIntFunction<String> part) {
        return names.stream().filter(n -> part.applyAsInt(n) > 0).findFirst().orElse("");
    }

    private static String last(List<String> names, ToIntFunction<String> part) {
        return names.stream().filter(n -> part.applyAsInt(n) > 0).reduce("", (a, b) -> b);
    }

    private static TableException parts(String first, String last, String of, String one) {
        return new TableException("\"" + first + "\" to \"" + last
                + "\" beside a column of times look like the " + of + "; write one " + one
                + " a row, or give `layout` columns to take each for a series of its own");
    }
}
