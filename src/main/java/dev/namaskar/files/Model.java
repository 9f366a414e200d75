package dev.namaskar.files;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Ensemble;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A network with its parameters and whatever else belongs to it, as it travels between files and formats. Or several
 * networks over the same parameters, as an encoder and a decoder are.
 *
 * @param networks the layouts, each under what the names of its parameters begin with ({@code encoder.}), in the order in
 *     which their parameters stand; a network on its own under nothing
 * @param params the parameters, in the networks' layout; shared, not copied
 * @param texts named texts, most of them JSON, that the tasks understand: {@code vocabulary} and
 *     {@code corpus} of a text model, {@code series} of a series model, {@code run} for the settings and results of its
 *     training
 * @param members parameters of further networks that are alike, whose answers are averaged: those of an ensemble
 */
public record Model(Map<String, Network> networks, Params params, Map<String, String> texts, List<Params> members) {
    /** Checks that the parameters are the networks'; keeps its own copies of networks and texts. */
    public Model {
        networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
        int expected = layout(networks).size();
        if (params.values().length != expected) {
            throw new IllegalArgumentException("expected " + expected + " parameters, found " + params.values().length);
        }
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
        members = List.copyOf(members);
        for (Params member : members) {
            if (member.values().length != expected) {
                throw new IllegalArgumentException(
                        "expected members of " + expected + " parameters, found one of " + member.values().length);
            }
        }
    }

    /** Networks that are no ensemble. */
    public Model(Map<String, Network> networks, Params params, Map<String, String> texts) {
        this(networks, params, texts, List.of());
    }

    /** A network on its own. */
    public Model(Network network, Params params, Map<String, String> texts) {
        this(Map.of("", network), params, texts);
    }

    /** A network and its parameters alone. */
    public Model(Network network, Params params) {
        this(network, params, Map.of());
    }

    /** The layout that networks share. */
    static ParamLayout layout(Map<String, Network> networks) {
        ParamLayout shared = null;
        for (Network network : networks.values()) {
            if (shared != null && shared != network.params()) {
                throw new IllegalArgumentException(
                        "expected networks over the same parameters, found " + networks.keySet() + " apart");
            }
            shared = network.params();
        }
        if (shared == null) {
            throw new IllegalArgumentException("expected at least one network, found none");
        }
        return shared;
    }

    /** Lays out networks over shared parameters. */
    static Map<String, Network> networks(Map<String, NetworkSpec> specs) {
        ParamLayout shared = new ParamLayout();
        Map<String, Network> networks = new LinkedHashMap<>();
        specs.forEach((prefix, spec) -> networks.put(prefix, new Network(spec, shared, prefix)));
        return networks;
    }

    /**
     * The network of a model that has but one.
     *
     * @throws IllegalArgumentException if it has several
     */
    public Network network() {
        if (networks.size() > 1) {
            throw new IllegalArgumentException(
                    "expected a model of one network, found one of several: " + String.join(" ", networks.keySet()));
        }
        return networks.values().iterator().next();
    }

    /** What the network is. */
    public NetworkSpec spec() {
        return network().spec();
    }

    /** One of several networks on its own, its parameters copied, under their names without the prefix. */
    public Model part(String prefix) {
        Network shared = networks.get(prefix);
        if (shared == null) {
            throw new IllegalArgumentException(
                    "expected a network " + prefix + ", found " + String.join(" ", networks.keySet()));
        }
        Network alone = new Network(shared.spec());
        Params own = Params.zeros(alone.params());
        for (Slot slot : alone.params().slots()) {
            Slot from = params.layout().slot(prefix + slot.name());
            System.arraycopy(params.values(), from.offset(), own.values(), slot.offset(), slot.size());
        }
        return new Model(alone, own, texts);
    }

    /** What each network is. */
    Map<String, NetworkSpec> specs() {
        Map<String, NetworkSpec> specs = new LinkedHashMap<>();
        networks.forEach((prefix, network) -> specs.put(prefix, network.spec()));
        return specs;
    }

    /** The parameters of every network of an ensemble; of a model that is none, its own alone. */
    public List<Params> ensemble() {
        return Stream.concat(Stream.of(params), members.stream()).toList();
    }

    /**
     * An ensemble of single networks as one network, which puts out the mean of what they do ({@link Ensemble}); of a model
     * that is none, it itself.
     */
    public Model asOne() {
        if (members.isEmpty()) {
            return this;
        }
        NetworkSpec each = spec();
        Network all = new NetworkSpec(each.tokens(), each.inputWidth(), List.of())
                .then(new Ensemble(1 + members.size(), each.layers()))
                .build();
        float[] values = new float[all.params().size()];
        int at = 0;
        for (Params member : ensemble()) {
            System.arraycopy(member.values(), 0, values, at, member.values().length);
            at += member.values().length;
        }
        return new Model(all, new Params(all.params(), values), texts);
    }

    /** The same with one more text, or another in its place. */
    public Model withText(String name, String text) {
        Map<String, String> more = new TreeMap<>(texts);
        more.put(name, text);
        return new Model(networks, params, more, members);
    }
}
