package dev.namaskar.series.table;

import dev.namaskar.series.Series;
import dev.namaskar.series.notation.Numbers;
import dev.namaskar.series.table.cells.ColumnNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a network reads of a static column, the same at every step of a series: a number on the scale of all series, or
 * which of some categories it is. A category's learned vector is its row of the first layer's input weights: one place of
 * the input is 1 for it, and all others are 0. A category that training did not see, and a blank, is 0 at every place.
 *
 * @param name the column, or {@link #SERIES}
 * @param categories the categories in their order; empty for a column of numbers
 * @param shift what is taken from a number
 * @param scale what it is divided by then
 */
public record StaticInput(String name, List<String> categories, double shift, double scale) {
    /** Stands for a learned vector of every series, which is its own category. */
    public static final String SERIES = "#series";

    /** No more categories than this: each is as many weights as the first layer has gates. */
    public static final int MOST_CATEGORIES = 1000;

    private static final int FEW_NUMBERS = 20;

    /** Copies the list and checks the scale. */
    public StaticInput {
        categories = List.copyOf(categories);
        if (!(scale > 0) || !Double.isFinite(shift)) {
            throw new IllegalArgumentException(
                    "expected a scale above 0 for the static column \"" + name + "\", found " + scale);
        }
    }

    /**
     * What the series of a table say of each column. Numbers are categories where they are whole and few or the column is
     * called as one that tells things apart ({@code store_id}).
     *
     * @throws IllegalArgumentException where a column is not there, or has too many categories
     */
    public static List<StaticInput> fit(List<Series> histories, List<String> columns, boolean eachSeries) {
        List<StaticInput> inputs = new ArrayList<>();
        for (String column : columns) {
            inputs.add(of(column, histories.stream().map(s -> label(s, column)).toList()));
        }
        if (eachSeries) {
            inputs.add(categories(SERIES, histories.stream().map(Series::id).toList()));
        }
        return inputs;
    }

    private static StaticInput of(String column, List<String> cells) {
        List<String> said = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        double[] numbers = said.stream().mapToDouble(StaticInput::number).toArray();
        boolean numeric = numbers.length > 0;
        boolean whole = true;
        for (double number : numbers) {
            numeric &= !Double.isNaN(number);
            whole &= number == Math.rint(number);
        }
        int different = new TreeSet<>(said).size();
        // Of a number that never changes nothing is learned: another would be read by weights that nothing taught.
        boolean few = different <= (whole ? FEW_NUMBERS : 1);
        if (!numeric || few || (whole && ColumnNames.isIdName(column))) {
            return categories(column, said.isEmpty() ? cells : said);
        }
        double mean = 0;
        for (double number : numbers) {
            mean += number / numbers.length;
        }
        double squares = 0;
        for (double number : numbers) {
            squares += (number - mean) * (number - mean) / numbers.length;
        }
        return new StaticInput(column, List.of(), mean, squares > 0 ? Math.sqrt(squares) : 1);
    }

    private static StaticInput categories(String column, Collection<String> cells) {
        List<String> all = List.copyOf(new TreeSet<>(cells));
        if (all.size() > MOST_CATEGORIES) {
            throw new IllegalArgumentException("expected at most " + MOST_CATEGORIES + " categories in "
                    + (column.equals(SERIES) ? "all, one for each series" : "the static column \"" + column + "\"")
                    + ", found " + all.size());
        }
        return new StaticInput(column, all, 0, 1);
    }

    /** How the column is read, in words, and which categories may be one that is spelled in two ways. */
    public String text() {
        String quoted = "\"" + name + "\" ";
        if (categories.isEmpty()) {
            return quoted + "a number";
        }
        Map<String, String> spelled = new HashMap<>();
        String twins = "";
        for (String category : categories) {
            String twin = spelled.putIfAbsent(category.toLowerCase(Locale.ROOT).replaceAll("\\h+", ""), category);
            twins = twin == null ? twins : " ('" + twin + "' and '" + category + "' are two)";
        }
        return quoted + "of " + categories.size() + (categories.size() == 1 ? " category" : " categories") + twins;
    }

    /** Places of the input. */
    public int width() {
        return categories.isEmpty() ? 1 : categories.size();
    }

    private static String label(Series series, String column) {
        String label = series.labels().get(column);
        if (label == null) {
            throw new IllegalArgumentException("series \"" + series.id() + "\": expected the static column \"" + column
                    + "\", found "
                    + (series.labels().isEmpty() ? "none" : series.labels().keySet()));
        }
        return label;
    }

    private static double number(String cell) {
        return Numbers.parse(cell, '.');
    }

    private String said(Series series) {
        return name.equals(SERIES) ? series.id() : label(series, name);
    }

    /**
     * Checks that something is said of a series, be it nothing that training saw.
     *
     * @throws IllegalArgumentException where it has no such column
     */
    public void check(Series series) {
        said(series);
    }

    /** Whether training saw what is said of a series. */
    public boolean knows(Series series) {
        String said = said(series);
        return categories.isEmpty() ? !Double.isNaN(number(said)) : categories.contains(said);
    }

    /** Writes what is said of a series at {@code at} and after it, where zeros stand. */
    public void write(Series series, float[] to, int at) {
        String said = said(series);
        if (!categories.isEmpty()) {
            int place = Collections.binarySearch(categories, said);
            if (place >= 0) {
                to[at + place] = 1;
            }
            return;
        }
        double number = number(said);
        if (!Double.isNaN(number)) {
            to[at] = (float) ((number - shift) / scale);
        }
    }
}
