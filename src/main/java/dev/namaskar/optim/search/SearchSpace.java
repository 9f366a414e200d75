package dev.namaskar.optim.search;

import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named settings and the values that each may take: learning rates, widths, kinds of cell. Points of it are drawn by
 * chance, which finds better settings than a grid of the same size when few of them matter (Bergstra and Bengio 2012),
 * taken from a grid, or made of a vector that {@link Evolution} moves.
 *
 * <pre>{@code
 * SearchSpace space = new SearchSpace()
 *         .logUniform("lr", 1e-4, 1e-1)
 *         .whole("hidden", 32, 256)
 *         .choice("cell", "gru", "lstm");
 * for (Map<String, Object> settings : space.random(20, 1)) { ... }
 * }</pre>
 *
 * <p>Immutable.
 */
public final class SearchSpace {
    private static final int LARGEST_GRID = 1_000_000;

    private final Map<String, SearchRange> ranges;

    /** A space of nothing yet. */
    public SearchSpace() {
        this(Map.of());
    }

    private SearchSpace(Map<String, SearchRange> ranges) {
        this.ranges = Collections.unmodifiableMap(ranges);
    }

    /** Also this setting. */
    public SearchSpace over(String name, SearchRange range) {
        Map<String, SearchRange> more = new LinkedHashMap<>(ranges);
        if (more.put(name, range) != null) {
            throw new IllegalArgumentException("\"" + name + "\" is declared twice; names must differ");
        }
        return new SearchSpace(more);
    }

    /** Also a number in [from, to]. */
    public SearchSpace uniform(String name, double from, double to) {
        return over(name, new SearchRange.Uniform(from, to));
    }

    /** Also a number in [from, to], even in its logarithm. */
    public SearchSpace logUniform(String name, double from, double to) {
        return over(name, new SearchRange.LogUniform(from, to));
    }

    /** Also a whole number, from .. to. */
    public SearchSpace whole(String name, int from, int to) {
        return over(name, new SearchRange.Whole(from, to));
    }

    /** Also a whole number, from .. to, even in its logarithm. */
    public SearchSpace logWhole(String name, int from, int to) {
        return over(name, new SearchRange.LogWhole(from, to));
    }

    /** Also one of these values. */
    public SearchSpace choice(String name, Object... values) {
        return over(name, new SearchRange.Choice(List.of(values)));
    }

    /** How many settings there are. */
    public int size() {
        return ranges.size();
    }

    /** The point of a vector with a number in [0, 1] for each setting, in the order declared; beyond is cut off. */
    public Map<String, Object> at(float... places) {
        Settings.require(places.length == ranges.size(), "places", ranges.size() + " numbers", places.length);
        Map<String, Object> point = new LinkedHashMap<>();
        int[] next = new int[1];
        ranges.forEach((name, range) -> {
            double place = places[next[0]++];
            point.put(name, range.at(place >= 0 ? Math.min(1, place) : 0));
        });
        return Collections.unmodifiableMap(point);
    }

    /** Points drawn by chance: the same for the same seed. */
    public List<Map<String, Object>> random(int points, long seed) {
        Settings.require(points >= 1, "points", "1 or more", points);
        SplitMix64 random = new SplitMix64(seed);
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            drawn.add(drawn(random));
        }
        return drawn;
    }

    /** A point drawn by chance that depends on the seed and on its number alone, however many others are drawn. */
    public Map<String, Object> point(long seed, long number) {
        return drawn(new SplitMix64(SplitMix64.mix(SplitMix64.mix(seed) + number * SplitMix64.GOLDEN_GAMMA)));
    }

    private Map<String, Object> drawn(SplitMix64 random) {
        Map<String, Object> point = new LinkedHashMap<>();
        ranges.forEach((name, range) -> point.put(name, range.at(random.nextDouble())));
        return Collections.unmodifiableMap(point);
    }

    /** Every combination of at most this many values of each setting; the last declared changes fastest. */
    public List<Map<String, Object>> grid(int pointsEach) {
        List<Map<String, Object>> points = new ArrayList<>();
        points.add(Map.of());
        for (Map.Entry<String, SearchRange> entry : ranges.entrySet()) {
            List<Object> values = entry.getValue().grid(pointsEach);
            if ((long) points.size() * values.size() > LARGEST_GRID) {
                throw new IllegalArgumentException("expected a grid of at most " + LARGEST_GRID
                        + " points, found more; take fewer of each, or random ones");
            }
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> point : points) {
                for (Object value : values) {
                    Map<String, Object> next = new LinkedHashMap<>(point);
                    next.put(entry.getKey(), value);
                    longer.add(Collections.unmodifiableMap(next));
                }
            }
            points = longer;
        }
        return points;
    }
}
