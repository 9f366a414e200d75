package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other, at work in one thread: forward through all, backward the other way round. */
public final class Chain extends Stage {
    private final List<Stage> stages = new ArrayList<>();
    private final List<Frames> flow = new ArrayList<>();

    /** A chain of these layers, each with its weights. */
    public Chain(List<PlacedLayer> layers, List<SharedWeights> weights, Gemm gemm) {
        for (int i = 0; i < layers.size(); i++) {
            stages.add(layers.get(i).stage(weights.get(i), gemm));
        }
    }

    @Override
    public Frames forward(Frames x, Call call) {
        flow.clear();
        Frames at = x;
        flow.add(at);
        for (int i = 0; i < stages.size(); i++) { // by index: an iterator would be an object a step
            Frames next = stages.get(i).forward(at, call);
            // a layer that has nothing to do, as dropout in prediction, hands its input on
            if (next != at) {
                next.wantGradient(true);
            }
            at = next;
            flow.add(at);
        }
        return at;
    }

    @Override
    public void backward(Frames x, Call call, Mirror gradient) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).backward(flow.get(i), call, gradient);
        }
    }
}
