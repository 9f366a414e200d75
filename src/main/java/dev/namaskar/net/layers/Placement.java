package dev.namaskar.net.layers;

import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import java.util.HashMap;
import java.util.Map;

/** A place in a network that is being laid out: what a layer reads there, and where it declares parameters and state. */
public final class Placement {
    private final ParamLayout params;
    private final StateLayout state;
    private final String prefix;
    /** Begins the names of parts of the state. */
    private final String inside;

    private final Map<String, Integer> counts;
    /** The same over all members of ensembles. */
    private final Map<String, Integer> all;

    private final String kind;
    private final int inputWidth;
    private final boolean tokens;
    private final boolean last;
    private final int index;
    private final int number;

    private Placement(Placement of, String kind, int inputWidth, boolean tokens, boolean last) {
        params = of.params;
        state = of.state;
        prefix = of.prefix;
        inside = of.inside;
        counts = of.counts;
        all = of.all;
        this.kind = kind;
        this.inputWidth = inputWidth;
        this.tokens = tokens;
        this.last = last;
        index = counts.merge(kind, 1, Integer::sum) - 1;
        number = all.merge(kind, 1, Integer::sum) - 1;
    }

    private Placement(Placement of, String member) {
        params = of.params;
        state = of.state;
        prefix = of.prefix + member;
        inside = of.inside + member;
        counts = new HashMap<>();
        all = of.all;
        kind = "";
        inputWidth = of.inputWidth;
        tokens = of.tokens;
        last = false;
        index = 0;
        number = 0;
    }

    /**
     * Where a network begins.
     *
     * @param params the layout to add to; may hold another network's parameters already
     * @param prefix what every parameter's name begins with: {@code encoder.}, or nothing
     */
    public Placement(ParamLayout params, StateLayout state, String prefix) {
        this.params = params;
        this.state = state;
        this.prefix = prefix;
        inside = "";
        counts = new HashMap<>();
        all = new HashMap<>();
        kind = "";
        inputWidth = 0;
        tokens = false;
        last = false;
        index = 0;
        number = 0;
    }

    /** Where a network begins that is a member of the layer at this place, and reads what that reads. */
    Placement member(int k) {
        return new Placement(this, label() + "." + k + ".");
    }

    /**
     * Puts a layer into the network that this place belongs to; a layer made of others puts those so.
     *
     * @param width width of the layer's input
     * @param readsTokens whether the input is token ids
     * @param isLast whether it is the network's last layer
     */
    public PlacedLayer place(Layer layer, int width, boolean readsTokens, boolean isLast) {
        return layer.place(new Placement(this, layer.kind(), width, readsTokens, isLast));
    }

    /** Puts a layer that reads this many values, and is not the network's last, into the same network. */
    public PlacedLayer place(Layer layer, int width) {
        return place(layer, width, false, false);
    }

    /** Width of the layer's input: values a step, or for token ids how many different ones there are. */
    public int inputWidth() {
        return inputWidth;
    }

    /** Whether the input is token ids, else values. */
    public boolean tokens() {
        return tokens;
    }

    /** Whether this is the network's last layer. */
    public boolean last() {
        return last;
    }

    /** How many layers of this kind stand before it in the network. */
    public int index() {
        return index;
    }

    /** The same over all members of ensembles: a number for what is drawn at random, which no other layer of the kind has. */
    public int number() {
        return number;
    }

    /** The layer's own name in the network, {@code dense0}: what its parameters' names begin with. */
    public String label() {
        return kind + index;
    }

    /**
     * Declares a parameter: {@code blocks} matrices of {@code [rows, columns]}.
     *
     * @param name unlike any other in the network, such as {@code label() + ".weight"}
     */
    public Slot parameter(String name, Role role, int blocks, int rows, int columns) {
        return params.add(prefix + name, role, blocks, rows, columns);
    }

    /** Declares a part of the state, {@code [B, width]}, that is carried from call to call; its name as a parameter's. */
    public StateLayout.Part state(String name, int width) {
        return state.add(inside + name, width);
    }

    /**
     * Refuses token ids.
     *
     * @throws IllegalArgumentException if the input is token ids
     */
    public Placement requireValues() {
        if (tokens) {
            throw new IllegalArgumentException(
                    "a layer \"" + kind + "\" reads values; put an embedding or a recurrent layer before it");
        }
        return this;
    }
}
