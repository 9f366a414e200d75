package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;

/**
 * The simple recurrent cell of Elman ("Finding structure in time", Cognitive Science 1990) with memory order k:
 *
 * <pre>{@code
 * a_t = x_t W_ih + b_ih + sum_{j=1..k} h_{t-j} W_hh^(j) + b_hh
 * h_t = tanh(a_t)
 * da  = dh (1 - h^2)
 * }</pre>
 *
 * @param order k, how many past hidden states a step sees; 1 is the usual cell
 */
public record Tanh(int order) implements Cell {
    /** Each lag is a matrix of its own; a file that asks for more than this is not one of ours. */
    private static final int HIGHEST_ORDER = 1000;

    /** Checks the order. */
    public Tanh {
        requireOrder(order);
    }

    static void requireOrder(int order) {
        if (order < 1 || order > HIGHEST_ORDER) {
            throw new IllegalArgumentException("expected a memory order of 1 to " + HIGHEST_ORDER + ", found " + order);
        }
    }

    @Override
    public String name() {
        return "rnn";
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public void forward(Step before, Step now, int size) {
        Elementary.tanh(now.gates[0], now.h, size);
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] da = now.gates[0];
        float[] h = now.h;
        float[] dh = flow.dh;
        for (int j = 0; j < size; j++) {
            da[j] = dh[j] * (1 - h[j] * h[j]);
        }
    }
}
