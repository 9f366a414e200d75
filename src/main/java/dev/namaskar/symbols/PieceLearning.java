package dev.namaskar.symbols;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Learns {@link Pieces} from a text, byte after byte: the chunks that occur most often, or, of byte pairs, again and again
 * the pair of neighbours that occurs most often, joined wherever it stands. Of equals the first in the order of bytes, so
 * that the same text gives the same pieces.
 */
public final class PieceLearning implements AutoCloseable {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Pieces.Chunks chunks =
            new Pieces.Chunks(chunk -> counts.merge(new String(chunk, StandardCharsets.ISO_8859_1), 1, Integer::sum));

    /** Takes the next byte. */
    public void accept(int value) throws IOException {
        chunks.accept(value);
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }

    /**
     * What was learnt; fewer pieces where no more occur twice.
     *
     * @param symbols how many, the 256 bytes among them
     */
    public Vocabulary vocabulary(Pieces.Kind kind, int symbols) throws IOException {
        close();
        int wanted = symbols - Pieces.BYTES;
        List<String> pieces = kind == Pieces.Kind.WORD ? words(wanted) : pairs(wanted);
        return Vocabulary.ofPieces(new Pieces(
                kind,
                pieces.stream()
                        .map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1))
                        .toList()));
    }

    private List<String> words(int wanted) {
        return counts.entrySet().stream()
                .filter(chunk -> chunk.getValue() > 1 && chunk.getKey().length() > 1)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(wanted)
                .map(Map.Entry::getKey)
                .toList();
    }

    private record Pair(int left, int right) {}

    /** A chunk as the symbols that it is covered by so far, and how often it occurs. */
    private static final class Chunk {
        private int[] symbols;
        private final int count;

        Chunk(String bytes, int count) {
            symbols = bytes.chars().toArray();
            this.count = count;
        }
    }

    private List<String> pairs(int wanted) {
        List<String> strings = new ArrayList<>();
        for (int b = 0; b < Pieces.BYTES; b++) {
            strings.add(Character.toString(b));
        }
        Map<Pair, Integer> often = new HashMap<>();
        Map<Pair, Set<Chunk>> places = new HashMap<>();
        counts.forEach((bytes, count) -> count(new Chunk(bytes, count), 1, often, places));
        while (strings.size() < Pieces.BYTES + wanted) {
            Pair best = null;
            int most = 1;
            for (Map.Entry<Pair, Integer> entry : often.entrySet()) {
                Pair pair = entry.getKey();
                boolean better = entry.getValue() > most
                        || (entry.getValue() == most && best != null && isBefore(pair, best, strings));
                if (better) {
                    best = pair;
                    most = entry.getValue();
                }
            }
            if (best == null) {
                break;
            }
            String joined = strings.get(best.left) + strings.get(best.right);
            int known = strings.indexOf(joined);
            int symbol = known >= 0 ? known : strings.size();
            if (known < 0) {
                strings.add(joined);
            }
            for (Chunk chunk : List.copyOf(places.getOrDefault(best, Set.of()))) {
                count(chunk, -1, often, places);
                chunk.symbols = joined(chunk.symbols, best, symbol);
                count(chunk, 1, often, places);
            }
            often.remove(best);
            places.remove(best);
        }
        return strings.subList(Pieces.BYTES, strings.size());
    }

    private static boolean isBefore(Pair a, Pair b, List<String> strings) {
        int left = strings.get(a.left).compareTo(strings.get(b.left));
        return left != 0 ? left < 0 : strings.get(a.right).compareTo(strings.get(b.right)) < 0;
    }

    private static void count(Chunk chunk, int sign, Map<Pair, Integer> often, Map<Pair, Set<Chunk>> places) {
        for (int i = 0; i + 1 < chunk.symbols.length; i++) {
            Pair pair = new Pair(chunk.symbols[i], chunk.symbols[i + 1]);
            often.merge(pair, sign * chunk.count, Integer::sum);
            Set<Chunk> here = places.computeIfAbsent(pair, none -> new LinkedHashSet<>());
            if (sign > 0) {
                here.add(chunk);
            } else {
                here.remove(chunk);
            }
        }
    }

    private static int[] joined(int[] symbols, Pair pair, int symbol) {
        int[] to = new int[symbols.length];
        int n = 0;
        for (int i = 0; i < symbols.length; i++) {
            boolean here = i + 1 < symbols.length && symbols[i] == pair.left && symbols[i + 1] == pair.right;
            to[n++] = here ? symbol : symbols[i];
            i += here ? 1 : 0;
        }
        return Arrays.copyOf(to, n);
    }
}
