package dev.namaskar.net.layers;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.params.Catalog;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The activations that come with the library. */
enum Elementwise implements Activation {
    IDENTITY {
        @Override
        public void forward(float[] y, int size) {}

        @Override
        public void backward(float[] y, float[] dy, int size) {}
    },
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
    },
    THRESHOLD {
        @Override
        public void forward(float[] y, int size) {
            for (int j = 0; j < size; j++) {
                y[j] = y[j] > 0 ? 1 : 0;
            }
        }

        @Override
        public void backward(float[] y, float[] dy, int size) {
            Arrays.fill(dy, 0, size, 0);
        }
    };

    static final Catalog<Activation> CATALOG =
            new Catalog<>("activation", Activation.class, Activation::key, List.of(values()));

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
