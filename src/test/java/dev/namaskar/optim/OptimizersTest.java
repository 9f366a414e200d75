package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.testing.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizersTest {
    @ParameterizedTest
    @MethodSource("dev.namaskar.optim.OptimizerReferenceTest#names")
    void settingsMakeTheSameOptimizerAgain(String name) {
        Optimizer optimizer = Optimizers.named(name)
                .clipByGlobalNorm(5)
                .clipByValue(2)
                .decoupledWeightDecay(0.1, false)
                .freeze("embedding.*", "head.bias")
                .with(Schedules.linearWarmup(5).times(Schedules.cosine(90, 0)));
        Optimizer again = Optimizers.named(optimizer.name(), optimizer.settings());
        assertThat(again.settings()).isEqualTo(optimizer.settings());
        assertThat(again.settings().keySet())
                .containsAll(definition(name).defaults().keySet());
        assertThat(again.schedule()).isEqualTo(optimizer.schedule());
    }

    @Test
    void takesWordsAsACommandLineHasThem() {
        Optimizer optimizer =
                Optimizers.named("Nesterov_Lookahead", Map.of("lr", "0.05", "momentum", "0.8", "clip", "5"));
        assertThat(optimizer.name()).isEqualTo("nesterov-lookahead");
        assertThat(optimizer.learningRate()).isEqualTo(0.05);
        assertThat(optimizer.settings()).containsEntry("momentum", 0.8).containsEntry("clip", 5.0);
        assertThat(Optimizers.named("rmsprop", Map.of("centered", "TRUE", "freeze", " a.* , b "))
                        .settings())
                .containsEntry("centered", true)
                .containsEntry("freeze", "a.*,b");
    }

    @Test
    void adamWDecaysByItself() {
        assertThat(Optimizers.named("adamw").settings())
                .containsEntry("weight_decay", 0.01)
                .containsEntry("decoupled_weight_decay", true);
        assertThat(Optimizers.adamW(1e-3, 0.2).settings()).containsEntry("weight_decay", 0.2);
    }

    @Test
    void shorthandsAreTheNamedOnes() {
        assertThat(Optimizers.sgd(0.1).settings())
                .isEqualTo(Optimizers.named("sgd", Map.of("lr", 0.1)).settings());
        assertThat(Optimizers.momentum(0.1, 0.8).settings()).containsEntry("momentum", 0.8);
        assertThat(Optimizers.nesterov(0.1, 0.8).settings()).containsEntry("nesterov", true);
        assertThat(Optimizers.rmsProp(0.1).name()).isEqualTo("rmsprop");
        assertThat(Optimizers.adam(0.1).name()).isEqualTo("adam");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adan | lr | 1 | no optimizer \"adan\"; there are adam, adamw, nadam, ",
                "adam | beta3 | 1 | no setting \"beta3\" for optimizer \"adam\"; there are [",
                "adam | lr | fast | expected a number for \"lr\" of optimizer \"adam\", found \"fast\"",
                "adam | lr | -1 | expected lr to be 0 or more, found -1.0",
                "adam | lr | NaN | expected a finite number for \"lr\" of optimizer \"adam\", found \"NaN\"",
                "adam | beta1 | 1 | expected beta1 to be 0 or more and below 1, found 1.0",
                "adam | amsgrad | perhaps | expected true or false for \"amsgrad\"",
                "adam | eps | -1e-8 | expected eps to be 0 or more",
                "adam | clip | -1 | expected clip to be 0 or more",
                "adam | weight_decay | -1 | expected weight_decay to be 0 or more",
                "adam | clip | Infinity | expected a finite number for \"clip\"",
                "adam | schedule | sine | no schedule \"sine\"",
                "nesterov | momentum | 0 | expected dampening to be 0 and momentum above 0 with nesterov"
            })
    void saysWhatIsWrong(String name, String setting, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.named(name, Map.of(setting, value)))
                .withMessageContaining(message);
    }

    @Test
    void tablesAreMarkdown() {
        for (String table : new String[] {Optimizers.table(), Schedules.table()}) {
            long columns = table.lines()
                    .findFirst()
                    .orElseThrow()
                    .chars()
                    .filter(c -> c == '|')
                    .count();
            assertThat(table.lines())
                    .allSatisfy(line -> assertThat(
                                    line.chars().filter(c -> c == '|').count())
                            .as(line)
                            .isEqualTo(columns));
        }
        assertThat(Optimizers.table().lines()).hasSize(2 + Optimizers.all().size());
        assertThat(Optimizers.table())
                .contains("lr 0.001 (0.002 for recurrent networks), beta1 0.9, beta2 0.999, eps 1e-8, amsgrad false");
    }

    @ParameterizedTest
    @CsvSource({"optimizers", "schedules"})
    void theGuideShowsTheTable(String marker) {
        assertThat(Page.ofGuide("optimizers").between(marker))
                .isEqualTo((marker.equals("optimizers") ? Optimizers.table() : Schedules.table()).strip());
    }

    private static NamedOptimizer definition(String name) {
        return Optimizers.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
