package dev.namaskar.series.table.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.regex.Pattern;

/** Text whose cells stand below each other, divided by any number of spaces: read as if a tab stood between them. */
final class AlignedText extends Reader {
    private static final Pattern SPACES = Pattern.compile("[ \t]+");
    private static final Pattern THOUSANDS = Pattern.compile("[0-9]{1,3}(?: [0-9]{3})+");
    private static final int LEAST = 3;

    private final BufferedReader lines;
    private String line = "";
    private int at;

    AlignedText(BufferedReader lines) {
        this.lines = lines;
    }

    /** Whether most lines have equally many such cells, and are no numbers with spaces between their thousands. */
    static boolean is(List<String> lines) {
        int[] counts =
                lines.stream().mapToInt(l -> SPACES.split(l.strip()).length).toArray();
        if (counts.length < LEAST) {
            return false;
        }
        int usual = counts[counts.length / 2];
        long alike = 0;
        boolean thousands = true;
        for (int i = 0; i < counts.length; i++) {
            alike += counts[i] == usual ? 1 : 0;
            thousands &= counts[i] != usual
                    || THOUSANDS.matcher(lines.get(i).strip()).matches();
        }
        return usual > 1 && !thousands && alike >= LEAST && 4 * alike >= 3L * counts.length;
    }

    @Override
    public int read(char[] into, int from, int count) throws IOException {
        if (at == line.length()) {
            String next = lines.readLine();
            if (next == null) {
                return -1;
            }
            line = SPACES.matcher(next.strip()).replaceAll("\t") + '\n';
            at = 0;
        }
        int given = Math.min(count, line.length() - at);
        line.getChars(at, at + given, into, from);
        at += given;
        return given;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
