import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.symbols.*;
import dev.namaskar.text.*;
import dev.namaskar.text.corpus.*;
import dev.namaskar.train.Trainer;

/** Shows a recurrent network the word namaskar, then seven of its letters; the network finds the eighth. */
public class Namaskar {
    public static void main(String[] args) {
        TextData data = TextData.of(Corpus.of("namaskar", Unit.CODEPOINT));
        int symbols = data.vocabulary().size();
        var network =
                NetworkSpec.tokens(symbols).recurrent("rnn", 16).dense(symbols).build();
        var params = network.initialize(1);
        var adam = Optimizers.adam(1e-2).clipByGlobalNorm(5);
        try (var trainer = Trainer.of(network, params, adam, data.batches(), SoftmaxCrossEntropy::new, 1)) {
            for (int step = 1; step <= 300; step++) {
                double loss = trainer.step();
                if (step % 100 == 0) System.out.printf("step %d: %.4f nats a letter%n", step, loss);
            }
        }
        var model = new CharacterModel(network, params, data.vocabulary());
        for (Candidate next : model.next("namaska", 3, new UnknownPolicy.Refuse())) {
            System.out.printf("namaska -> %s  %.4f%n", next.symbol(), next.probability());
        }
    }
}
