package dev.namaskar.text;

import dev.namaskar.files.Model;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Ensemble;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models of one text that answer together, as one {@link Ensemble} layer; and such a model taken apart again. */
final class TextEnsemble {
    private TextEnsemble() {}

    /** The model of which these are the members; of a single one that one itself. */
    static CharacterModel of(List<CharacterModel> members) {
        CharacterModel first = members.get(0);
        NetworkSpec spec = first.network().spec();
        for (CharacterModel member : members) {
            if (!member.network().spec().equals(spec)
                    || !member.vocabulary().equals(first.vocabulary())
                    || member.window() != first.window()) {
                throw new IllegalArgumentException("expected models of one network and one vocabulary, found " + first
                        + ", and " + member + (member.toString().equals(first.toString()) ? " of others" : ""));
            }
        }
        if (members.size() == 1) {
            return first;
        }
        List<Params> params = members.stream().map(CharacterModel::params).toList();
        Model all = new Model(Map.of("", first.network()), params.get(0), Map.of(), params.subList(1, params.size()));
        return of(all, first.vocabulary(), first.window());
    }

    /** The model of these symbols that a stored one is, with the network that all of its members are. */
    static CharacterModel of(Model stored, Vocabulary symbols, int window) {
        Model one = stored.asOne();
        return new CharacterModel(one.network(), one.params(), symbols, window);
    }

    /** What all members of a model are, or the model itself where it is a single network. */
    static NetworkSpec each(CharacterModel model) {
        NetworkSpec spec = model.network().spec();
        Ensemble ensemble = ensemble(spec);
        return ensemble == null ? spec : new NetworkSpec(spec.tokens(), spec.inputWidth(), ensemble.layers());
    }

    /** How many networks a model has. */
    static int count(CharacterModel model) {
        Ensemble ensemble = ensemble(model.network().spec());
        return ensemble == null ? 1 : ensemble.members();
    }

    private static @Nullable Ensemble ensemble(NetworkSpec spec) {
        return spec.layers().size() == 1 && spec.layers().get(0) instanceof Ensemble ensemble ? ensemble : null;
    }

    /** The members of a model, each a model of its own; the model itself where it is a single network. */
    static List<CharacterModel> members(CharacterModel model) {
        int count = count(model);
        if (count == 1) {
            return List.of(model);
        }
        Network one = each(model).build();
        int size = one.params().size();
        List<CharacterModel> members = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float[] own = Arrays.copyOfRange(model.params().values(), k * size, (k + 1) * size);
            members.add(new CharacterModel(one, new Params(one.params(), own), model.vocabulary(), model.window()));
        }
        return members;
    }
}
