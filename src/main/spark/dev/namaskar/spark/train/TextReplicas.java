package dev.namaskar.spark.train;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.params.Params;
import dev.namaskar.text.TextRecipe;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.text.corpus.SymbolStore;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.util.Iterator;

/**
 * Replicas of a character model, each on its part of the text.
 *
 * @param text of the recipe
 */
record TextReplicas(String text) implements ReplicaTrainers<TextPart> {
    @Override
    public Opened open(int replica, Iterator<TextPart> parts, Optimizer optimizer, TrainerSettings settings)
            throws IOException {
        TextRecipe recipe = TextRecipe.fromText(text);
        TextPart part = parts.next();
        SymbolStore store = new SymbolStore(SymbolStore.defaultInMemory());
        try {
            fill(store, part, recipe);
            return new Opened(
                    recipe.trainer(
                            Params.zeros(recipe.network().params()),
                            recipe.batches(store.tokens()),
                            optimizer,
                            settings),
                    store);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Takes in a part; of a list of words whole lines, those that begin in it. */
    private static void fill(SymbolStore store, TextPart part, TextRecipe recipe) throws IOException {
        boolean lines = recipe.reading() == Reading.WORDS;
        long begin = lines && part.from() > 0 ? part.from() - 1 : part.from();
        boolean[] inside = {!lines || part.from() == 0};
        part.blocks().read(begin, (position, symbol) -> {
            boolean over = position >= part.trained() || (position >= part.to() && !lines);
            if (!over && inside[0]) {
                store.append(TextBlocks.index(recipe.vocabulary(), symbol, position));
            }
            boolean ends = lines && symbol == '\n';
            inside[0] |= ends;
            return !over && !(ends && position >= part.to() - 1);
        });
    }
}
