import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.State;

/** State is a value: a thousand open sequences in one, stepped together, and one of them taken out and gone on with. */
public class ManyTexts {
    public static void main(String[] args) {
        Network network = NetworkSpec.tokens(10).recurrent("lstm", 32).dense(10).build();
        Pass pass = network.predictor(network.initialize(1));
        int open = 1000;
        State state = network.zeroState(open);
        int[] tokens = new int[open];
        for (int step = 0; step < 5; step++) {
            for (int row = 0; row < open; row++) tokens[row] = (row + step) % 10;
            pass.predict(Sequences.ofTokens(1, open, tokens), state);
        }
        State seventh = state.rows(7, 8);
        float[] alone =
                pass.predict(Sequences.ofTokens(1, 1, 2), seventh).values().clone();

        State again = network.zeroState(1);
        float[] fromStart =
                pass.predict(Sequences.ofTokens(6, 1, 7, 8, 9, 0, 1, 2), again).values();
        System.out.println("stepped with 999 others, first logit " + alone[0]);
        System.out.println("read alone at once,      first logit " + fromStart[5 * 10]);
    }
}
