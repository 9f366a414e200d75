package dev.namaskar.optim.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static final SearchSpace SPACE = new SearchSpace()
            .logUniform("lr", 1e-4, 1e-1)
            .whole("hidden", 3, 6)
            .uniform("dropout", 0, 0.5)
            .choice("cell", "gru", "lstm");

    @Test
    void drawsInsideTheRangesAndReachesAllOfThemEvenly() {
        List<Map<String, Object>> points = SPACE.random(2000, 1);
        double below = 0;
        double three = 0;
        for (Map<String, Object> s : points) {
            assertThat((Double) s.get("lr")).isBetween(1e-4, 1e-1);
            assertThat((Double) s.get("dropout")).isBetween(0.0, 0.5);
            assertThat(s.keySet()).containsExactly("lr", "hidden", "dropout", "cell");
            below += (Double) s.get("lr") < Math.sqrt(1e-5) ? 1 : 0;
            three += s.get("hidden").equals(3) ? 1 : 0;
        }
        assertThat(below / 2000)
                .as("half of the rates lie below the geometric middle")
                .isCloseTo(0.5, within(0.05));
        assertThat(three / 2000).isCloseTo(0.25, within(0.05));
        assertThat(points.stream().map(s -> s.get("hidden")))
                .containsOnly(3, 4, 5, 6)
                .contains(3, 4, 5, 6);
        assertThat(points.stream().map(s -> s.get("cell"))).contains("gru", "lstm");
    }

    @Test
    void theSeedDecidesWhatIsDrawn() {
        assertThat(SPACE.random(20, 5)).isEqualTo(SPACE.random(20, 5));
        assertThat(SPACE.random(20, 6)).isNotEqualTo(SPACE.random(20, 5));
        assertThat(SPACE.random(30, 5).subList(0, 20)).isEqualTo(SPACE.random(20, 5));
    }

    @Test
    void aGridTakesEveryCombinationWithBothEnds() {
        List<Map<String, Object>> points = SPACE.grid(3);
        assertThat(points).hasSize(3 * 3 * 3 * 2).doesNotHaveDuplicates();
        assertThat(points.get(0)).isEqualTo(Map.of("lr", 1e-4, "hidden", 3, "dropout", 0.0, "cell", "gru"));
        assertThat(points.get(53)).isEqualTo(Map.of("lr", 1e-1, "hidden", 6, "dropout", 0.5, "cell", "lstm"));
        assertThat((Double) points.get(18).get("lr")).isCloseTo(Math.sqrt(1e-5), within(1e-12));
        assertThat(new SearchSpace().uniform("x", 1, 3).grid(1)).containsExactly(Map.of("x", 2.0));
        assertThat(new SearchSpace().grid(5)).hasSize(1);
        assertThat(new SearchSpace().uniform("x", 2, 2).whole("n", 1, 2).grid(9))
                .hasSize(2);
    }

    @Test
    void aVectorIsAPointAndIsCutOffAtTheEnds() {
        assertThat(SPACE.at(0, 0, 0, 0)).isEqualTo(Map.of("lr", 1e-4, "hidden", 3, "dropout", 0.0, "cell", "gru"));
        assertThat(SPACE.at(7, 1, 2, 1)).isEqualTo(Map.of("lr", 1e-1, "hidden", 6, "dropout", 0.5, "cell", "lstm"));
        assertThat(SPACE.at(-3, Float.NaN, -0f, 0.49f))
                .isEqualTo(Map.of("lr", 1e-4, "hidden", 3, "dropout", 0.0, "cell", "gru"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.at(1, 2))
                .withMessageContaining("expected places to be 4 numbers, found 2");
    }

    @Test
    void evolutionFindsSettings() {
        SearchSpace space = new SearchSpace().uniform("x", -3, 3).logUniform("y", 0.01, 100);
        Evolution.Result found = new Evolution(new CmaEs(new float[] {0.5f, 0.5f}, 0.3))
                .evaluations(400)
                .minimize(() -> places -> {
                    Map<String, Object> s = space.at(places);
                    return Math.hypot((Double) s.get("x") - 1, Math.log((Double) s.get("y")) + 2);
                });
        assertThat(found.loss()).isLessThan(1e-3);
        assertThat((Double) space.at(found.point()).get("x")).isCloseTo(1, within(1e-3));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.uniform("lr", 0, 1))
                .withMessageContaining("declared twice");
        assertThatIllegalArgumentException().isThrownBy(() -> new SearchRange.Uniform(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SearchRange.Uniform(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SearchRange.LogUniform(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SearchRange.Choice(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> SPACE.random(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SPACE.grid(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.grid(2000))
                .withMessageContaining("at most 1000000");
    }
}
