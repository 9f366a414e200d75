package dev.namaskar.text;

import dev.namaskar.files.Json;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.params.Params;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.text.corpus.TextBatches;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.text.corpus.Tokens;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;

/**
 * What a character model's training trains, so that parts of a text can be trained on elsewhere in the same way.
 *
 * @param network without weights
 * @param vocabulary its symbols
 * @param reading how the text is read
 * @param rows B
 * @param steps T
 * @param trained symbols to train on: the text's first, all others are held out
 * @param smoothing of labels
 * @param seed of the order of words
 */
public record TextRecipe(
        Network network,
        Vocabulary vocabulary,
        Reading reading,
        int rows,
        int steps,
        long trained,
        double smoothing,
        long seed) {
    static TextRecipe of(CharacterModel start, TextData data, TextSettings asked) {
        return new TextRecipe(
                start.network(),
                data.vocabulary(),
                data.reading(),
                data.batches().rows(),
                data.batches().steps(),
                data.train().length(),
                asked.smoothing(),
                asked.run().seed());
    }

    /**
     * The batches of a part of the text, as large as those of the whole.
     *
     * @param part as indices of the vocabulary
     * @throws IllegalArgumentException if it is shorter than one batch
     */
    public TextBatches batches(Tokens part) {
        return reading.batches(part, vocabulary, rows, steps, seed);
    }

    /** A trainer at step 0. */
    public Trainer trainer(Params params, TextBatches batches, Optimizer optimizer, TrainerSettings settings) {
        return new Trainer(
                network, params, optimizer, batches, () -> Objective.of(new SoftmaxCrossEntropy(smoothing)), settings);
    }

    /** Everything as a file keeps it. */
    private record Stored(
            String network,
            String vocabulary,
            Reading reading,
            int rows,
            int steps,
            long trained,
            double smoothing,
            long seed) {}

    /** Everything as JSON, to be trained by elsewhere. */
    public String text() {
        return Json.write(RecordCodec.PLAIN.write(new Stored(
                Json.write(network.spec().toMap()),
                VocabularyJson.write(vocabulary),
                reading,
                rows,
                steps,
                trained,
                smoothing,
                seed)));
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IOException if it is something else
     */
    public static TextRecipe fromText(String text) throws IOException {
        Stored stored = RecordCodec.PLAIN.read("text recipe", Stored.class, Json.readObject("text recipe", text));
        return new TextRecipe(
                NetworkSpec.fromMap(Json.readObject("text recipe: network", stored.network()))
                        .build(),
                VocabularyJson.read("text recipe: vocabulary", stored.vocabulary()),
                stored.reading(),
                stored.rows(),
                stored.steps(),
                stored.trained(),
                stored.smoothing(),
                stored.seed());
    }
}
