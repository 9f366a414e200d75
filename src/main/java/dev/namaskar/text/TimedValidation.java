package dev.namaskar.text;

import java.util.function.ToDoubleFunction;

/** A validation, and the seconds that it took in all, which are no part of training. */
final class TimedValidation implements ToDoubleFunction<float[]> {
    private final ToDoubleFunction<float[]> validation;
    private double seconds;

    TimedValidation(ToDoubleFunction<float[]> validation) {
        this.validation = validation;
    }

    @Override
    public double applyAsDouble(float[] params) {
        long begun = System.nanoTime();
        double loss = validation.applyAsDouble(params);
        seconds += (System.nanoTime() - begun) * 1e-9;
        return loss;
    }

    double seconds() {
        return seconds;
    }
}
