package dev.namaskar.cli;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a run over a text begins with: a fresh network, or a trained model that learns new symbols where it has to. */
final class TextStart {
    /** More new symbols than these are counted, not named. */
    private static final int MOST_NAMED = 20;

    private final NetworkOptions options;
    private final Range range;
    private final @Nullable Path from;
    private final @Nullable CharacterModel trained;

    /** Reads the model to begin with, if there is one. */
    TextStart(NetworkOptions options, @Nullable Path from, Range range) throws IOException {
        this.options = options;
        this.range = range;
        this.from = from;
        trained = from == null ? null : TextModelFile.read(from);
    }

    /** How the corpus is to be read: as the trained model reads, which a unit that is asked for must not contradict. */
    Unit unit(@Nullable String asked) {
        Unit wished = asked == null ? null : range.usage("--unit", () -> Unit.of(asked));
        if (trained == null) {
            return wished == null ? Unit.CODEPOINT : wished;
        }
        Unit own = trained.vocabulary().unit();
        range.require(wished == null || wished == own, "--unit", own.label() + ", as the model of --from has", asked);
        return own;
    }

    /** The model that training begins with; it knows all these symbols. */
    CharacterModel model(Vocabulary symbols, long seed) {
        if (trained == null) {
            Network network = options.fresh(symbols.size()).build();
            return new CharacterModel(network, network.initialize(seed), symbols);
        }
        NetworkSpec layers = options.trained(trained.network().spec(), range);
        Network network = layers.build();
        Params params = new Params(network.params(), trained.params().values());
        return new CharacterModel(network, params, trained.vocabulary()).extendedBy(symbols);
    }

    /** What is new to the trained model, in a line; nothing for a fresh one. */
    Optional<String> describe(CharacterModel start) {
        if (trained == null) {
            return Optional.empty();
        }
        Vocabulary symbols = start.vocabulary();
        int known = trained.vocabulary().size();
        int fresh = symbols.size() - known;
        String named = IntStream.range(known, Math.min(symbols.size(), known + MOST_NAMED))
                .mapToObj(symbols::describeAt)
                .collect(Collectors.joining(", "));
        return Optional.of("going on with " + from + ", which knows " + known + " symbols; "
                + (fresh == 0 ? "none is new" : fresh + " new: " + named)
                + (fresh > MOST_NAMED ? " and " + (fresh - MOST_NAMED) + " more" : ""));
    }

    /** Where the run began and the new symbols, for the model's own record; nothing for a fresh one. */
    Map<String, Object> figures(CharacterModel start) {
        if (trained == null) {
            return Map.of();
        }
        Vocabulary symbols = start.vocabulary();
        List<String> fresh = IntStream.range(trained.vocabulary().size(), symbols.size())
                .mapToObj(symbols::text)
                .toList();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("from", String.valueOf(from == null ? null : from.getFileName()));
        figures.put("new_symbols", fresh);
        return figures;
    }
}
