import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.*;
import dev.namaskar.optim.search.*;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.*;
import dev.namaskar.text.corpus.*;

/** The word namaskar learned without a gradient: CMA-ES moves the weights of a small tanh network. */
public class EvolveWord {
    public static void main(String[] args) {
        TextData data = TextData.of(Corpus.of("namaskar", Unit.CODEPOINT));
        int symbols = data.vocabulary().size();
        Network network =
                NetworkSpec.tokens(symbols).recurrent("rnn", 5).dense(symbols).build();
        float[] start = new float[network.params().size()];
        Evolution.Result found = new Evolution(new CmaEs(start, 0.5))
                .seed(1)
                .threads(2)
                .evaluations(60_000)
                .until(0.01)
                .listen(generation -> {
                    if (generation.number() % 200 == 0)
                        System.out.printf(
                                "%d evaluations: %.4f nats a letter%n", generation.evaluations(), generation.best());
                })
                .minimize(() -> new TextValidation(network, data, GemmLibrary.JAVA));
        System.out.printf(
                "%d weights, %d evaluations: %.4f nats a letter%n", start.length, found.evaluations(), found.loss());
        var model = new CharacterModel(network, new Params(network.params(), found.point()), data.vocabulary());
        for (Candidate next : model.next("namaska", 2)) {
            System.out.printf("namaska -> %s  %.4f%n", next.symbol(), next.probability());
        }
    }
}
