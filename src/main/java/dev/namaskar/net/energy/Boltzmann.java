package dev.namaskar.net.energy;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.Placement;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.SlotWeights;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Settings;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * A restricted Boltzmann machine (Smolensky 1986; Hinton 2002) at every step, {@code [T,B,F] -> [T,B,1]}. It puts out the
 * free energy of visible units v, hidden ones h being summed over:
 *
 * <pre>{@code
 * E(v, h) = -b' v - c' h - v' W h          p(v) = e^-F(v) / Z
 * F(v)    = -b' v - sum_j log(1 + e^(c_j + (v' W)_j))
 * }</pre>
 *
 * <p>In training it puts out {@code F(v) - F(v~)}, the sample v~ being drawn by {@code gibbs} steps of block Gibbs
 * sampling, and held fast when the gradient is taken: made small by the loss {@code energy}, that is contrastive
 * divergence (Hinton 2002) where the steps begin at v, and persistent contrastive divergence (Tieleman 2008) where they go
 * on from the last batch's sample, which is carried as state.
 *
 * <p>It reads v alone, or {@code visible + hidden} values before it, which are added to b and c: with a recurrent layer
 * that makes them, the machine is the conditional one of an RNN-RBM (Boulanger-Lewandowski, Bengio and Vincent 2012).
 *
 * @param visible units of v, in [0, 1]
 * @param hidden units of h
 * @param gibbs steps a sample takes in training
 * @param persistent whether they go on from the last sample; rows have one step then
 */
public record Boltzmann(int visible, int hidden, int gibbs, boolean persistent) implements Layer {
    /** Checks the numbers. */
    public Boltzmann {
        Settings.require(visible >= 1, "visible", "1 or more", visible);
        Settings.require(hidden >= 1, "hidden", "1 or more", hidden);
        Settings.require(gibbs >= 1, "gibbs", "1 or more", gibbs);
    }

    /** One unit of each kind. */
    public Boltzmann() {
        this(1, 1, 1, false);
    }

    @Override
    public String kind() {
        return "boltzmann";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return 1;
    }

    @Override
    public PlacedLayer place(Placement at) {
        int width = at.requireValues().inputWidth();
        if (width != visible && width != 2 * visible + hidden) {
            throw new IllegalArgumentException("expected " + visible + " visible units of a boltzmann layer, or "
                    + (2 * visible + hidden) + " values: what is added to both biases, then those; found " + width);
        }
        return new Placed(
                this,
                width > visible,
                at.number(),
                at.parameter(at.label() + ".weight", Role.DENSE, 1, visible, hidden),
                at.parameter(at.label() + ".visible_bias", Role.BIAS, 1, 1, visible),
                at.parameter(at.label() + ".hidden_bias", Role.BIAS, 1, 1, hidden),
                persistent ? at.state(at.label() + ".sample", visible) : null);
    }

    record Placed(
            Boltzmann spec,
            boolean conditional,
            int index,
            Slot weight,
            Slot visibleBias,
            Slot hiddenBias,
            StateLayout.@Nullable Part sample)
            implements PlacedLayer {
        /** Hinton's practical guide (2010): small weights, so that hidden units begin alike but for them. */
        @Override
        public void initialize(Params params, SplitMix64 random) {
            Initializers.normal(0, 0.01).fill(params.values(), weight, random);
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            return new SlotWeights(gemm, weight, visibleBias, hiddenBias);
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            return new BoltzmannStage(this, (SlotWeights) weights, gemm);
        }
    }
}
