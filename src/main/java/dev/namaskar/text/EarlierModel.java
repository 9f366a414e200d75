package dev.namaskar.text;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.TextUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trained model that a run goes on with; it learns new symbols where it has to.
 *
 * @param name what it is called in messages, such as its path
 * @param fileName what a model may remember of it
 */
record EarlierModel(CharacterModel trained, String name, String fileName) {
    /** More new symbols than these are counted, not named. */
    private static final int MOST_NAMED = 20;

    /** The model's unit, which one that is asked for must not contradict. */
    Unit unit(@Nullable TextUnit asked) {
        Vocabulary own = trained.vocabulary();
        if (asked != null && !asked.fits(own)) {
            RecurrentLayers.agree("unit", asked.label(), List.of(TextUnit.label(own)));
        }
        return own.unit();
    }

    /** The symbols of a corpus: its own or, where the model has learnt pieces, those. */
    Vocabulary symbols(Corpus corpus) {
        return trained.vocabulary().pieces() == null ? corpus.vocabulary() : trained.vocabulary();
    }

    /** How many networks the model has, with which a number that is asked for has to agree. */
    int members(@Nullable Integer asked) {
        int own = TextEnsemble.count(trained);
        RecurrentLayers.agree("ensemble", asked, List.of(own));
        return own;
    }

    /** The network of the model, or of each of its members, with which what is asked for has to agree. */
    NetworkSpec agreeing(RecurrentLayers layers, @Nullable Integer embedding) {
        NetworkSpec network = TextEnsemble.each(trained);
        int own = network.layers().get(0) instanceof Embedding first ? first.width() : 0;
        RecurrentLayers.agree("embedding", embedding, List.of(own));
        return layers.agreeing(network);
    }

    /** The models that training begins with, one for each network; they know all these symbols. */
    List<CharacterModel> starts(NetworkSpec layers, Vocabulary symbols) {
        Network network = layers.build();
        return trained.members().stream()
                .map(member -> new Params(network.params(), member.params().values()))
                .map(params -> new CharacterModel(network, params, trained.vocabulary()).extendedBy(symbols))
                .toList();
    }

    /** What is new to the trained model, in a line. */
    String describe(CharacterModel start) {
        Vocabulary symbols = start.vocabulary();
        int known = trained.vocabulary().size();
        int fresh = symbols.size() - known;
        String named = IntStream.range(known, Math.min(symbols.size(), known + MOST_NAMED))
                .mapToObj(symbols::describeAt)
                .collect(Collectors.joining(", "));
        return "going on with " + name + ", which knows " + known + " symbols; "
                + (fresh == 0 ? "none is new" : fresh + " new: " + named)
                + (fresh > MOST_NAMED ? " and " + (fresh - MOST_NAMED) + " more" : "");
    }

    /** Where the run began and the new symbols, for the model's own record. */
    Map<String, @Nullable Object> figures(CharacterModel start) {
        Vocabulary symbols = start.vocabulary();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("from", fileName);
        figures.put(
                "new_symbols",
                IntStream.range(trained.vocabulary().size(), symbols.size())
                        .mapToObj(symbols::text)
                        .toList());
        return figures;
    }
}
