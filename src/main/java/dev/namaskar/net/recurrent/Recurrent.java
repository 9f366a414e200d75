package dev.namaskar.net.recurrent;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.PlacedLayer;
import dev.namaskar.net.layers.Placement;
import dev.namaskar.params.Initializer;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.params.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer: {@code [T,B,F] -> [T,B,H]}, or {@code [T,B,2H]} for two directions side by side.
 *
 * @param cell the equations of one step
 * @param hidden H, number of units
 * @param merge forward in time, or both ways and how the two are joined
 * @param inputInitializer initializer of the input weights
 * @param recurrentInitializer initializer of the recurrent weights
 * @param forgetBias what is added to the bias of a fresh LSTM's forget gate
 * @param stateDropout part of the hidden state that recurrent products do not see in training, the same at all steps of a
 *     call (Gal and Ghahramani 2016)
 */
public record Recurrent(
        Cell cell,
        int hidden,
        Merge merge,
        Initializer inputInitializer,
        Initializer recurrentInitializer,
        float forgetBias,
        double stateDropout)
        implements Layer {
    /** Checks the settings. */
    public Recurrent {
        if (hidden < 1) {
            throw new IllegalArgumentException("expected at least 1 hidden unit, found " + hidden);
        }
        if (!Float.isFinite(forgetBias)) {
            throw new IllegalArgumentException("expected a finite forget bias, found " + forgetBias);
        }
        Setting.fraction("dropout-state", stateDropout);
        Setting.require(
                stateDropout == 0 || cell.hiddenProducts(),
                "dropout-state",
                "none for " + cell.name() + ", which has no recurrent weights",
                stateDropout);
    }

    /**
     * A forward layer with the usual settings: weights and biases even over {@code +-1/sqrt(H)} as PyTorch draws them.
     * Measured on a text of a million characters, in nats per character after the same steps: orthogonal recurrent
     * weights lose 0.03 (tanh, 2000 steps), biases of zero 0.07 (LSTM, 500 steps), a forget bias of 1, which serves
     * where memory must last from the start (Jozefowicz et al. 2015), 0.05.
     */
    public Recurrent(Cell cell, int hidden) {
        this(cell, hidden, Merge.FORWARD, Initializers.pytorch(), Initializers.pytorch(), 0, 0);
    }

    /**
     * The same with the cell of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Recurrent(String cell, int hidden) {
        this(Cells.named(cell), hidden);
    }

    /** One unit of the simple cell. */
    public Recurrent() {
        this("rnn", 1);
    }

    /** The same with another memory order: how many past hidden states a step sees; above 1 for {@code rnn} alone. */
    public Recurrent withOrder(int order) {
        Cell other = Cells.named(cell.name(), order);
        return new Recurrent(other, hidden, merge, inputInitializer, recurrentInitializer, forgetBias, stateDropout);
    }

    /** The same with another direction. */
    public Recurrent withMerge(Merge newMerge) {
        return new Recurrent(cell, hidden, newMerge, inputInitializer, recurrentInitializer, forgetBias, stateDropout);
    }

    /** The same with other initializers, by their names. */
    public Recurrent withInitializers(String input, String recurrent) {
        return withInitializers(Initializers.named(input), Initializers.named(recurrent));
    }

    /** The same with other initializers; to be stored, one's own has to be a service, too. */
    public Recurrent withInitializers(Initializer input, Initializer recurrent) {
        return new Recurrent(cell, hidden, merge, input, recurrent, forgetBias, stateDropout);
    }

    /** The same with another start for the forget gate's bias. */
    public Recurrent withForgetBias(float bias) {
        return new Recurrent(cell, hidden, merge, inputInitializer, recurrentInitializer, bias, stateDropout);
    }

    /** The same with this part of the hidden state kept from the recurrent products in training. */
    public Recurrent withStateDropout(double rate) {
        return new Recurrent(cell, hidden, merge, inputInitializer, recurrentInitializer, forgetBias, rate);
    }

    /** Initializers are the same that go by the same text, as which files keep them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Recurrent that && described().equals(that.described());
    }

    @Override
    public int hashCode() {
        return described().hashCode();
    }

    private List<Object> described() {
        return List.of(
                cell, hidden, merge, inputInitializer.spec(), recurrentInitializer.spec(), forgetBias, stateDropout);
    }

    /** How many past hidden states a step sees. */
    public int order() {
        return cell.order();
    }

    /** Whether the layer reads both ways. */
    public boolean bidirectional() {
        return merge != Merge.FORWARD;
    }

    @Override
    public String kind() {
        return "recurrent";
    }

    @Override
    public int outputWidth(int inputWidth) {
        return merge == Merge.CONCATENATE ? 2 * hidden : hidden;
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>(Cells.toMap(cell));
        map.put("hidden", hidden);
        map.put("direction", merge.key());
        map.put("input_initializer", Initializers.stored(inputInitializer));
        map.put("recurrent_initializer", Initializers.stored(recurrentInitializer));
        map.put("forget_bias", forgetBias);
        if (stateDropout > 0) {
            map.put("state_dropout", stateDropout);
        }
        return map;
    }

    /** The settings but for the cell's, under the names that files have. */
    private record Stored(
            int hidden,
            @RecordCodec.Key("direction") Merge merge,
            Initializer inputInitializer,
            Initializer recurrentInitializer,
            float forgetBias,
            @Nullable Double stateDropout) {}

    @Override
    public Recurrent fromMap(Map<String, ?> settings, RecordCodec codec) {
        Map<String, Object> own = new LinkedHashMap<>(settings);
        Cell named = Cells.takeFromMap(own);
        Stored s = codec.read("layer \"" + kind() + "\"", Stored.class, own);
        double state = s.stateDropout == null ? 0 : s.stateDropout;
        return new Recurrent(named, s.hidden, s.merge, s.inputInitializer, s.recurrentInitializer, s.forgetBias, state);
    }

    @Override
    public PlacedLayer place(Placement at) {
        PlacedRecurrent forward = new PlacedRecurrent(this, at, "l" + at.index());
        if (!bidirectional()) {
            return forward;
        }
        return new PlacedBidirectional(this, forward, new PlacedRecurrent(this, at, "l" + at.index() + "_reverse"));
    }
}
