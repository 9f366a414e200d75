package dev.namaskar.tune;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Successive halving (Jamieson and Talwalkar 2016): many settings are tried for a small part of a run, the best of them
 * for a larger one, the best of these for a whole run. Every rung is a run from the beginning with a schedule of its own
 * length, for a run that is broken off where its learning rate is still high says little of where it would end. Which go
 * on is decided when all of a rung have ended, so that it depends on no order among them.
 */
final class Bracket {
    /** Less than a ninth of a run, by thirds, says too little. */
    private static final int MOST_HALVINGS = 2;

    private final int count;
    private final int reduction;
    private final int last;
    private final Deque<Trial> waiting = new ArrayDeque<>();
    private final List<TrialResult> ended = new ArrayList<>();
    private int rung;
    private int size;

    /**
     * A bracket.
     *
     * @param first number of its first settings
     * @param count how many there are
     * @param reduction one in so many goes on; 1 to try all for a whole run
     * @param settings of a number
     */
    Bracket(int first, int count, int reduction, IntFunction<Map<String, Object>> settings) {
        this.count = count;
        this.reduction = reduction;
        int halvings = 0;
        while (reduction > 1 && halvings < MOST_HALVINGS && count >= power(halvings + 1)) {
            halvings++;
        }
        last = halvings;
        begin(IntStream.range(first, first + count)
                .mapToObj(number -> new Trial(number, 0, part(), settings.apply(number)))
                .toList());
    }

    /** How many settings a bracket has that ends with one of them. */
    static int full(int reduction) {
        return IntStream.range(0, MOST_HALVINGS).reduce(1, (product, i) -> product * reduction);
    }

    private int power(int exponent) {
        return IntStream.range(0, exponent).reduce(1, (product, i) -> product * reduction);
    }

    private double part() {
        return 1.0 / power(last - rung);
    }

    private void begin(List<Trial> trials) {
        waiting.addAll(trials);
        size = trials.size();
        ended.clear();
    }

    /** A trial to be carried out next; null where all have been handed out. */
    @Nullable
    Trial poll() {
        return waiting.poll();
    }

    /** Takes what came of a trial of the present rung; after the last of them the next rung begins. */
    void take(TrialResult result) {
        ended.add(result);
        if (ended.size() < size || rung == last) {
            return;
        }
        rung++;
        begin(ended.stream()
                .filter(TrialResult::scored)
                .sorted(TrialResult.BEST_FIRST)
                .limit(count / power(rung))
                .map(TrialResult::trial)
                .map(trial -> new Trial(trial.number(), rung, part(), trial.settings()))
                .toList());
    }
}
