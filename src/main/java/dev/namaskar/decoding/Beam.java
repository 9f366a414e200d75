package dev.namaskar.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One source's beginnings and complete sequences. */
final class Beam {
    private final BeamSearch search;
    private final List<Hypothesis> complete = new ArrayList<>();
    private List<Path> live = new ArrayList<>();

    Beam(BeamSearch search, int row) {
        this.search = search;
        live.add(new Path(null, -1, 0, 0, row));
    }

    /** Beginnings that go on, best first. */
    List<Path> live() {
        return live;
    }

    /** The complete sequences, best first. */
    List<Hypothesis> result() {
        return List.copyOf(complete.subList(0, Math.min(search.best(), complete.size())));
    }

    /** Takes one more symbol for every beginning; each reads its row of the answer {@code [rows,V]}. */
    void step(float[] answer, int symbols) {
        if (live.isEmpty()) {
            return;
        }
        List<Path> next = new ArrayList<>();
        int rank = 0;
        for (Path path : candidates(answer, symbols)) {
            if (path.symbol == search.end()) {
                if (rank < search.width() || path.length > search.longest()) {
                    finish(path);
                }
            } else if (next.size() < search.width()) {
                next.add(path);
            }
            rank++;
        }
        if (search.end() == BeamSearch.NO_END && !next.isEmpty() && next.get(0).length == search.longest()) {
            next.forEach(this::finish);
            next.clear();
        }
        complete.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        live = canImprove(next) ? next : List.of();
    }

    /** The best continuations, twice as many as the beam is wide: that leaves a full beam however many of them end. */
    private List<Path> candidates(float[] answer, int symbols) {
        int most = 2 * search.width();
        List<Path> best = new ArrayList<>();
        for (Path path : live) {
            boolean mustEnd = search.end() != BeamSearch.NO_END && path.length == search.longest();
            for (int symbol = mustEnd ? search.end() : 0; symbol < (mustEnd ? search.end() + 1 : symbols); symbol++) {
                float logProbability = answer[path.row * symbols + symbol];
                if (Float.isNaN(logProbability)) {
                    throw new IllegalStateException(
                            "expected log probabilities, found not-a-number for symbol " + symbol);
                }
                double total = path.total + logProbability;
                if (logProbability > Float.NEGATIVE_INFINITY
                        && (best.size() < most || total > best.get(most - 1).total)) {
                    insert(best, new Path(path, symbol, logProbability, total, path.row));
                    if (best.size() > most) {
                        best.remove(most);
                    }
                }
            }
        }
        return best;
    }

    private static void insert(List<Path> best, Path path) {
        int at = best.size();
        while (at > 0 && best.get(at - 1).total < path.total) {
            at--;
        }
        best.add(at, path);
    }

    private void finish(Path path) {
        complete.add(path.hypothesis(search));
    }

    /** Whether a beginning, if all that follows were certain, could enter the best. */
    private boolean canImprove(List<Path> next) {
        if (next.isEmpty() || complete.size() < search.best()) {
            return !next.isEmpty();
        }
        double least = complete.get(search.best() - 1).score();
        return next.stream().anyMatch(path -> search.rule().score(path.total, search.longest() + 1) > least);
    }

    /** A beginning: its last symbol and what stands before it. */
    static final class Path {
        private final @Nullable Path before;
        private final int symbol;
        private final double logProbability;
        private final double total;
        private final int length;
        private int row;

        Path(@Nullable Path before, int symbol, double logProbability, double total, int row) {
            this.before = before;
            this.symbol = symbol;
            this.logProbability = logProbability;
            this.total = total;
            this.row = row;
            length = before == null ? 0 : before.length + 1;
        }

        int symbol() {
            return symbol;
        }

        /** The row of the model's answer that it reads; before {@link #moveTo} its parent's. */
        int row() {
            return row;
        }

        void moveTo(int newRow) {
            row = newRow;
        }

        Hypothesis hypothesis(BeamSearch search) {
            int count = symbol == search.end() ? length - 1 : length;
            int[] symbols = new int[count];
            double[] each = new double[count];
            Path path = symbol == search.end() ? before : this;
            for (int i = count - 1; i >= 0 && path != null; i--, path = path.before) {
                symbols[i] = path.symbol;
                each[i] = path.logProbability;
            }
            return new Hypothesis(symbols, total, each, search.rule().score(total, length));
        }
    }
}
