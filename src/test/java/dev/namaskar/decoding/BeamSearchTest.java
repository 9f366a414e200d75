package dev.namaskar.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches over tables so small that every sequence can be written down. */
class BeamSearchTest {
    private static final double TIGHT = 1e-9;

    /** A random distribution for every beginning of every source, told apart by a hash of what was taken. */
    private static final class Table implements Continuations {
        private final int symbols;
        private final long[] seeds;
        private List<List<Integer>> rows = List.of();
        private int widest;

        Table(int symbols, long... seeds) {
            this.symbols = symbols;
            this.seeds = seeds;
        }

        static float[] distribution(int symbols, List<Integer> taken, long seed) {
            Random random = new Random(seed * 1_000_003 + taken.hashCode() * 31L + taken.size());
            double[] weight = new double[symbols];
            double sum = 0;
            for (int s = 0; s < symbols; s++) {
                weight[s] = Math.exp(2 * random.nextGaussian());
                sum += weight[s];
            }
            float[] logs = new float[symbols];
            for (int s = 0; s < symbols; s++) {
                logs[s] = (float) Math.log(weight[s] / sum);
            }
            return logs;
        }

        @Override
        public int symbols() {
            return symbols;
        }

        @Override
        public float[] first(int sources) {
            rows = IntStream.range(0, sources).mapToObj(List::of).toList();
            return answer();
        }

        @Override
        public float[] next(int[] parents, int[] taken) {
            List<List<Integer>> next = new ArrayList<>();
            for (int row = 0; row < parents.length; row++) {
                List<Integer> longer = new ArrayList<>(rows.get(parents[row]));
                longer.add(taken[row]);
                next.add(longer);
            }
            rows = next;
            return answer();
        }

        /** The first number of a row is its source. */
        private float[] answer() {
            widest = Math.max(widest, rows.size());
            float[] all = new float[rows.size() * symbols];
            for (int row = 0; row < rows.size(); row++) {
                List<Integer> taken = rows.get(row).subList(1, rows.get(row).size());
                System.arraycopy(
                        distribution(symbols, taken, seeds[rows.get(row).get(0)]), 0, all, row * symbols, symbols);
            }
            return all;
        }
    }

    /** All sequences there are, best first. */
    private static List<Hypothesis> exhaustive(BeamSearch search, int symbols, long seed) {
        List<Hypothesis> all = new ArrayList<>();
        extend(search, symbols, seed, List.of(), List.of(), all);
        all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return all;
    }

    private static void extend(
            BeamSearch search, int symbols, long seed, List<Integer> taken, List<Double> logs, List<Hypothesis> all) {
        boolean endless = search.end() == BeamSearch.NO_END;
        float[] next = Table.distribution(symbols, taken, seed);
        if (endless ? taken.size() == search.longest() : true) {
            double total = logs.stream().mapToDouble(l -> l).sum() + (endless ? 0 : next[search.end()]);
            int length = taken.size() + (endless ? 0 : 1);
            all.add(new Hypothesis(
                    taken.stream().mapToInt(s -> s).toArray(),
                    total,
                    logs.stream().mapToDouble(l -> l).toArray(),
                    search.rule().score(total, length)));
        }
        if (taken.size() == search.longest()) {
            return;
        }
        for (int s = 0; s < symbols; s++) {
            if (s != search.end()) {
                List<Integer> longer = new ArrayList<>(taken);
                longer.add(s);
                List<Double> more = new ArrayList<>(logs);
                more.add((double) next[s]);
                extend(search, symbols, seed, longer, more, all);
            }
        }
    }

