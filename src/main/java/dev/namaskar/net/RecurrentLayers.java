package dev.namaskar.net;

import dev.namaskar.cells.Cells;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Setting;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent layers that are alike, one above the other, with dropout behind each: what is asked of a network. What is
 * null is not asked for, and is then what is usual, or what a trained network has.
 *
 * @param cell rnn (tanh, the usual one), gru, lstm, or a cell of the user's own, by its name
 * @param order how many past hidden states a tanh cell sees; usually 1
 * @param hidden units of each layer; usually 128
 * @param layers how many; usually 1
 * @param dropout part of the values dropped behind each layer in training; usually 0
 * @param forgetBias added to the bias of a fresh LSTM's forget gate; usually 0
 */
public record RecurrentLayers(
        @Nullable String cell,
        @Nullable Integer order,
        @Nullable Integer hidden,
        @Nullable Integer layers,
        @Nullable Double dropout,
        @Nullable Float forgetBias) {
    /** Nothing asked for. */
    public static final RecurrentLayers NONE = new RecurrentLayers(null, null, null, null, null, null);

    /** One tanh layer of 128 units without dropout: what is usual where a task has nothing else. */
    public static final RecurrentLayers USUAL = new RecurrentLayers("rnn", 1, 128, 1, 0.0, 0f);

    /** Checks every setting that is asked for. */
    public RecurrentLayers {
        Setting.atLeast("order", 1, order);
        Setting.atLeast("hidden", 1, hidden);
        Setting.atLeast("layers", 0, layers);
        Setting.fraction("dropout", dropout);
        Setting.require(forgetBias == null || Float.isFinite(forgetBias), "forget-bias", "a finite number", forgetBias);
        if (cell != null) {
            Cells.named(cell, order == null ? 1 : order);
        }
    }

    /** With this cell. */
    public RecurrentLayers withCell(String name) {
        return new RecurrentLayers(name, order, hidden, layers, dropout, forgetBias);
    }

    /** With a memory of so many steps. */
    public RecurrentLayers withOrder(int steps) {
        return new RecurrentLayers(cell, steps, hidden, layers, dropout, forgetBias);
    }

    /** With so many units in each layer. */
    public RecurrentLayers withHidden(int units) {
        return new RecurrentLayers(cell, order, units, layers, dropout, forgetBias);
    }

    /** So many layers. */
    public RecurrentLayers withLayers(int count) {
        return new RecurrentLayers(cell, order, hidden, count, dropout, forgetBias);
    }

    /** With this part dropped behind each layer. */
    public RecurrentLayers withDropout(double rate) {
        return new RecurrentLayers(cell, order, hidden, layers, rate, forgetBias);
    }

    /** With so much added to the forget gates' biases. */
    public RecurrentLayers withForgetBias(float bias) {
        return new RecurrentLayers(cell, order, hidden, layers, dropout, bias);
    }

    /** With what is usual where nothing is asked for. */
    public RecurrentLayers orElse(RecurrentLayers usual) {
        return new RecurrentLayers(
                cell == null ? usual.cell : cell,
                order == null ? usual.order : order,
                hidden == null ? usual.hidden : hidden,
                layers == null ? usual.layers : layers,
                dropout == null ? usual.dropout : dropout,
                forgetBias == null ? usual.forgetBias : forgetBias);
    }

    /** Whether a forget bias that is asked for changes anything: whether the cell has a forget gate. */
    public boolean usesForgetBias() {
        return forgetBias == null || forgetBias == 0 || layer().cell().forgetGate() >= 0;
    }

    /** One of these layers, fresh, in one direction. */
    public Recurrent layer() {
        RecurrentLayers all = orElse(USUAL);
        return new Recurrent(Objects.requireNonNull(all.cell), Objects.requireNonNull(all.hidden))
                .withOrder(Objects.requireNonNull(all.order))
                .withForgetBias(Objects.requireNonNull(all.forgetBias));
    }

    /** These layers above what is there, fresh. */
    public NetworkSpec above(NetworkSpec below) {
        return above(below, layer());
    }

    /** The same, each layer reading both ways, its directions side by side. */
    public NetworkSpec bothWaysAbove(NetworkSpec below) {
        return above(below, layer().withMerge(Merge.CONCATENATE));
    }

    private NetworkSpec above(NetworkSpec below, Recurrent fresh) {
        RecurrentLayers all = orElse(USUAL);
        NetworkSpec network = below;
        for (int layer = 0; layer < Objects.requireNonNull(all.layers); layer++) {
            network = network.then(fresh).dropout(Objects.requireNonNull(all.dropout));
        }
        return network;
    }

    /**
     * A trained network to go on with. It is what it is, so what is asked for has to agree; dropout alone, which has no
     * parameters, may be another.
     *
     * @throws IllegalArgumentException naming the setting that does not
     */
    public NetworkSpec agreeing(NetworkSpec trained) {
        agree("cell", cell, each(trained, layer -> layer.cell().name()));
        agree("order", order, each(trained, Recurrent::order));
        agree("hidden", hidden, each(trained, Recurrent::hidden));
        agree("layers", layers, List.of(in(trained).size()));
        Setting.require(
                forgetBias == null, "forget-bias", "none for a trained network, as it fills fresh layers", forgetBias);
        return dropout == null ? trained : withDropout(trained, dropout);
    }

    private static NetworkSpec withDropout(NetworkSpec network, double rate) {
        NetworkSpec changed = new NetworkSpec(network.tokens(), network.inputWidth(), List.of());
        for (Layer layer : network.layers()) {
            if (!(layer instanceof Dropout)) {
                changed = changed.then(layer);
            }
            if (layer instanceof Recurrent) {
                changed = changed.dropout(rate);
            }
        }
        return changed;
    }

    /** The recurrent layers of a network. */
    public static List<Recurrent> in(NetworkSpec network) {
        return network.layers().stream()
                .filter(Recurrent.class::isInstance)
                .map(Recurrent.class::cast)
                .toList();
    }

    /** What a property is in each recurrent layer. */
    public static <T> List<T> each(NetworkSpec network, Function<Recurrent, T> property) {
        return in(network).stream().map(property).toList();
    }

    /**
     * A setting that is asked for has to be what the trained network has.
     *
     * @throws IllegalArgumentException naming the setting, if it is not
     */
    public static void agree(String setting, @Nullable Object asked, List<?> found) {
        String shown = found.stream().distinct().map(String::valueOf).collect(Collectors.joining(" and "));
        boolean same = asked == null || found.stream().allMatch(asked::equals);
        Setting.require(same, setting, shown + ", as the trained model has", asked);
    }
}
