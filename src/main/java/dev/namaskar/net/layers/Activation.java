package dev.namaskar.net.layers;

import java.util.List;

/**
 * A function that a dense layer may put after its product, element by element; derivatives are taken from the output y.
 * One's own is a public class with a public constructor without arguments, named in {@code META-INF/services/} of this
 * type on the class path; it equals every other of its class.
 */
public interface Activation {
    /** {@code y = x}. */
    Activation IDENTITY = Elementwise.IDENTITY;

    /** {@code y = tanh x; dx = dy (1 - y^2)}. */
    Activation TANH = Elementwise.TANH;

    /** {@code y = 1 / (1 + e^-x); dx = dy y (1 - y)}. */
    Activation SIGMOID = Elementwise.SIGMOID;

    /** {@code y = max(0, x); dx = dy where y > 0, else 0}. */
    Activation RELU = Elementwise.RELU;

    /**
     * {@code y = 1 where x > 0, else 0; dx = 0}: McCulloch and Pitts' unit (1943). What stands before it has no gradient;
     * {@link dev.namaskar.losses.Perceptron} teaches a last layer by what its units are told, evolution any.
     */
    Activation THRESHOLD = Elementwise.THRESHOLD;

    /** The name in specifications. */
    String key();

    /** In place: modifies {@code y[0 .. size)}, x before and y after. */
    void forward(float[] y, int size);

    /** In place: modifies {@code dy[0 .. size)}, which becomes dx. */
    void backward(float[] y, float[] dy, int size);

    /**
     * The activation of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Activation named(String key) {
        return Elementwise.CATALOG.get(key);
    }

    /** All there are, the built-in ones first. */
    static List<Activation> all() {
        return Elementwise.CATALOG.all();
    }
}
