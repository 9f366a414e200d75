package dev.namaskar.tasks;

import dev.namaskar.symbols.TextSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files that say what belongs to what, an input and its target a line:
 *
 * <ul>
 *   <li>{@code input TAB target}; quotes are taken off where they stand around every side of a column, or make doubled
 *       quotes inside one;
 *   <li>a table with a heading that names both columns, by the sides' own names or by usual words where there is but one
 *       such column, and others that are passed over; cells are divided by tabs, commas or semicolons, and quoted where they
 *       hold these or ends of lines;
 *   <li>JSON, an object a line, with keys as a table's heading has;
 *   <li>{@code __label__TARGET input}, as fastText reads them.
 * </ul>
 *
 * <p>Lines of nothing but blanks are passed over.
 *
 * @param input what the first side is called
 * @param target what the other is called
 */
public record PairFile(Side input, Side target) {
    private static final String FAST_TEXT = "__label__";

    /**
     * One side.
     *
     * @param name in messages
     * @param headings what a column of it is usually called, in small letters
     */
    public record Side(String name, Set<String> headings) {
        /** A side with its usual headings. */
        public Side(String name, String... headings) {
            this(name, Set.of(headings));
        }

        /** Where this side may stand in a heading: the columns of its own name, or all that are called by usual words. */
        List<Integer> among(List<String> words) {
            Predicate<String> fits = words.contains(name) ? name::equals : this::isHeading;
            return IntStream.range(0, words.size())
                    .filter(i -> fits.test(words.get(i)))
                    .boxed()
                    .toList();
        }

        private boolean isHeading(String word) {
            return word.equals(name) || headings.contains(word);
        }
    }

    /**
     * A line's two sides, neither of them blank.
     *
     * @param place where it stands, for messages: {@code line 7}
     */
    public record Pair(String input, String target, String place) {}

    /**
     * Reads a file.
     *
     * @param encoding null to look at the text
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public List<Pair> read(Path file, @Nullable Charset encoding) throws IOException {
        String text = TextSource.of(file).readAll(encoding);
        // Files that were joined have a byte order mark at the beginning of each.
        String[] lines = text.replaceAll("(?<=[\r\n])\uFEFF", "").split("\r\n|\n|\r", -1);
        int first = 0;
        while (first < lines.length && lines[first].isBlank()) {
            first++;
        }
        if (first == lines.length) {
            throw new IOException(
                    file + ": expected lines of a " + input.name + ", a tab and a " + target.name + ", found none");
        }
        List<Pair> table = new PairTable(this, file).read(lines, first);
        if (table != null) {
            return table;
        }
        if (lines[first].startsWith(FAST_TEXT)) {
            return fastText(file, lines);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = first; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                pairs.add(i == first ? begin(file, i, lines[i]) : parse(file, "line " + (i + 1), lines[i]));
            }
        }
        return unquoted(pairs);
    }

    private Pair begin(Path file, int at, String line) throws IOException {
        try {
            return parse(file, "line " + (at + 1), line);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + "; where this is a table, its heading has to name a column \"" + input.name
                            + "\" and one \"" + target.name + "\"",
                    e);
        }
    }

    /** Reads a line of two sides. */
    public Pair parse(Path file, String place, String line) throws IOException {
        int tab = line.indexOf('\t');
        int second = line.indexOf('\t', tab + 1);
        if (tab < 0 || second >= 0) {
            throw expected(file, place, tab < 0 ? "no tab" : "a second tab at column " + (second + 1));
        }
        Pair pair = new Pair(line.substring(0, tab), line.substring(tab + 1), place);
        if (pair.input.isBlank() || pair.target.isBlank()) {
            throw expected(file, place, "nothing " + (pair.input.isBlank() ? "before" : "behind") + " the tab");
        }
        return pair;
    }

    /** What two cells of a table, or of a line with a mark before its target, say. */
    Pair pair(Path file, String place, String in, String out) throws IOException {
        if (in.isBlank() || out.isBlank()) {
            throw new IOException(file + ", " + place + ": expected a " + input.name + " and a " + target.name
                    + ", found no " + (in.isBlank() ? input : target).name);
        }
        return new Pair(in, out, place);
    }

    private IOException expected(Path file, String place, String found) {
        return new IOException(file + ", " + place + ": expected a " + input.name + ", one tab and a " + target.name
                + ", found " + found);
    }

    /** Whether a line's two sides are what columns are called. */
    public boolean isHeading(Pair pair) {
        return input.isHeading(word(pair.input)) && target.isHeading(word(pair.target));
    }

    static String word(String cell) {
        return unquote(cell.strip()).toLowerCase(Locale.ROOT);
    }

    private List<Pair> fastText(Path file, String... lines) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            int end = line.replace('\t', ' ').indexOf(' ');
            if (!line.isEmpty()) {
                if (!line.startsWith(FAST_TEXT) || end < 0 || line.startsWith(FAST_TEXT, end + 1)) {
                    throw new IOException(file + ", line " + (i + 1) + ": expected one " + FAST_TEXT
                            + " and a text, as in the first line, found \"" + line + "\"");
                }
                pairs.add(pair(
                        file, "line " + (i + 1), line.substring(end + 1), line.substring(FAST_TEXT.length(), end)));
            }
        }
        return pairs;
    }

    static List<Pair> unquoted(List<Pair> pairs) {
        boolean in = pairs.stream().allMatch(pair -> !unquote(pair.input).equals(pair.input));
        boolean out = pairs.stream().allMatch(pair -> !unquote(pair.target).equals(pair.target));
        return pairs.stream()
                .map(pair -> new Pair(cell(pair.input, in), cell(pair.target, out), pair.place))
                .toList();
    }

    private static String cell(String text, boolean allQuoted) {
        String inside = unquote(text);
        return allQuoted || inside.contains("\"") ? inside : text;
    }

    /** What stands between quotes, those inside being doubled; any other text as it is. */
    private static String unquote(String text) {
        if (text.length() < 3 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        String inside = text.substring(1, text.length() - 1);
        return inside.replace("\"\"", "").contains("\"") ? text : inside.replace("\"\"", "\"");
    }
}
