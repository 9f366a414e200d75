package dev.namaskar.optim.search;

import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Search over named settings where no gradient helps: learning rates, widths, kinds of cell. Random search finds better
 * settings than a grid of the same size when few of them matter (Bergstra and Bengio 2012).
 *
 * <pre>{@code
 * Trial best = new GradientFreeSearch()
 *         .logUniform("lr", 1e-4, 1e-1)
 *         .whole("hidden", 32, 256)
 *         .choice("cell", "gru", "lstm")
 *         .random(20, 1, settings -> validationLoss(settings))
 *         .get(0);
 * }</pre>
 *
 * <p>Immutable; the same seed draws the same settings, whatever the objective answers.
 */
public final class GradientFreeSearch {
    private static final int LARGEST_GRID = 1_000_000;

    private final Map<String, SearchRange> ranges;

    /** A search over nothing yet. */
    public GradientFreeSearch() {
        this(Map.of());
    }

    private GradientFreeSearch(Map<String, SearchRange> ranges) {
        this.ranges = Collections.unmodifiableMap(ranges);
    }

    /**
     * One set of settings and what came of it.
     *
     * @param settings by name, in the order they were declared
     * @param loss what the objective answered
     */
    public record Trial(Map<String, Object> settings, double loss) {}

    /** Also over this setting. */
    public GradientFreeSearch over(String name, SearchRange range) {
        Map<String, SearchRange> more = new LinkedHashMap<>(ranges);
        if (more.put(name, range) != null) {
            throw new IllegalArgumentException("\"" + name + "\" is declared twice; names must differ");
        }
        return new GradientFreeSearch(more);
    }

    /** Also over numbers in [from, to]. */
    public GradientFreeSearch uniform(String name, double from, double to) {
        return over(name, new SearchRange.Uniform(from, to));
    }

    /** Also over numbers in [from, to], even in their logarithms. */
    public GradientFreeSearch logUniform(String name, double from, double to) {
        return over(name, new SearchRange.LogUniform(from, to));
    }

    /** Also over the whole numbers from .. to. */
    public GradientFreeSearch whole(String name, int from, int to) {
        return over(name, new SearchRange.Whole(from, to));
    }

    /** Also over these values. */
    public GradientFreeSearch choice(String name, Object... values) {
        return over(name, new SearchRange.Choice(List.of(values)));
    }

    /**
     * Tries settings drawn by chance.
     *
     * @param objective the loss to make small; not-a-number counts as worse than all others
     * @return all trials, best first; of equals the earlier first
     */
    public List<Trial> random(int trials, long seed, ToDoubleFunction<Map<String, Object>> objective) {
        Settings.require(trials >= 1, "trials", "1 or more", trials);
        SplitMix64 random = new SplitMix64(seed);
        List<Map<String, Object>> points = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            Map<String, Object> point = new LinkedHashMap<>();
            ranges.forEach((name, range) -> point.put(name, range.draw(random)));
            points.add(point);
        }
        return tryAll(points, objective);
    }

    /**
     * Tries every combination of at most this many values of each setting; the last declared changes fastest.
     *
     * @param objective the loss to make small; not-a-number counts as worse than all others
     * @return all trials, best first; of equals the earlier first
     */
    public List<Trial> grid(int pointsEach, ToDoubleFunction<Map<String, Object>> objective) {
        List<Map<String, Object>> points = new ArrayList<>();
        points.add(Map.of());
        for (Map.Entry<String, SearchRange> entry : ranges.entrySet()) {
            List<Object> values = entry.getValue().grid(pointsEach);
            if ((long) points.size() * values.size() > LARGEST_GRID) {
                throw new IllegalArgumentException("expected a grid of at most " + LARGEST_GRID
                        + " trials, found more; take fewer points or random(trials, seed, objective)");
            }
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> point : points) {
                for (Object value : values) {
                    Map<String, Object> next = new LinkedHashMap<>(point);
                    next.put(entry.getKey(), value);
                    longer.add(next);
                }
            }
            points = longer;
        }
        return tryAll(points, objective);
    }

    private static List<Trial> tryAll(
            List<Map<String, Object>> points, ToDoubleFunction<Map<String, Object>> objective) {
        List<Trial> trials = new ArrayList<>();
        for (Map<String, Object> point : points) {
            Map<String, Object> settings = Collections.unmodifiableMap(point);
            trials.add(new Trial(settings, objective.applyAsDouble(settings)));
        }
        // Double.compare puts not-a-number behind everything; the sort is stable.
        trials.sort(Comparator.comparingDouble(Trial::loss));
        return trials;
    }
}
