package dev.namaskar.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelfOrganizingMapTest {
    /** Three clouds far from each other, one after the other in turn. */
    private static float[][] clouds(int count, long seed) {
        Random random = new Random(seed);
        float[][] vectors = new float[count][4];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 4; j++) {
                vectors[i][j] = (float) (0.1 * random.nextGaussian() + (j == i % 3 ? 3 : 0));
            }
        }
        return vectors;
    }

    @Test
    void whatIsAlikeIsNear() {
        float[][] vectors = clouds(300, 1);
        SelfOrganizingMap map = new SelfOrganizingMap(vectors, 6, 1);
        List<Set<Integer>> cells = new ArrayList<>(List.of(new HashSet<>(), new HashSet<>(), new HashSet<>()));
        for (int i = 0; i < vectors.length; i++) {
            cells.get(i % 3).add(map.cells()[i]);
        }
        for (int a = 0; a < 3; a++) {
            assertThat(cells.get(a)).isNotEmpty().doesNotContainAnyElementsOf(cells.get((a + 1) % 3));
            // a cloud is one region: its cells lie nearer to their own middle than the map is wide
            double row = cells.get(a).stream().mapToInt(c -> c / 6).average().orElseThrow();
            double column = cells.get(a).stream().mapToInt(c -> c % 6).average().orElseThrow();
            assertThat(cells.get(a)).allMatch(c -> Math.hypot(c / 6 - row, c % 6 - column) < 3);
        }
        // within a cloud vectors are about 0.2 from their mean; clouds are 4.2 apart
        assertThat(map.quantizationError()).isBetween(0.02, 0.25);
        assertThat(map.topographicError()).isBetween(0.0, 0.25);
    }

    /** Both errors by their definitions, from nothing but distances to cells that hold a vector each. */
    @Test
    void oneVectorHasNoError() {
        float[][] same = new float[5][];
        Arrays.fill(same, new float[] {0.25f, -0.5f});
        SelfOrganizingMap map = new SelfOrganizingMap(same, 3, 1);
        assertThat(map.quantizationError()).isCloseTo(0, within(1e-12));
        assertThat(map.cells()).containsOnly(map.cells()[0]);
        assertThat(map.height(4)).isCloseTo(0, within(1e-12));
    }

    @Test
    void theSameSeedGivesTheSameMap() {
        SelfOrganizingMap first = new SelfOrganizingMap(clouds(100, 2), 5, 7);
        SelfOrganizingMap second = new SelfOrganizingMap(clouds(100, 2), 5, 7);
        assertThat(second.cells()).isEqualTo(first.cells());
        assertThat(second.quantizationError()).isEqualTo(first.quantizationError());
        assertThat(new SelfOrganizingMap(clouds(100, 2), 5, 8).quantizationError())
                .isNotEqualTo(first.quantizationError());
    }

    /** A state that says which letter was read puts each letter into cells of its own. */
    @Test
    void cellsAreLabelledByWhatWasRead() {
        List<String> symbols = new ArrayList<>();
        float[][] states = new float[90][3];
        for (int t = 0; t < states.length; t++) {
            symbols.add(List.of("x", "y", " ").get(t % 3));
            states[t][t % 3] = 1;
        }
        SelfOrganizingMap map = new SelfOrganizingMap(states, 4, 1);
        String[] labels = StateMap.labels(symbols, map);
        for (int t = 5; t < states.length; t++) {
            assertThat(labels[map.cells()[t]])
                    .endsWith(Drawing.shown(symbols.get(t)))
                    .hasSize(5);
        }
        assertThat(Arrays.stream(labels).filter(label -> !label.isEmpty())).hasSize(3);
    }

    @Test
    void refusesWhatIsNoMap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SelfOrganizingMap(clouds(10, 1), 1, 1))
                .withMessageContaining("2 or more cells");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SelfOrganizingMap(new float[0][], 3, 1))
                .withMessageContaining("vectors");
    }
}
