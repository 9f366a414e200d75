import dev.namaskar.decoding.*;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.*;
import dev.namaskar.text.*;
import dev.namaskar.text.corpus.*;
import dev.namaskar.train.*;
import dev.namaskar.train.run.*;
import dev.namaskar.train.settings.*;
import java.nio.file.Path;
import java.util.List;

/** The training loop by hand: a text file learned with a GRU, and more of it written: TrainByHand FILE [STEPS]. */
public class TrainByHand {
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args.length > 0 ? args[0] : "corpora/languages.txt");
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        try (Corpus corpus = Corpus.read(List.of(file), Unit.CODEPOINT)) {
            TextData data = TextData.of(corpus);
            int symbols = data.vocabulary().size();
            Network network = NetworkSpec.tokens(symbols)
                    .recurrent("gru", 96)
                    .dense(symbols)
                    .build();
            Params params = network.initialize(1);
            var adam = Optimizers.adam(5e-3).clipByGlobalNorm(5).with(Schedules.cosine(steps, 0.1));
            TrainerSettings settings = TrainerSettings.of(2, 1);
            try (var trainer = new Trainer(
                    network, params, adam, data.batches(), () -> Objective.of(new SoftmaxCrossEntropy()), settings)) {
                new Training(trainer, StoppingRules.afterSteps(steps))
                        .validate(steps / 4, new TextValidation(network, data, trainer.library()))
                        .listen(new TrainingListener() {
                            @Override
                            public void onValidation(long step, double loss, boolean best) {
                                System.out.printf("step %d: %.3f nats a character held out%n", step, loss);
                            }
                        })
                        .run();
            }
            SplitMix64 random = new SplitMix64(1);
            new CharacterModel(network, params, data.vocabulary())
                    .generate(
                            "S", new UnknownPolicy.Skip(), 200, Sampler.of(0.7, null, null, random), random, symbol -> {
                                System.out.print(Character.toString(symbol));
                                return true;
                            });
            System.out.println();
        }
    }
}
