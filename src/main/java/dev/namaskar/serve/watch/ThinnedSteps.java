package dev.namaskar.serve.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run, thinned so that a run of any length has at most {@value #MOST} points: each stands for equally many
 * steps in a row and keeps their mean loss with the lowest and the highest. When there are too many, neighbours are put
 * together.
 */
final class ThinnedSteps {
    static final int MOST = 2048;

    private static final List<String> MEANS = List.of("lr", "gradient_norm", "ms");

    private final List<Point> points = new ArrayList<>();
    private int every = 1;

    /** Some steps in a row; of what was not told the means are not-a-number. */
    private static final class Point {
        private long step;
        private int count;
        private double lowest = Double.POSITIVE_INFINITY;
        private double highest = Double.NEGATIVE_INFINITY;
        private double loss;
        private final double[] means = new double[MEANS.size()];

        void add(long at, double value, Map<String, ? extends @Nullable Object> line) {
            step = at;
            count++;
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
            loss += (value - loss) / count;
            for (int i = 0; i < means.length; i++) {
                double told = line.get(MEANS.get(i)) instanceof Number number ? number.doubleValue() : Double.NaN;
                means[i] += (told - means[i]) / count;
            }
        }

        void add(Point next) {
            double weight = next.count / (double) (count + next.count);
            step = next.step;
            count += next.count;
            lowest = Math.min(lowest, next.lowest);
            highest = Math.max(highest, next.highest);
            loss += weight * (next.loss - loss);
            for (int i = 0; i < means.length; i++) {
                means[i] += weight * (next.means[i] - means[i]);
            }
        }

        List<@Nullable Object> row() {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(step);
            row.add(count);
            row.add(loss);
            row.add(lowest);
            row.add(highest);
            for (double mean : means) {
                row.add(Double.isFinite(mean) ? (Object) mean : null);
            }
            return row;
        }
    }

    /** Adds a step that was told with its loss. */
    void add(long step, double loss, Map<String, ? extends @Nullable Object> line) {
        Point last = points.isEmpty() ? null : points.get(points.size() - 1);
        if (last != null && last.count < every) {
            last.add(step, loss, line);
            return;
        }
        if (points.size() == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                Point pair = points.get(2 * i);
                pair.add(points.get(2 * i + 1));
                points.set(i, pair);
            }
            points.subList(MOST / 2, MOST).clear();
            every *= 2;
        }
        Point fresh = new Point();
        fresh.add(step, loss, line);
        points.add(fresh);
    }

    /** How many steps a point stands for, save for the last. */
    int every() {
        return every;
    }

    int size() {
        return points.size();
    }

    /** The points from an index on: {@code step, steps, loss, lowest, highest, lr, gradient norm, ms}. */
    List<List<@Nullable Object>> rows(int from) {
        return points.subList(from, points.size()).stream().map(Point::row).toList();
    }
}
