package dev.namaskar.net.recurrent;

import dev.namaskar.cells.Cell;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.Placement;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One direction of a recurrent layer: where its weights and its state stand, under PyTorch's names. */
final class PlacedRecurrent implements PlacedLayer {
    final Recurrent spec;
    final Cell cell;
    final int inputWidth;
    final boolean tokens;
    final Slot inputWeights;
    /** Recurrent weights by lag: entry j - 1 multiplies {@code h_{t-j}}. */
    final List<Slot> recurrentWeights = new ArrayList<>();

    final Slot inputBias;
    /** Null where there are no hidden products. */
    final @Nullable Slot hiddenBias;
    /** The cell's own vectors; null where it has none. */
    final @Nullable Slot vectors;
    /** Past hidden states, oldest first: entry i holds {@code h_{t-order+i}}. */
    final List<StateLayout.Part> past = new ArrayList<>();

    /** The carry; the same as the last hidden state's part where the cell has none. */
    final List<StateLayout.Part> carry;

    PlacedRecurrent(Recurrent spec, Placement at, String suffix) {
        this.spec = spec;
        this.cell = spec.cell();
        inputWidth = at.inputWidth();
        tokens = at.tokens();
        int gates = cell.gates();
        int hidden = spec.hidden();
        inputWeights = at.parameter("rnn.weight_ih_" + suffix, Role.INPUT, gates, inputWidth, hidden);
        for (int lag = 1; lag <= cell.order() && cell.hiddenProducts(); lag++) {
            String name = "rnn.weight_hh_" + suffix + (lag == 1 ? "" : "_lag" + lag);
            recurrentWeights.add(at.parameter(name, Role.RECURRENT, gates, hidden, hidden));
        }
        inputBias = at.parameter("rnn.bias_ih_" + suffix, Role.BIAS, gates, 1, hidden);
        hiddenBias = cell.hiddenProducts() ? at.parameter("rnn.bias_hh_" + suffix, Role.BIAS, gates, 1, hidden) : null;
        vectors =
                cell.vectors() > 0 ? at.parameter("rnn.vectors_" + suffix, Role.GAIN, cell.vectors(), 1, hidden) : null;
        for (int lag = cell.order(); lag >= 1; lag--) {
            past.add(at.state("h_" + suffix + (lag == 1 ? "" : "_lag" + lag), hidden));
        }
        carry = cell.hasCarry()
                ? cell.carried().stream()
                        .map(name -> at.state(name + "_" + suffix, hidden))
                        .toList()
                : past.subList(past.size() - 1, past.size());
    }

    /** Whether a gate's hidden product is kept apart from its input product. */
    boolean apart(int gate) {
        return cell.candidateApart() && gate == cell.gates() - 1;
    }

    @Override
    public void initialize(Params params, SplitMix64 random) {
        float[] values = params.values();
        spec.inputInitializer().fill(values, inputWeights, random);
        for (int lag = 1; lag <= recurrentWeights.size(); lag++) {
            Slot slot = recurrentWeights.get(lag - 1);
            spec.recurrentInitializer().fill(values, slot, random);
            // k orthogonal matrices together would blow the state up k-fold
            for (int i = slot.offset(); i < slot.end(); i++) {
                values[i] /= recurrentWeights.size();
            }
        }
        if (spec.recurrentInitializer().equals(Initializers.pytorch())) {
            Initializers.pytorch().fill(values, inputBias, random);
            if (hiddenBias != null) {
                Initializers.pytorch().fill(values, hiddenBias, random);
            }
        }
        for (int k = 0; vectors != null && k < vectors.blocks(); k++) {
            cell.initialize(k, values, vectors.block(k), spec.hidden(), random);
        }
        if (cell.forgetGate() >= 0) {
            int at = inputBias.block(cell.forgetGate());
            for (int i = at; i < at + spec.hidden(); i++) {
                values[i] += spec.forgetBias();
            }
        }
    }

    @Override
    public RecurrentWeights weights(Gemm gemm) {
        return new RecurrentWeights(this, gemm);
    }

    @Override
    public Stage stage(SharedWeights weights, Gemm gemm) {
        return new RecurrentStage(this, (RecurrentWeights) weights, gemm);
    }
}
