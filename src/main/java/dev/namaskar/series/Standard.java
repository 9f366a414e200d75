package dev.namaskar.series;

import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** {@code z = (y - mean) / deviation} of the window. */
final class Standard implements Transform {
    @Override
    public String name() {
        return "standard";
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        double mean = new Mean().evaluate(values, from, to - from);
        return Affine.of(values, mean, new StandardDeviation(false).evaluate(values, mean, from, to - from));
    }
}
