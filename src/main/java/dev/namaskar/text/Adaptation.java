package dev.namaskar.text;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Setting;

/**
 * Dynamic evaluation (Krause, Kahembwe, Murray and Renals 2018): a text is scored a segment at a time, every segment by parameters
 * that have learnt from those before it and from nothing else. With {@code w} the parameters, {@code w_0} the model's own and
 * {@code u} the optimizer's update from the gradient of a segment's mean loss, after each segment
 *
 * <pre>{@code
 * w = w + u + decay (w_0 - w)
 * }</pre>
 *
 * A figure that was got so is another than the plain one: it tells what the model would say had it gone on learning.
 *
 * @param steps of a segment, in symbols
 * @param optimizer with its learning rate, {@code adam:beta1=0,lr=0.0003}
 * @param decay part of the way back to the model's own parameters after each segment
 */
public record Adaptation(int steps, OptimizerSpec optimizer, double decay) {
    /** A step of Adam without momentum, by what did best of eight over a stretch of a text that a model had not seen. */
    public static final Adaptation USUAL = new Adaptation(32, OptimizerSpec.parse("adam:beta1=0,lr=0.0003"), 0.001);

    /** Checks the numbers. */
    public Adaptation {
        Setting.atLeast("adapt-steps", 1, steps);
        Setting.fraction("adapt-decay", decay);
    }
}
