package dev.namaskar.optim.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.optim.search.GradientFreeSearch.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientFreeSearchTest {
    private static final GradientFreeSearch SPACE = new GradientFreeSearch()
            .logUniform("lr", 1e-4, 1e-1)
            .whole("hidden", 3, 6)
            .uniform("dropout", 0, 0.5)
            .choice("cell", "gru", "lstm");

    @Test
    void drawsInsideTheRangesAndReachesAllOfThem() {
        List<Trial> trials = SPACE.random(2000, 1, s -> 0);
        double below = 0;
        for (Trial trial : trials) {
            Map<String, Object> s = trial.settings();
            assertThat((Double) s.get("lr")).isBetween(1e-4, 1e-1);
            assertThat((Double) s.get("dropout")).isBetween(0.0, 0.5);
            assertThat(s.keySet()).containsExactly("lr", "hidden", "dropout", "cell");
            below += (Double) s.get("lr") < Math.sqrt(1e-5) ? 1 : 0;
        }
        assertThat(below / 2000)
                .as("half of the rates lie below the geometric middle")
                .isCloseTo(0.5, within(0.05));
        assertThat(trials.stream().map(t -> t.settings().get("hidden")))
                .containsOnly(3, 4, 5, 6)
                .contains(3, 4, 5, 6);
        assertThat(trials.stream().map(t -> t.settings().get("cell"))).contains("gru", "lstm");
    }

    @Test
    void theSeedDecidesWhatIsTriedAndTheObjectiveDoesNot() {
        List<Map<String, Object>> first = new ArrayList<>();
        List<Map<String, Object>> second = new ArrayList<>();
        SPACE.random(20, 5, s -> {
            first.add(s);
            return first.size();
        });
        SPACE.random(20, 5, s -> {
            second.add(s);
            return -second.size();
        });
        assertThat(second).isEqualTo(first);
        assertThat(SPACE.random(20, 6, s -> 0).get(0).settings()).isNotEqualTo(first.get(0));
    }

    @Test
    void theBestComesFirstAndNoNumberLast() {
        List<Trial> trials = new GradientFreeSearch()
                .whole("k", 0, 9)
                .grid(10, s -> (Integer) s.get("k") == 4 ? Double.NaN : Math.abs((Integer) s.get("k") - 6.2));
        assertThat(trials).hasSize(10);
        assertThat(trials.get(0).settings()).containsEntry("k", 6);
        assertThat(trials.get(1).settings()).containsEntry("k", 7);
        assertThat(trials.get(9).settings()).containsEntry("k", 4);
    }

    @Test
    void aGridTakesEveryCombinationWithBothEnds() {
        List<Map<String, Object>> points = new ArrayList<>();
        SPACE.grid(3, s -> {
            points.add(s);
            return 0;
        });
        assertThat(points).hasSize(3 * 3 * 3 * 2).doesNotHaveDuplicates();
        assertThat(points.get(0)).isEqualTo(Map.of("lr", 1e-4, "hidden", 3, "dropout", 0.0, "cell", "gru"));
        assertThat(points.get(53)).isEqualTo(Map.of("lr", 1e-1, "hidden", 6, "dropout", 0.5, "cell", "lstm"));
        assertThat((Double) points.get(18).get("lr")).isCloseTo(Math.sqrt(1e-5), within(1e-12));
        List<Trial> one = new GradientFreeSearch().uniform("x", 1, 3).grid(1, s -> 0);
        assertThat(one).singleElement().satisfies(t -> assertThat(t.settings()).containsEntry("x", 2.0));
        assertThat(new GradientFreeSearch().grid(5, s -> 7)).hasSize(1);
        assertThat(new GradientFreeSearch().uniform("x", 2, 2).whole("n", 1, 2).grid(9, s -> 7))
                .hasSize(2);
    }

    @Test
    void findsTheValleyOfABowl() {
        Trial best = new GradientFreeSearch()
                .uniform("x", -3, 3)
                .uniform("y", -3, 3)
                .random(2000, 2, s -> Math.hypot((Double) s.get("x") - 1, (Double) s.get("y") + 2))
                .get(0);
        assertThat(best.loss()).isLessThan(0.15);
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
        assertThatIllegalArgumentException().isThrownBy(() -> SPACE.random(0, 1, s -> 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SPACE.grid(0, s -> 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.grid(2000, s -> 0))
                .withMessageContaining("at most 1000000");
    }
}
