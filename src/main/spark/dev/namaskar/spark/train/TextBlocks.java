package dev.namaskar.spark.train;

import dev.namaskar.spark.SparkFailure;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Tokens;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A text of files that all executors reach, as blocks whose places depend on nothing but the files: surveyed by one Spark
 * job, and read block by block by whoever needs one.
 */
final class TextBlocks implements Serializable {
    private static final long serialVersionUID = 1;

    private final Unit unit;
    private final ArrayList<TextBlock> blocks = new ArrayList<>();
    /** First symbol of each block, and behind the last the number of all. */
    private final long[] starts;

    private final SerializableConfiguration hadoop;

    private TextBlocks(Unit unit, List<TextBlock> blocks, long[] starts, SerializableConfiguration hadoop) {
        this.unit = unit;
        this.blocks.addAll(blocks);
        this.starts = starts;
        this.hadoop = hadoop;
    }

    /** The text, and what is known of it. */
    record Surveyed(TextBlocks blocks, Corpus.Survey survey) {
        /** The text as a corpus, of which the driver reads no more than it is asked for. */
        Corpus corpus() {
            return Corpus.surveyed(survey, blocks.new Lazy(), () -> {});
        }
    }

    /**
     * Looks at all of a text.
     *
     * @param paths of files, folders or patterns of them; in this order, those of one pattern by their names
     * @throws IllegalArgumentException if there is no file, or one is no UTF-8
     */
    static Surveyed survey(JavaSparkContext context, List<String> paths, Unit unit) throws IOException {
        SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
        List<FileStatus> files = files(paths, hadoop);
        List<TextBlock> blocks = new ArrayList<>();
        for (FileStatus file : files) {
            blocks.addAll(TextBlock.of(file.getPath().toString(), file.getLen()));
        }
        String more = files.size() > 1 ? " and " + (files.size() - 1) + " more" : "";
        String name = files.get(0).getPath() + more;
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException(
                    name + (files.size() > 1 ? " are" : " is") + " empty; expected a text of at least two characters");
        }
        List<TextBlock.Survey> found = look(context, blocks, unit, hadoop);
        Gathered all = new Gathered();
        for (int i = 0; i < found.size(); i++) {
            TextBlock block = blocks.get(i);
            boolean breaks = block.beginsFile() && found.get(i).symbols() > 0 && all.last != '\n';
            all.add(block.afterBreak(breaks), found.get(i));
        }
        long[] starts = all.starts.stream().mapToLong(start -> start).toArray();
        starts = Arrays.copyOf(starts, starts.length + 1);
        starts[starts.length - 1] = all.symbols;
        return new Surveyed(
                new TextBlocks(unit, all.blocks, starts, hadoop),
                new Corpus.Survey(
                        name,
                        files.get(0).getPath().getName() + more,
                        unit,
                        all.characters,
                        all.fingerprint,
                        all.distinct));
    }

    private static List<TextBlock.Survey> look(
            JavaSparkContext context, List<TextBlock> blocks, Unit unit, SerializableConfiguration hadoop) {
        List<TextBlock.Survey> found;
        try {
            found = context.parallelize(blocks, blocks.size())
                    .map(block -> block.survey(unit, hadoop.value()))
                    .collect();
        } catch (Exception e) {
            throw SparkFailure.of(e);
        }
        for (TextBlock.Survey survey : found) {
            if (!survey.failure().isEmpty()) {
                throw new IllegalArgumentException(survey.failure());
            }
        }
        return found;
    }

    private static List<FileStatus> files(List<String> paths, SerializableConfiguration hadoop) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        for (String path : paths) {
            Path pattern = new Path(path);
            FileSystem system = pattern.getFileSystem(hadoop.value());
            FileStatus[] found = system.globStatus(pattern);
            if (found == null || found.length == 0) {
                throw new IllegalArgumentException(path + ": no such file");
            }
            for (FileStatus one : found) {
                FileStatus[] inside = one.isDirectory() ? system.listStatus(one.getPath()) : new FileStatus[] {one};
                Arrays.sort(inside);
                Arrays.stream(inside)
                        .filter(file ->
                                file.isFile() && file.getPath().getName().matches("[^._].*"))
                        .forEach(files::add);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", paths) + ": expected files of text, found none");
        }
        return files;
    }

    /** Number of symbols. */
    long symbols() {
        return starts[starts.length - 1];
    }

    /** The blocks that hold these symbols, to read alone. */
    TextBlocks around(long from, long to) {
        int first = place(from);
        int last = place(Math.max(from, to - 1)) + 1;
        return new TextBlocks(unit, blocks.subList(first, last), Arrays.copyOfRange(starts, first, last + 1), hadoop);
    }

    private int place(long position) {
        int found = Arrays.binarySearch(starts, 0, starts.length - 1, position);
        return found >= 0 ? found : -found - 2;
    }

    /** Takes symbols one after another. */
    interface Sink {
        /** Takes the next symbol; false if no more are wanted. */
        boolean accept(long position, int symbol) throws IOException;
    }

    /** Reads from a position on, as far as symbols are wanted. */
    void read(long from, Sink sink) throws IOException {
        for (int b = place(from); b < blocks.size(); b++) {
            int[] symbols = blocks.get(b).read(unit, hadoop.value());
            for (int i = (int) Math.max(0, from - starts[b]); i < symbols.length; i++) {
                if (!sink.accept(starts[b] + i, symbols[i])) {
                    return;
                }
            }
        }
    }

    /** The sum of all blocks. */
    private static final class Gathered {
        final List<TextBlock> blocks = new ArrayList<>();
        final List<Long> starts = new ArrayList<>();
        final BitSet distinct = new BitSet();
        long symbols;
        long characters;
        long fingerprint;
        int last = '\n';

        void add(TextBlock block, TextBlock.Survey found) {
            if (found.symbols() == 0) {
                return;
            }
            blocks.add(block);
            starts.add(symbols);
            if (block.breaks()) {
                fingerprint = 31 * fingerprint + '\n';
                distinct.set('\n');
                symbols++;
                characters++;
            }
            fingerprint = fingerprint * found.power() + found.fingerprint();
            symbols += found.symbols();
            characters += found.characters();
            distinct.or(BitSet.valueOf(found.distinct()));
            last = found.last();
        }
    }

    /** All symbols, of which the block that was read last is kept. */
    private final class Lazy implements Tokens {
        private int at = -1;
        private int[] kept = new int[0];

        @Override
        public long length() {
            return symbols();
        }

        @Override
        public synchronized void read(long from, int[] dst, int to, int n) {
            Objects.checkFromIndexSize(from, n, length());
            int done = 0;
            while (done < n) {
                int block = place(from + done);
                if (block != at) {
                    try {
                        kept = blocks.get(block).read(unit, hadoop.value());
                        at = block;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                }
                int offset = (int) (from + done - starts[block]);
                int count = Math.min(n - done, kept.length - offset);
                System.arraycopy(kept, offset, dst, to + done, count);
                done += count;
            }
        }
    }

    /** A replica's share of the training text: as many symbols as any other's, but for one. */
    static long cut(long trained, int replica, int replicas) {
        return Math.floorDiv(trained, replicas) * replica + Math.min(replica, Math.floorMod(trained, replicas));
    }

    /** Indices of symbols, which all stand in the vocabulary. */
    static int index(Vocabulary vocabulary, int symbol, long position) {
        int index = vocabulary.indexOf(symbol);
        if (index < 0) {
            throw new IllegalStateException("symbol " + symbol + " at " + position
                    + " was not there when the text was surveyed; the files have changed meanwhile");
        }
        return index;
    }
}
