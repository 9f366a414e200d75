package dev.namaskar.series.table.text;

import dev.namaskar.series.TableException;
import dev.namaskar.series.table.TableFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the mark between the cells of a table from its first lines. */
final class Separator {
    /** Candidates for the mark between cells; of those that divide equally well the earlier. */
    private static final char[] CANDIDATES = {'\t', ';', '|', ','};

    private static final int LINES = 200;
    /** A mark that divides alike no more lines in a row than one of so many stands there by chance. */
    private static final int SPARSE = 8;

    private Separator() {}

    /**
     * The mark named by a first line {@code sep=;}, or the one that divides most lines alike, or a space for cells that
     * any number of spaces divide.
     *
     * @throws TableException where the text is no table of delimited text
     */
    static char find(BufferedReader text, TableFormat.Text format) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = text.readLine(); line != null && lines.size() < LINES; line = text.readLine()) {
            if (lines.isEmpty() && line.matches("(?i)\"?sep=.\"?")) {
                return line.charAt(line.indexOf('=') + 1);
            }
            if (lines.isEmpty()) {
                askAboutFormat(line.strip());
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line);
            }
        }
        char best = ',';
        int longest = 0;
        for (char candidate : CANDIDATES) {
            int run = candidate == format.decimalMark() ? 0 : longestRun(lines, candidate);
            if (run > longest) {
                best = candidate;
                longest = run;
            }
        }
        if (longest == 0) {
            FixedWidth.refuse(lines);
        }
        return SPARSE * longest < lines.size() && AlignedText.is(lines) ? ' ' : best;
    }

    private static void askAboutFormat(String first) {
        String kind = first.matches("(?:\\{|\\[\\s*[\\[{]).*|\\[")
                ? "JSON"
                : first.matches("(?i)<(?:!doctype|html|head|table|\\?xml)\\b.*")
                        ? "HTML or XML"
                        : first.matches("# (?:HELP|TYPE) .*|[A-Za-z_:][\\w:]*\\{.*\\} [-+0-9.eE]+(?: [0-9]+)?")
                                ? "what a program shows to Prometheus at one moment"
                                : "";
        if (!kind.isEmpty()) {
            throw new TableException(
                    "this is " + kind + ", not a table of delimited text: save it as CSV, a row a time");
        }
    }

    /** The longest run of lines that a mark divides into equally many cells, more than one. */
    private static int longestRun(List<String> lines, char mark) {
        int longest = 0;
        int run = 0;
        int before = 0;
        for (String line : lines) {
            int count = count(line, mark);
            run = count == 0 ? 0 : count == before ? run + 1 : 1;
            before = count;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static int count(String line, char mark) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            count += c == mark && !quoted ? 1 : 0;
        }
        return count;
    }
}
