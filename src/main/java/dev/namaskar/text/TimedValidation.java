package dev.namaskar.text;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A validation, and the seconds that it took in all, which are no part of training. */
final class TimedValidation implements ToDoubleFunction<float[]> {
    private final Supplier<ToDoubleFunction<float[]>> maker;
    private @Nullable ToDoubleFunction<float[]> validation;
    private double seconds;

    /** With what makes the validation when it is first wanted. */
    TimedValidation(Supplier<ToDoubleFunction<float[]>> maker) {
        this.maker = maker;
    }

    @Override
    public double applyAsDouble(float[] params) {
        long begun = System.nanoTime();
        ToDoubleFunction<float[]> measure = validation;
        if (measure == null) {
            measure = maker.get();
            validation = measure;
        }
        double loss = measure.applyAsDouble(params);
        seconds += (System.nanoTime() - begun) * 1e-9;
        return loss;
    }

    double seconds() {
        return seconds;
    }
}
