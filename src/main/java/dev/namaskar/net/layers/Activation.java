package dev.namaskar.net.layers;

import dev.namaskar.kernels.Elementary;
import java.util.Locale;

/** The functions that a dense layer may put after its product; derivatives are taken from the output y. */
public enum Activation {
    /** {@code y = x}. */
    IDENTITY {
        @Override
        public void forward(float[] y, int size) {}

        @Override
        public void backward(float[] y, float[] dy, int size) {}
    },
    /** {@code y = tanh x; dx = dy (1 - y^2)}. */
    TANH {
        @Override
        public void forward(float[] y, int size) {
            Elementary.tanh(y, y, size);
        }

        @Override
        public void backward(float[] y, float[] dy, int size) {
            for (int j = 0; j < size; j++) {
                dy[j] *= 1 - y[j] * y[j];
            }
        }
    },
    /** {@code y = 1 / (1 + e^-x); dx = dy y (1 - y)}. */
    SIGMOID {
        @Override
        public void forward(float[] y, int size) {
            Elementary.sigmoid(y, size);
        }

        @Override
        public void backward(float[] y, float[] dy, int size) {
            for (int j = 0; j < size; j++) {
                dy[j] *= y[j] * (1 - y[j]);
            }
        }
    },
    /** {@code y = max(0, x); dx = dy where y > 0, else 0}. */
    RELU {
        @Override
        public void forward(float[] y, int size) {
            for (int j = 0; j < size; j++) {
                y[j] = Math.max(0, y[j]);
            }
        }

        @Override
        public void backward(float[] y, float[] dy, int size) {
            for (int j = 0; j < size; j++) {
                dy[j] = y[j] > 0 ? dy[j] : 0;
            }
        }
    };

    /** In place: modifies {@code y[0 .. size)}. */
    abstract void forward(float[] y, int size);

    /** In place: modifies {@code dy[0 .. size)}. */
    abstract void backward(float[] y, float[] dy, int size);

    /** The name in specifications. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The activation of this name. */
    public static Activation named(String key) {
        for (Activation activation : values()) {
            if (activation.key().equals(key)) {
                return activation;
            }
        }
        throw new IllegalArgumentException(
                "expected an activation of identity, tanh, sigmoid, relu, found \"" + key + "\"");
    }
}
