package dev.namaskar.labelling.data;

import dev.namaskar.symbols.TextSource;
import dev.namaskar.train.run.DataFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Files of series of channels: sktime's {@code .ts}, or a long table with a row for each step, of which one column names
 * the sequence, one may carry its label, and all others are channels.
 */
public final class SequenceFile {
    /**
     * The columns of a long table that are no channels.
     *
     * @param group names the sequence that a row belongs to; rows of one stand together, in the order of their steps
     * @param label is the same in all rows of a sequence
     */
    public record Columns(String group, String label) {}

    private SequenceFile() {}

    /** Whether a file is one of sktime's, by its name. */
    public static boolean isSktime(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".ts");
    }

    /**
     * Reads one of sktime's files: lines that begin with {@code @}, and behind {@code @data} a sequence a line, its
     * channels with {@code :} between them, the values of each with commas, the label last.
     *
     * @throws IOException naming file and line, if one is not like that
     */
    public static List<ChannelSequence> sktime(Path file, @Nullable Charset encoding) throws IOException {
        String[] lines = TextSource.of(file).readAll(encoding).split("\r\n|\n|\r", -1);
        List<ChannelSequence> all = new ArrayList<>();
        boolean data = false;
        boolean labelled = true;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            String word = line.toLowerCase(Locale.ROOT);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!data) {
                if (!line.startsWith("@")) {
                    throw new IOException(file + ", line " + (i + 1) + ": expected lines beginning with @ before @data,"
                            + " as sktime's files have, found another");
                }
                labelled &= !word.startsWith("@classlabel false");
                data = word.startsWith("@data");
            } else {
                all.add(sktime(file + ", line " + (i + 1), line, labelled, all));
            }
        }
        return requireAny(file, all);
    }

    /** Reads a file of either form: a table with these columns or, where none are named, one of sktime's. */
    public static List<ChannelSequence> read(Path file, @Nullable Columns columns, @Nullable Charset encoding)
            throws IOException {
        return columns == null || isSktime(file) ? sktime(file, encoding) : table(file, columns, encoding);
    }

    private static ChannelSequence sktime(String where, String line, boolean labelled, List<ChannelSequence> before)
            throws IOException {
        String[] parts = line.split(":", -1);
        int channels = parts.length - (labelled ? 1 : 0);
        if (channels < 1 || (!before.isEmpty() && before.get(0).channels() != channels)) {
            throw new IOException(where + ": expected "
                    + (before.isEmpty() ? "channels" : before.get(0).channels() + " channels") + " and "
                    + (labelled ? "a label" : "no label") + " with : between them, found " + parts.length + " parts");
        }
        float[] values = new float[0];
        int steps = 0;
        for (int k = 0; k < channels; k++) {
            String[] numbers = parts[k].split(",", -1);
            if (k == 0) {
                steps = numbers.length;
                values = new float[steps * channels];
            }
            if (numbers.length != steps) {
                throw new IOException(where + ": expected channels of equal length, found " + steps + " values and "
                        + numbers.length + " in channel " + (k + 1));
            }
            for (int t = 0; t < steps; t++) {
                values[t * channels + k] =
                        number(where + ", channel " + (k + 1) + ", value " + (t + 1), numbers[t].strip());
            }
        }
        String label = labelled ? parts[channels].strip() : "";
        if (labelled && label.isEmpty()) {
            throw new IOException(where + ": expected a label behind the last :, found none");
        }
        return new ChannelSequence(values, channels, label);
    }

    private static float number(String where, String text) throws IOException {
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException none) {
            // told below
        }
        throw new IOException(where + ": expected a finite number, found \"" + text + "\"");
    }

    private static <T> List<T> requireAny(Path file, List<T> all) throws IOException {
        if (all.isEmpty()) {
            throw new IOException(file + ": expected sequences of channels, found none");
        }
        return all;
    }

    /**
     * Reads a long table, comma or tab between its cells, the first row the columns' names.
     *
     * @throws IOException naming file and line, if a column is missing, a cell is no number, or a label changes within a
     *     sequence
     */
    public static List<ChannelSequence> table(Path file, Columns columns, @Nullable Charset encoding)
            throws IOException {
        return rows(file, columns, true, encoding).stream().map(Rows::sequence).toList();
    }

    /**
     * Reads a long table whose label column has a tag for each row.
     *
     * @throws IOException naming file and line, if a column is missing, a cell is no number, or a tag is empty
     */
    public static List<TaggedSeries> tagged(Path file, Columns columns, @Nullable Charset encoding) throws IOException {
        return rows(file, columns, false, encoding).stream().map(Rows::tagged).toList();
    }

    private static List<Rows> rows(Path file, Columns columns, boolean oneLabel, @Nullable Charset encoding)
            throws IOException {
        String text = TextSource.of(file).readAll(encoding);
        char delimiter = text.lines().findFirst().orElse("").indexOf('\t') >= 0 ? '\t' : ',';
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        Map<String, Rows> groups = new LinkedHashMap<>();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<String> names = parser.getHeaderNames();
            require(file, names, columns.group());
            boolean labelled = names.contains(columns.label());
            if (!oneLabel) {
                require(file, names, columns.label());
            }
            List<String> channels = new ArrayList<>(names);
            channels.removeAll(List.of(columns.group(), columns.label()));
            if (channels.isEmpty()) {
                throw new IOException(file + ": expected columns of values beside " + columns.group() + " and "
                        + columns.label() + ", found none");
            }
            for (CSVRecord row : parser) {
                String where = file + ", line " + parser.getCurrentLineNumber();
                if (row.size() != names.size()) {
                    throw new IOException(where + ": expected " + names.size() + " cells, found " + row.size());
                }
                String label = labelled ? row.get(columns.label()).strip() : "";
                Rows rows = groups.computeIfAbsent(row.get(columns.group()), group -> new Rows(channels.size()));
                rows.add(where, label, oneLabel, row, channels);
            }
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return requireAny(file, List.copyOf(groups.values()));
    }

    private static void require(Path file, List<String> names, String column) throws IOException {
        if (!names.contains(column)) {
            throw new IOException(file + ": expected a column \"" + column + "\", found " + names);
        }
    }

    /** The rows of one sequence. */
    private static final class Rows {
        private final List<String> labels = new ArrayList<>();
        private final int channels;
        private final List<Float> values = new ArrayList<>();

        Rows(int channels) {
            this.channels = channels;
        }

        void add(String where, String found, boolean one, CSVRecord row, List<String> columns) throws IOException {
            if (one && !labels.isEmpty() && !found.equals(labels.get(0))) {
                throw new IOException(where + ": expected one label in all rows of a sequence, found \"" + labels.get(0)
                        + "\" and \"" + found + "\"");
            }
            if (!one && found.isEmpty()) {
                throw new IOException(where + ": expected a tag, found an empty cell");
            }
            labels.add(found);
            for (String column : columns) {
                values.add(number(
                        where + ", column " + column,
                        Objects.requireNonNull(row.get(column)).strip()));
            }
        }

        ChannelSequence sequence() {
            float[] all = new float[values.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = values.get(i);
            }
            return new ChannelSequence(all, channels, labels.get(0));
        }

        TaggedSeries tagged() {
            return new TaggedSeries(sequence(), labels);
        }
    }
}
