import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Corpus;
import dev.namaskar.text.TextData;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.train.Trainer;
import java.nio.file.Path;

/** Learns a word with whatever library multiplies here, predicts its end, and stores the model. */
public class Train {
    public static void main(String[] args) throws Exception {
        TextData data = TextData.of(Corpus.of("namaskar", Unit.CODEPOINT));
        int symbols = data.vocabulary().size();
        Network network =
                NetworkSpec.tokens(symbols).recurrent("gru", 64).dense(symbols).build();
        Params params = network.initialize(1);
        Optimizer adam = Optimizers.adam(1e-2).clipByGlobalNorm(5);
        try (Trainer trainer = Trainer.of(network, params, adam, data.batches(), SoftmaxCrossEntropy::new, 1)) {
            for (int step = 0; step < 200; step++) {
                trainer.step();
            }
        }
        CharacterModel model = new CharacterModel(network, params, data.vocabulary());
        TextModelFile.write(Path.of(args[0]), model);
        System.out.println(GemmLibrary.best());
        System.out.println(
                model.next("namaska", 1, new UnknownPolicy.Refuse()).get(0).symbol());
    }
}
