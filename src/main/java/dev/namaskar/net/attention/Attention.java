package dev.namaskar.net.attention;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.Placement;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.SlotWeights;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention to a {@linkplain dev.namaskar.net.layers.Memory memory} of frames m (Bahdanau, Cho and Bengio 2014), for every
 * step of every row, {@code [T,B,H] -> [T,B,H+K]}:
 *
 * <pre>{@code
 * q_t = x_t W_q,   k_s = m_s W_k,   v_s = m_s W_v        (general: q_t = x_t)
 * a_t = softmax over s of score(q_t, k_s)
 * y_t = [x_t, sum_s a_ts v_s]
 * }</pre>
 *
 * <p>What was attended to is not fed back into the layers below ("input feeding"), so that nothing of this stands in a
 * loop over time, and keys and values are computed once for a memory. A row whose memory is empty gets zeros.
 *
 * @param score how well a query and a key agree
 * @param width K, of queries, keys and values
 * @param memoryWidth width of the memory's frames
 */
public record Attention(AttentionScore score, int width, int memoryWidth) implements Layer {
    /** Checks the widths. */
    public Attention {
        if (width < 1 || memoryWidth < 1) {
            throw new IllegalArgumentException("expected attention of a width of at least 1 to a memory of at least 1"
                    + " value a frame, found widths " + width + " and " + memoryWidth);
        }
    }

    /** The least attention. */
    public Attention() {
        this(AttentionScore.DOT, 1, 1);
    }

    @Override
    public String kind() {
        return "attention";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return inputWidth + width;
    }

    @Override
    public PlacedLayer place(Placement at) {
        String name = at.requireValues().label();
        if (!score.projectsQueries() && at.inputWidth() != width) {
            throw new IllegalArgumentException("expected attention by " + score.key() + " to be as wide as its input, "
                    + at.inputWidth() + ", found a width of " + width);
        }
        return new Placed(
                this,
                at.inputWidth(),
                score.projectsQueries()
                        ? at.parameter(name + ".query.weight", Role.DENSE, 1, at.inputWidth(), width)
                        : null,
                at.parameter(name + ".key.weight", Role.DENSE, 1, memoryWidth, width),
                at.parameter(name + ".value.weight", Role.DENSE, 1, memoryWidth, width),
                score == AttentionScore.ADDITIVE ? at.parameter(name + ".score.weight", Role.GAIN, 1, 1, width) : null);
    }

    /**
     * The layer at its place.
     *
     * @param inputWidth H
     * @param query null where the input is the query
     * @param direction u of the additive score
     */
    record Placed(
            Attention spec,
            int inputWidth,
            @Nullable Slot query,
            Slot key,
            Slot value,
            @Nullable Slot direction) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            for (Slot slot : products()) {
                Initializers.named(Initializers.PYTORCH).fill(params.values(), slot, random);
            }
            if (direction != null) {
                Initializers.named("pytorch(" + spec.width + ")").fill(params.values(), direction, random);
            }
        }

        private List<Slot> products() {
            return query == null ? List.of(key, value) : List.of(query, key, value);
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            List<Slot> slots = new ArrayList<>(products());
            if (direction != null) {
                slots.add(direction);
            }
            return new SlotWeights(gemm, slots.toArray(Slot[]::new));
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            return new AttentionStage(this, (SlotWeights) weights, gemm);
        }
    }
}
