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

    /** The model's network, with which what is asked for has to agree. */
    NetworkSpec agreeing(RecurrentLayers layers, @Nullable Integer embedding) {
        NetworkSpec network = trained.network().spec();
        int own = network.layers().get(0) instanceof Embedding first ? first.width() : 0;
        RecurrentLayers.agree("embedding", embedding, List.of(own));
        return layers.agreeing(network);
    }

    /** The model that training begins with; it knows all these symbols. */
    CharacterModel start(NetworkSpec layers, Vocabulary symbols) {
        Network network = layers.build();
        Params params = new Params(network.params(), trained.params().values());
        return new CharacterModel(network, params, trained.vocabulary()).extendedBy(symbols);
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
