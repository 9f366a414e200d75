package dev.namaskar.cells;

/**
 * The simple recurrent cell with a rectifier in place of tanh, as {@code nn.RNN(nonlinearity="relu")} of PyTorch and the
 * IRNN of Le, Jaitly and Hinton ("A simple way to initialize recurrent networks of rectified linear units", 2015):
 *
 * <pre>{@code
 * a_t = x_t W_ih + b_ih + sum_{j=1..k} h_{t-j} W_hh^(j) + b_hh
 * h_t = max(0, a_t)
 * da  = dh where h > 0, else 0
 * }</pre>
 *
 * <p>Nothing bounds the state: it takes small recurrent weights, or the identity, and clipped gradients.
 *
 * @param order k, how many past hidden states a step sees
 */
public record Relu(int order) implements Cell {
    /** Checks the order. */
    public Relu {
        Tanh.requireOrder(order);
    }

    @Override
    public String name() {
        return "rnn-relu";
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public void forward(Step before, Step now, int size) {
        float[] a = now.gates[0];
        float[] h = now.h;
        for (int j = 0; j < size; j++) {
            h[j] = Math.max(0, a[j]);
        }
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] da = now.gates[0];
        float[] h = now.h;
        float[] dh = flow.dh;
        for (int j = 0; j < size; j++) {
            da[j] = h[j] > 0 ? dh[j] : 0;
        }
    }
}
