package dev.namaskar.net.layers;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.Params;
import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Networks that are alike but for their parameters, read the same, and put out their mean (Hansen and Salamon 1990): {@code
 * y = 1/K sum_k f_k(x)}, {@code [T,B,F] -> [T,B,G]}; {@code dx = 1/K sum_k f_k'(x) dy}. The mean of logits is, but for a
 * constant, the logarithm of the geometric mean of what the members think likely. Their parameters stand one member behind
 * the other.
 *
 * @param members how many, K
 * @param layers of each member, one after the other; at least one
 */
public record Ensemble(int members, List<Layer> layers) implements Layer {
    /** Keeps its own list. */
    public Ensemble {
        layers = List.copyOf(layers);
        Settings.require(members >= 1, "members", "1 or more", members);
        Settings.require(!layers.isEmpty(), "layers", "at least one", 0);
    }

    /** Members of these layers. */
    public Ensemble(int members, Layer... layers) {
        this(members, List.of(layers));
    }

    /** Two dense layers. */
    public Ensemble() {
        this(2, new Dense());
    }

    @Override
    public String kind() {
        return "ensemble";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return Layer.outputWidth(layers, inputWidth);
    }

    @Override
    public PlacedLayer place(Placement at) {
        List<PlacedChain> placed = IntStream.range(0, members)
                .mapToObj(member -> new PlacedChain(at.member(member), layers))
                .toList();
        return new Placed(placed, outputWidth(at.inputWidth()));
    }

    private record Placed(List<PlacedChain> members, int outputWidth) implements PlacedLayer {
        @Override
        public void initialize(Params params, SplitMix64 random) {
            members.forEach(member -> member.initialize(params, random));
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            return SharedWeights.of(
                    members.stream().map(member -> member.weights(gemm)).toList());
        }

        @Override
        public Stage stage(SharedWeights weights, Gemm gemm) {
            Chain[] chains = new Chain[members.size()];
            for (int k = 0; k < chains.length; k++) {
                chains[k] = members.get(k)
                        .stage(((SharedWeights.Several) weights).each().get(k), gemm);
            }
            return new AtWork(chains, outputWidth, gemm);
        }
    }

    private static final class AtWork extends Stage {
        private final Chain[] members;
        private final Gemm gemm;
        private final Frames[] in;
        private final Frames[] made;
        private final Frames out;

        AtWork(Chain[] members, int outputWidth, Gemm gemm) {
            this.members = members;
            this.gemm = gemm;
            in = new Frames[members.length];
            made = new Frames[members.length];
            out = new Frames(outputWidth);
        }

        @Override
        public Frames forward(Frames x, Call call) {
            for (int k = 0; k < members.length; k++) {
                made[k] = members[k].forward(input(k, x), call);
            }
            Frames first = made[0];
            out.shape(first.steps(), first.batch(), first.lengths()).reserve(gemm);
            float[] y = out.values();
            Arrays.fill(y, 0, out.size(), 0f);
            float share = 1f / members.length;
            for (Frames member : made) {
                float[] values = member.values();
                for (int i = 0, from = member.at(); i < out.size(); i++) {
                    y[i] += share * values[from + i];
                }
            }
            out.pushValue();
            return out.reserveGradient(gemm);
        }

        /** Tokens as they are; of values a copy of a member's own, whose gradient is one part of what {@code x} gets. */
        private Frames input(int k, Frames x) {
            if (x.hasTokens()) {
                return x;
            }
            if (in[k] == null || in[k].width() != x.width()) {
                in[k] = new Frames(x.width());
            }
            Frames own = in[k].shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
            System.arraycopy(x.values(), x.at(), own.values(), 0, x.size());
            own.pushValue();
            return own.wantGradient(x.wantsGradient()).reserveGradient(gemm);
        }

        @Override
        public void backward(Frames x, Call call, Mirror gradient) {
            out.grad().pull(0, out.size());
            float[] dy = out.gradients();
            float share = 1f / members.length;
            boolean wanted = x.wantsGradient() && !x.hasTokens();
            if (wanted) {
                Arrays.fill(x.gradients(), x.at(), x.at() + x.size(), 0f);
            }
            for (int k = 0; k < members.length; k++) {
                float[] through = made[k].gradients();
                for (int i = 0, to = made[k].at(); i < out.size(); i++) {
                    through[to + i] = share * dy[i];
                }
                made[k].pushGrad();
                members[k].backward(x.hasTokens() ? x : in[k], call, gradient);
                if (wanted) {
                    add(in[k], x);
                }
            }
            if (wanted) {
                x.pushGrad();
            }
        }

        private static void add(Frames part, Frames x) {
            part.grad().pull(0, part.size());
            float[] from = part.gradients();
            float[] dx = x.gradients();
            for (int i = 0; i < part.size(); i++) {
                dx[x.at() + i] += from[i];
            }
        }
    }
}
