package dev.namaskar.series.table.roles;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.heading.TableBody;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.time.TimeCells;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where the columns of a table can be read in two ways: each question names both and the settings that answer it.
 *
 * @param body the table
 * @param format what was said of it
 * @param names the columns' names
 * @param timeCells the columns of times
 * @param surveys what stands in each column
 */
public record ColumnQuestions(
        TableBody body, TableFormat format, List<String> names, TimeCells timeCells, List<ColumnSurvey> surveys) {
    private static final Pattern FORECAST = Pattern.compile("(?i)forecast(?:s|ed)?|projec(?:tion|tions|ted)"
            + "|predict(?:ed|ion|ions)|prognos[ei]s?|vorhersage|pr[eé]visions?|previsión|previsto|прогноз|予測|预测");

    /** Columns called as the one of times: a second table may stand beside the first. */
    public List<Integer> twins() {
        if (timeCells.columns().size() != 1 || !format.roles().targets().isEmpty()) {
            return List.of();
        }
        int time = timeCells.columns().get(0);
        String bare = names.get(time).replaceFirst("[._ ]?[0-9]+$", "");
        return IntStream.range(0, names.size())
                .filter(c -> c != time
                        && !bare.isBlank()
                        && names.get(c).replaceFirst("[._ ]?[0-9]+$", "").equals(bare))
                .filter(c -> surveys.size() > c && ColumnNames.isTimeName(bare))
                .boxed()
                .toList();
    }

    /**
     * Asks whether two tables stand side by side.
     *
     * @param twins columns that are called as the time is
     * @throws TableException if one of them says another time than this row's
     */
    public void askAboutTwo(List<Integer> twins, Row row) {
        twins.forEach(twin -> askAboutTwo(twin, row));
    }

    private void askAboutTwo(int twin, Row row) {
        String one = row.cell(timeCells.columns().get(0));
        String other = row.cell(twin);
        if (!NumberNotation.isBlank(one) && !NumberNotation.isBlank(other) && !one.equals(other)) {
            throw new TableException("line " + row.line() + ": column " + (twin + 1) + " \""
                    + names.get(twin)
                    + "\" says '" + Row.shortened(other) + "' where \"" + timeCells.names(names) + "\" says '"
                    + Row.shortened(one)
                    + "': two tables side by side? Save each as a file of its own, or name the columns"
                    + " to forecast with `target`");
        }
    }

    /**
     * Asks about numbers behind the last column.
     *
     * @throws TableException if a row has some, as where commas of numbers divide them
     */
    public void askAboutWidth(Row row) {
        int width = body.heading().named() ? body.heading().names().size() : names.size();
        for (int c = width; c < row.cells().size(); c++) {
            if (NumberNotation.isNumber(row.cell(c))) {
                throw new TableException("line " + row.line() + " has " + row.width() + " cells, '"
                        + Row.shortened(row.cell(c)) + "' among them, where the table has " + width
                        + " columns: where commas divide numbers, put the numbers in quotes or give another"
                        + " `delimiter`; where names of columns are missing, add them");
            }
        }
    }

    /** Rows of what was forecast below those of what was seen would be learned from. */
    public void askAboutForecasts(List<Integer> group) {
        for (int c = 0; c < names.size(); c++) {
            String forecast = surveys.get(c).oneOf(FORECAST);
            if (!forecast.isEmpty()
                    && !group.contains(c)
                    && !timeCells.columns().contains(c)) {
                throw new TableException("\"" + names.get(c) + "\" says '" + forecast + "' in some rows and '"
                        + surveys.get(c).example() + "' in others: take the rows out that nobody observed, or give"
                        + " `group` " + place(c) + " where each is a series of its own");
            }
        }
    }

    /** Two columns without names may be one of numbers whose decimal commas divide them. */
    public void askAboutCommas() {
        boolean two = timeCells.isNone() && !body.heading().named() && names.size() == 2 && body.delimiter() == ',';
        if (two
                && format.text().delimiter() == 0
                && surveys.get(0).isWhole()
                && surveys.get(1).isFraction()) {
            throw new TableException("\"" + surveys.get(0).example() + ","
                    + surveys.get(1).example()
                    + "\" and so on are numbers with decimal commas or two columns: give `decimal` , for the"
                    + " first or `delimiter` , for the second");
        }
    }

    /** Years beside months, weeks or days would be read as series of their own where their columns are not called so. */
    public void askAboutYears() {
        for (int c = 0; c + 1 < names.size() && format.roles().targets().isEmpty(); c++) {
            boolean counted = surveys.subList(c + 1, Math.min(c + 4, names.size())).stream()
                    .anyMatch(survey -> survey.isCountedTo(366) && survey.isChanging());
            if (surveys.get(c).isYears() && surveys.get(c + 1).isCountedTo(366) && counted) {
                throw new TableException("no column of times found, but " + called(c)
                        + " holds years and " + called(c + 1) + " perhaps their months, weeks or days: give `time` "
                        + place(c) + "," + place(c + 1) + " and so on with the columns that make a time (under a"
                        + " heading year,month,day,hour it is found), or `target` with the columns to forecast");
            }
        }
    }

    /** Columns without names behind a date, as many as a day has hours, half or quarter hours. */
    public void askAboutDay() {
        long numbers = IntStream.range(0, names.size())
                .filter(c -> !timeCells.columns().contains(c))
                .mapToObj(surveys::get)
                .filter(survey -> survey.isNumeric() && !survey.isConstant())
                .count();
        boolean day = IntStream.of(24, 48, 96, 288).anyMatch(parts -> numbers == parts || numbers == parts + 1);
        boolean open = format.roles().targets().isEmpty() && format.layout() == TableFormat.Layout.AUTO;
        if (!body.heading().named() && day && open) {
            throw new TableException(numbers + " columns of numbers without names behind"
                    + " dates look like the hours of a day or parts of them: write one time a row, or name the"
                    + " columns to forecast with `target`");
        }
    }

    private String called(int column) {
        return names.get(column).isEmpty() ? "column " + (column + 1) : "\"" + names.get(column) + "\"";
    }

    /** What `time` and other settings call a column. */
    public String place(int column) {
        return names.get(column).isEmpty() ? "#" + (column + 1) : names.get(column);
    }

    /** Names that stand once for the rows below them, as merged cells of a spreadsheet are written. */
    public void askAboutMerged(long rows) {
        for (int c = 0; c < names.size(); c++) {
            if (surveys.get(c).isWords() && surveys.get(c).isSparse(rows)) {
                throw new TableException("times stand more than once, and \"" + names.get(c)
                        + "\" is blank in most rows, as merged cells are written: fill the blank cells with the name"
                        + " above them, and give `group` " + names.get(c));
            }
        }
    }

    /** Quarters and months beside years say when a row is, not what it is of. */
    public void askAboutParts(List<Integer> found) {
        for (int c : found) {
            boolean clock = timeCells.columns().size() != 1
                    || surveys.get(timeCells.columns().get(0)).example().contains(":");
            if (!clock && surveys.get(c).isPartOfYear()) {
                String time = place(timeCells.columns().get(0));
                throw new TableException("times stand more than once, and " + called(c)
                        + " holds parts of a year: give `time` " + time + "," + place(c)
                        + " where both say when, or `group` " + place(c) + " where it tells series apart");
            }
        }
    }

    /** Rows of several things, one after another and without times, would be read as one series. */
    public void askAboutNames() {
        for (int c = 0; c < names.size() && format.roles().targets().isEmpty(); c++) {
            ColumnSurvey survey = surveys.get(c);
            if (survey.isMonths()) {
                throw new TableException("\"" + names.get(c)
                        + "\" holds months without their years, perhaps with totals among them: write a time in every"
                        + " row and leave totals out, or name the columns to forecast with `target`");
            }
            boolean named = survey.isWords() || (survey.isWhole() && ColumnNames.isIdName(names.get(c)));
            if (named && survey.isRepeating() && (survey.isSorted() || ColumnNames.isIdName(names.get(c)))) {
                throw new TableException("no column of times found, and \"" + names.get(c)
                        + "\" may tell series apart; give `group` " + names.get(c)
                        + ", or `target` with the columns to forecast where all rows are one series");
            }
        }
    }
}
