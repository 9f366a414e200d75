package dev.namaskar.optim;

import dev.namaskar.params.ParamLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradient transforms that run one after another, each over its own slots; what is left is subtracted. */
final class TransformChain {
    /** All links run over this many values while they are in the first-level cache. */
    private static final int BLOCK = 2048;

    private final List<GradientTransform> links;
    private final boolean needsNorm;
    private final boolean projects;

    TransformChain(List<GradientTransform> links) {
        this.links = links;
        needsNorm = links.stream().anyMatch(GradientTransform::needsGradientNorm);
        projects = links.stream().anyMatch(GradientTransform::projects);
    }

    /** Whether some link wants the gradient's norm. */
    boolean needsNorm() {
        return needsNorm;
    }

    /** Whether some link takes the gradient at another point than where the parameters are. */
    boolean projects() {
        return projects;
    }

    /** Whether some link goes by the names of slots. */
    boolean selectsSlots() {
        return links.stream().anyMatch(GradientTransform::selectsSlots);
    }

    /** A fresh state for each link. */
    List<TransformState> init(int size, @Nullable ParamLayout layout) {
        List<TransformState> states = new ArrayList<>();
        for (GradientTransform link : links) {
            TransformState state = new TransformState(link, size, Ranges.chosen(size, layout, link::appliesTo));
            link.init(state);
            states.add(state);
        }
        return states;
    }

    /** Moves the parameters to the point ahead, or back from it, unless they are there. Modified: {@code params}. */
    void move(float[] params, OptimizerState state, boolean ahead) {
        if (!projects || state.projected() == ahead) {
            return;
        }
        Ranges live = state.trainable();
        for (int k = 0; k < links.size(); k++) {
            for (int r = 0; r < live.count(); r++) {
                if (ahead) {
                    links.get(k).project(params, state.transform(k), live.from(r), live.to(r));
                } else {
                    links.get(k).unproject(params, state.transform(k), live.from(r), live.to(r));
                }
            }
        }
        state.projected(ahead);
    }

    /** Computes each link's factors of this step. */
    void begin(OptimizerState state) {
        for (int k = 0; k < links.size(); k++) {
            links.get(k).begin(state.transform(k), state);
        }
        state.projected(false);
    }

    /** Modified: {@code params} and {@code gradient} in this range; frozen slots keep both. */
    void apply(float[] params, float[] gradient, OptimizerState state, int from, int to) {
        Ranges live = state.trainable();
        for (int r = live.firstEndingAfter(from); r < live.count() && live.from(r) < to; r++) {
            int stop = Math.min(to, live.to(r));
            for (int at = Math.max(from, live.from(r)); at < stop; ) {
                int next = at + Math.min(stop - at, BLOCK);
                applyBlock(params, gradient, state, at, next);
                at = next;
            }
        }
    }

    private void applyBlock(float[] params, float[] gradient, OptimizerState state, int from, int to) {
        for (int k = 0; k < links.size(); k++) {
            GradientTransform link = links.get(k);
            TransformState own = state.transform(k);
            Ranges chosen = own.ranges();
            if (chosen.everything()) {
                link.apply(gradient, params, own, from, to);
                continue;
            }
            for (int r = chosen.firstEndingAfter(from); r < chosen.count() && chosen.from(r) < to; r++) {
                link.apply(gradient, params, own, Math.max(from, chosen.from(r)), Math.min(to, chosen.to(r)));
            }
        }
        for (int i = from; i < to; i++) {
            params[i] -= gradient[i];
        }
    }
}