    static List<LengthRule> rules() {
        return List.of(
                LengthRule.NONE,
                LengthRule.MEAN,
                new LengthRule(LengthRule.Kind.POWER, 0.6),
                new LengthRule(LengthRule.Kind.GNMT, 1));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aBeamAsWideAsTheTableFindsWhatExhaustionFinds(LengthRule rule) {
        for (int seed = 0; seed < 30; seed++) {
            int end = seed % 4 == 3 ? BeamSearch.NO_END : seed % 3;
            BeamSearch search = new BeamSearch(100, 6, rule, end, 1 + seed % 4);

            List<Hypothesis> found = search.search(new Table(3, seed), 1).get(0);

            List<Hypothesis> expected = exhaustive(search, 3, seed);
            assertThat(found).hasSize(Math.min(6, expected.size()));
            for (int i = 0; i < found.size(); i++) {
                assertSame(found.get(i), expected.get(i));
            }
        }
    }

    private static void assertSame(Hypothesis found, Hypothesis expected) {
        assertThat(found.symbols()).isEqualTo(expected.symbols());
        assertThat(found.logProbability()).isCloseTo(expected.logProbability(), within(TIGHT));
        assertThat(found.score()).isCloseTo(expected.score(), within(TIGHT));
        assertThat(found.symbolLogProbabilities()).isEqualTo(expected.symbolLogProbabilities());
    }

    @Test
    void aBeamOfOneIsGreedy() {
        for (int seed = 0; seed < 200; seed++) {
            Hypothesis found = new BeamSearch(1, 1, LengthRule.NONE, 0, 6)
                    .search(new Table(4, seed), 1)
                    .get(0)
                    .get(0);

            List<Integer> taken = new ArrayList<>();
            while (taken.size() < 6) {
                float[] next = Table.distribution(4, taken, seed);
                int best = IntStream.range(0, 4).reduce(0, (a, b) -> next[b] > next[a] ? b : a);
                if (best == 0) {
                    break;
                }
                taken.add(best);
            }
            assertThat(found.symbols())
                    .isEqualTo(taken.stream().mapToInt(s -> s).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void sourcesSearchedTogetherHaveTheResultsTheyHaveAlone(int width) {
        long[] seeds = {5, 6, 5, 99, 1234};
        BeamSearch search = new BeamSearch(width, Math.min(2, width), LengthRule.MEAN, 2, 5);
        Table together = new Table(4, seeds);

        List<List<Hypothesis>> all = search.search(together, seeds.length);

        for (int source = 0; source < seeds.length; source++) {
            assertThat(all.get(source))
                    .isEqualTo(search.search(new Table(4, seeds[source]), 1).get(0));
        }
        assertThat(together.widest).isLessThanOrEqualTo(width * seeds.length);
    }

    @Test
    void everyNumberIsTheTables() {
        for (int seed = 0; seed < 100; seed++) {
            BeamSearch search = new BeamSearch(3, 3, LengthRule.NONE, 0, 5);
            for (Hypothesis found : search.search(new Table(5, seed), 1).get(0)) {
                double sum = 0;
                List<Integer> taken = new ArrayList<>();
                for (int i = 0; i < found.symbols().length; i++) {
                    float log = Table.distribution(5, taken, seed)[found.symbols()[i]];
                    assertThat(found.symbolLogProbabilities()[i]).isEqualTo(log);
                    sum += log;
                    taken.add(found.symbols()[i]);
                }
                sum += Table.distribution(5, taken, seed)[0];
                assertThat(found.logProbability()).isCloseTo(sum, within(TIGHT));
            }
        }
    }

    @Test
    void impossibleSymbolsAreNeverTakenAndNothingToTakeIsNoResult() {
        Continuations dead = new Continuations() {
            @Override
            public int symbols() {
                return 2;
            }

            @Override
            public float[] first(int sources) {
                float[] none = new float[2 * sources];
                Arrays.fill(none, Float.NEGATIVE_INFINITY);
                return none;
            }

            @Override
            public float[] next(int[] parents, int[] symbols) {
                throw new AssertionError("nothing can go on");
            }
        };

        assertThat(new BeamSearch(3, 2, LengthRule.NONE, 1, 4).search(dead, 2)).containsExactly(List.of(), List.of());
        assertThat(new BeamSearch(3, 2, LengthRule.NONE, BeamSearch.NO_END, 4).search(dead, 1))
                .containsExactly(List.of());
        assertThat(new BeamSearch(3, 2, LengthRule.NONE, 1, 4).search(dead, 0)).isEmpty();
    }

    @Test
    void refusesWhatCannotBeSearched() {
        assertThatThrownBy(() -> new BeamSearch(0, 1, LengthRule.NONE, 0, 1)).hasMessageContaining("width");
        assertThatThrownBy(() -> new BeamSearch(2, 3, LengthRule.NONE, 0, 1)).hasMessageContaining("1 to 2");
        assertThatThrownBy(() -> new BeamSearch(2, 1, LengthRule.NONE, 0, 0)).hasMessageContaining("longest");
        assertThatThrownBy(() -> new BeamSearch(2, 1, LengthRule.NONE, 9, 3).search(new Table(4, 1), 1))
                .hasMessageContaining("among the model's 4, found 9");
        assertThatThrownBy(() -> LengthRule.named("best")).hasMessageContaining("gnmt(alpha)");
        assertThatThrownBy(() -> LengthRule.named("power(x)")).hasMessageContaining("\"x\"");
        assertThatThrownBy(() -> LengthRule.named("power(-1)")).hasMessageContaining("-1");
        assertThat(LengthRule.named("GNMT(0.6)").score(-7, 1)).isEqualTo(-7);
        assertThat(LengthRule.named("mean").score(-6, 3)).isEqualTo(-2);
    }
}
