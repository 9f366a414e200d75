import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.*;
import dev.namaskar.text.*;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.text.corpus.*;
import dev.namaskar.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Learns one text, stores the model, and goes on with another text in which there are new symbols. */
public class ContinueText {
    public static void main(String[] args) throws Exception {
        Path file = Files.createTempDirectory("continue").resolve("model.safetensors");
        try (Corpus words = Corpus.read(List.of(Path.of("corpora/word.txt")), Unit.CODEPOINT)) {
            int symbols = words.vocabulary().size();
            Network network = NetworkSpec.tokens(symbols)
                    .recurrent("gru", 32)
                    .dense(symbols)
                    .build();
            TextModelFile.write(
                    file, train(new CharacterModel(network, network.initialize(1), words.vocabulary()), words));
        }
        CharacterModel known = TextModelFile.read(file);
        try (Corpus greetings = Corpus.read(
                List.of(Path.of("corpora/greetings.txt")), known.vocabulary().unit())) {
            CharacterModel start = known.extendedBy(greetings.vocabulary());
            System.out.printf(
                    "%d symbols grew to %d%n",
                    known.vocabulary().size(), start.vocabulary().size());
            CharacterModel both = train(start, greetings, "rnn.bias_*");
            System.out.println("salu -> "
                    + both.next("salu", 1, new UnknownPolicy.Refuse()).get(0).symbol());
        }
    }

    /** Trains a copy of the model's parameters, all but those whose names fit the patterns. */
    private static CharacterModel train(CharacterModel start, Corpus corpus, String... frozen) {
        TextData data = TextData.of(corpus, start.vocabulary(), TextData.Wish.NONE);
        Params params = start.params().copy();
        var adam = Optimizers.adam(1e-2).clipByGlobalNorm(5).freeze(frozen);
        try (Trainer trainer = Trainer.of(start.network(), params, adam, data.batches(), SoftmaxCrossEntropy::new, 2)) {
            for (int step = 0; step < 300; step++) {
                trainer.step();
            }
        }
        return new CharacterModel(start.network(), params, start.vocabulary());
    }
}
