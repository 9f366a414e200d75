package dev.namaskar.net.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.cells.Cells;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.params.Params;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass asked for batches of ever other shapes says of each what a fresh pass says. */
class ChangingShapesTest {
    static Stream<String> cells() {
        return Cells.all().stream().map(cell -> cell.name());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aPassKeepsNothingOfEarlierShapes(String cell) {
        Network network = NetworkSpec.tokens(7)
                .recurrent(cell, 5)
                .recurrent(cell, 3)
                .dense(7)
                .build();
        Params params = network.initialize(1);
        Pass used = network.predictor(params);
        Random random = new Random(2);
        // Many rows, then more steps of few, then many rows and steps: whatever grew last has to have grown for all.
        for (List<Integer> shape : shapes(random)) {
            int steps = shape.get(0);
            int batch = shape.get(1);
            int[] tokens = random.ints((long) steps * batch, 0, 7).toArray();
            Sequences x = Sequences.ofTokens(steps, batch, tokens);
            State one = network.zeroState(batch);
            State other = network.zeroState(batch);

            float[] expected = values(network.predictor(params).predict(x, one));

            assertThat(values(used.predict(x, other))).as(shape.toString()).containsExactly(expected);
            assertThat(other.values()).containsExactly(one.values());
        }
    }

    private static List<List<Integer>> shapes(Random random) {
        return Stream.concat(
                        Stream.of(List.of(1, 8), List.of(30, 1), List.of(30, 8)),
                        Stream.generate(() -> List.of(1 + random.nextInt(40), 1 + random.nextInt(9)))
                                .limit(30))
                .toList();
    }

    private static float[] values(Frames out) {
        return Arrays.copyOfRange(out.values(), out.at(), out.at() + out.size());
    }
}
