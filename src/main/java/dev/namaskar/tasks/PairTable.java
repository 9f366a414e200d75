package dev.namaskar.tasks;

import dev.namaskar.files.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file of pairs as a table with a heading, or as JSON with an object a line.
 *
 * @param form which sides are looked for
 * @param file for messages
 */
record PairTable(PairFile form, Path file) {
    private static final Pattern EXCEL = Pattern.compile("(?i)sep=(.)");

    /**
     * Reads what is a table.
     *
     * @param first the first line that is not blank
     * @return null if there is no heading
     */
    @Nullable
    List<PairFile.Pair> read(String[] lines, int first) throws IOException {
        if (lines[first].strip().matches("\\{\\s*\".*\\}")) {
            return objects(lines);
        }
        Matcher excel = EXCEL.matcher(lines[first]);
        int heading = excel.matches() ? first + 1 : first;
        for (char mark : excel.matches() ? new char[] {excel.group(1).charAt(0)} : new char[] {'\t', ',', ';'}) {
            int[] columns = heading == lines.length ? new int[0] : columns(lines[heading], mark);
            if (columns.length == 2) {
                String table = String.join("\n", Arrays.asList(lines).subList(heading, lines.length));
                return mark == '\t' ? cells(lines, heading, table, columns) : table(heading, table, mark, columns);
            }
        }
        return null;
    }

    /** Where both sides stand in a heading, or nothing. */
    private int[] columns(String heading, char mark) throws IOException {
        List<String> words = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(heading, format(mark))) {
            for (CSVRecord record : parser) {
                record.forEach(cell -> words.add(PairFile.word(cell)));
            }
        } catch (UncheckedIOException e) {
            return new int[0]; // a lone quote
        }
        return columns(words);
    }

    private int[] columns(List<String> words) throws IOException {
        List<Integer> out = form.target().among(words);
        List<Integer> in = new ArrayList<>(form.input().among(words));
        in.removeAll(out);
        return in.isEmpty() || out.isEmpty()
                ? new int[0]
                : new int[] {one(form.input(), words, in), one(form.target(), words, out)};
    }

    private int one(PairFile.Side side, List<String> words, List<Integer> found) throws IOException {
        if (found.size() > 1) {
            throw new IOException(file + ": expected one column for the " + side.name() + ", found "
                    + String.join(" and ", found.stream().map(words::get).toList()) + "; call the one that is meant \""
                    + side.name() + "\"");
        }
        return found.get(0);
    }

    private static CSVFormat format(char mark) {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(mark)
                .setIgnoreEmptyLines(true)
                .get();
    }

    /** An object a line: every line has both keys. */
    private List<PairFile.Pair> objects(String... lines) throws IOException {
        List<PairFile.Pair> pairs = new ArrayList<>();
        String[] keys = {};
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            String place = "line " + (i + 1);
            Map<String, @Nullable Object> object = Json.readObject(file + ", " + place, lines[i]);
            if (keys.length == 0) {
                List<String> all = List.copyOf(object.keySet());
                int[] columns = columns(all.stream().map(PairFile::word).toList());
                if (columns.length < 2) {
                    throw new IOException(file + ", " + place + ": expected a key \""
                            + form.input().name() + "\" and one \""
                            + form.target().name() + "\", found " + String.join(", ", all));
                }
                keys = new String[] {all.get(columns[0]), all.get(columns[1])};
            }
            String where = file + ", " + place;
            pairs.add(form.pair(file, place, text(where, object.get(keys[0])), text(where, object.get(keys[1]))));
        }
        return pairs;
    }

    private static String text(String where, @Nullable Object value) throws IOException {
        if (value instanceof Map || value instanceof List) {
            throw new IOException(where + ": expected a text or a number, found " + Json.kind(value));
        }
        return value == null ? "" : value.toString();
    }

    /** Tables with tabs have quotes that mean nothing; those whose cells have ends of lines in quotes are read as others are. */
    private List<PairFile.Pair> cells(String[] lines, int heading, String table, int... columns) throws IOException {
        int width = lines[heading].split("\t", -1).length;
        List<PairFile.Pair> pairs = new ArrayList<>();
        for (int i = heading + 1; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                String[] cells = lines[i].split("\t", -1);
                String place = "line " + (i + 1);
                if (cells.length != width) {
                    try {
                        return table(heading, table, '\t', columns);
                    } catch (IOException none) {
                        throw cells(place, width, cells.length);
                    }
                }
                pairs.add(form.pair(file, place, cells[columns[0]], cells[columns[1]]));
            }
        }
        return PairFile.unquoted(some(pairs));
    }

    /**
     * Reads cells by RFC 4180.
     *
     * @param before lines of the file before the heading
     */
    private List<PairFile.Pair> table(int before, String text, char mark, int... columns) throws IOException {
        List<PairFile.Pair> pairs = new ArrayList<>();
        int width = -1;
        try (CSVParser parser = CSVParser.parse(text, format(mark))) {
            for (CSVRecord record : parser) {
                String place = "line " + (before + parser.getCurrentLineNumber());
                if (width < 0) {
                    width = record.size();
                } else if (record.size() != width) {
                    throw cells(place, width, record.size());
                } else {
                    pairs.add(form.pair(file, place, record.get(columns[0]), record.get(columns[1])));
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(file + ": expected a quote at the end of each quoted cell; " + e.getMessage(), e);
        }
        return some(pairs);
    }

    private IOException cells(String place, int expected, int found) {
        return new IOException(
                file + ", " + place + ": expected " + expected + " cells, as in the heading, found " + found);
    }

    private List<PairFile.Pair> some(List<PairFile.Pair> pairs) throws IOException {
        if (pairs.isEmpty()) {
            throw new IOException(file + ": expected lines behind the heading, found none");
        }
        return pairs;
    }
}
