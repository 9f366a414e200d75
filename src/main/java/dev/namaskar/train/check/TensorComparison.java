package dev.namaskar.train.check;

import java.util.ArrayList;
import java.util.List;

/** The entries of one tensor that a gradient check looked at, until the floors of the errors are known. */
final class TensorComparison {
    /** Share of its own tensor's largest gradient below which an entry's error is not measured against the entry. */
    private static final double TENSOR_FLOOR = 0.1;

    /** The same share of the largest gradient of all tensors. */
    private static final double OVERALL_FLOOR = 1e-2;

    /** A gradient this many times the numeric derivative's doubt away from it is wrong. */
    private static final double DOUBTS = 4;

    private record Entry(int index, double analytic, double numeric, double uncertainty) {}

    private final String name;
    private final List<Integer> shape;
    private final List<Entry> entries = new ArrayList<>();
    private double largest;

    TensorComparison(String name, List<Integer> shape) {
        this.name = name;
        this.shape = shape;
    }

    void add(int index, double analytic, NumericDerivative found) {
        entries.add(new Entry(index, analytic, found.value(), found.uncertainty()));
        largest = Math.max(largest, finite(Math.max(Math.abs(analytic), Math.abs(found.value()))));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    /** The largest gradient, by either way. */
    double largest() {
        return largest;
    }

    GradientReport.Tensor compare(double largestOfAll) {
        double floor = Math.max(Math.max(TENSOR_FLOOR * largest, OVERALL_FLOOR * largestOfAll), Float.MIN_NORMAL);
        double worst = -1;
        Entry where = new Entry(-1, 0, 0, 0);
        int unresolved = 0;
        for (Entry entry : entries) {
            double scale = Math.max(floor, Math.max(Math.abs(entry.analytic), Math.abs(entry.numeric)));
            double difference = Math.abs(entry.analytic - entry.numeric);
            if (Double.isFinite(difference) && unsure(entry, difference, scale)) {
                unresolved++;
                continue;
            }
            double error = Double.isFinite(difference) ? difference / scale : Double.POSITIVE_INFINITY;
            if (error > worst) {
                worst = error;
                where = entry;
            }
        }
        return new GradientReport.Tensor(
                name,
                shape,
                entries.size() - unresolved,
                unresolved,
                Math.max(worst, 0),
                where.index < 0 ? List.of() : axes(where.index),
                where.analytic,
                where.numeric);
    }

    /** Whether a difference is too large to pass, and too small against the numeric derivative's doubt to convict. */
    private static boolean unsure(Entry entry, double difference, double scale) {
        return difference >= GradientCheck.TOLERANCE * scale && difference <= DOUBTS * entry.uncertainty;
    }

    private List<Integer> axes(int flat) {
        Integer[] index = new Integer[shape.size()];
        int rest = flat;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.get(axis);
            rest /= shape.get(axis);
        }
        return List.of(index);
    }
}
