package dev.namaskar.spark;

import dev.namaskar.files.Json;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.text.Reading;
import dev.namaskar.text.SymbolStore;
import dev.namaskar.text.TextRecipe;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.util.Iterator;

/**
 * Replicas of a character model, each on its part of the text.
 *
 * @param network as JSON
 * @param vocabulary as JSON
 */
record TextReplicas(String network, String vocabulary, Reading reading, int rows, int steps, long seed)
        implements ReplicaTrainers<TextPart> {
    static TextReplicas of(TextRecipe recipe) {
        return new TextReplicas(
                Json.write(recipe.network().spec().toMap()),
                VocabularyJson.write(recipe.vocabulary()),
                recipe.reading(),
                recipe.rows(),
                recipe.steps(),
                recipe.seed());
    }

    @Override
    public Opened open(int replica, Iterator<TextPart> parts, Optimizer optimizer, TrainerSettings settings)
            throws IOException {
        Network built = NetworkSpec.fromMap(Json.readObject("network", network)).build();
        Vocabulary symbols = VocabularyJson.read("vocabulary", vocabulary);
        TextPart part = parts.next();
        TextRecipe recipe = new TextRecipe(built, symbols, reading, rows, steps, part.trained(), seed);
        SymbolStore store = new SymbolStore(SymbolStore.defaultInMemory());
        try {
            fill(store, part, symbols);
            return new Opened(
                    recipe.trainer(Params.zeros(built.params()), recipe.batches(store.tokens()), optimizer, settings),
                    store);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Takes in a part; of a list of words whole lines, those that begin in it. */
    private void fill(SymbolStore store, TextPart part, Vocabulary symbols) throws IOException {
        boolean lines = reading == Reading.WORDS;
        long begin = lines && part.from() > 0 ? part.from() - 1 : part.from();
        boolean[] inside = {!lines || part.from() == 0};
        part.blocks().read(begin, (position, symbol) -> {
            boolean over = position >= part.trained() || (position >= part.to() && !lines);
            if (!over && inside[0]) {
                store.append(TextBlocks.index(symbols, symbol, position));
            }
            boolean ends = lines && symbol == '\n';
            inside[0] |= ends;
            return !over && !(ends && position >= part.to() - 1);
        });
    }
}
