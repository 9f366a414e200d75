package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.optim.schedules.Schedules;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerSpecTest {
    @Test
    void whatIsGivenHolds() {
        Optimizer optimizer = OptimizerSpec.parse(
                        "Momentum: lr=1, momentum=0.95,clip=3,freeze=a.*;b,schedule=linear-warmup(10)*cosine(100,0.2)")
                .forRecurrent()
                .orElse("clip", 5)
                .orElse("schedule", "constant")
                .build(50);
        assertThat(optimizer.name()).isEqualTo("momentum");
        assertThat(optimizer.learningRate()).isEqualTo(1);
        assertThat(optimizer.schedule()).isEqualTo(Schedules.linearWarmup(10).times(Schedules.cosine(100, 0.2)));
        assertThat(optimizer.settings())
                .containsEntry("momentum", 0.95)
                .containsEntry("clip", 3.0)
                .containsEntry("freeze", "a.*,b");
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.optim.OptimizerReferenceTest#names")
    void withoutARateEachRunsWithTheOneOfItsTable(String name) {
        double own = ((Number) Optimizers.definition(name).defaults().get("lr")).doubleValue();
        double measured = Map.of("adam", 2e-3, "adamw", 2e-3, "amsgrad", 2e-3).getOrDefault(name, own);
        assertThat(OptimizerSpec.parse(name).build(10).learningRate()).isEqualTo(own);
        assertThat(OptimizerSpec.parse(name).forRecurrent().build(10).learningRate())
                .isEqualTo(measured);
        assertThat(OptimizerSpec.parse(name + ":lr=0.7")
                        .forRecurrent()
                        .build(10)
                        .learningRate())
                .isEqualTo(0.7);
        assertThat(Optimizers.table()).contains("| `" + name + "` ");
    }

    @Test
    void aScheduleTakesTheLengthOfTheRunWhenItIsKnown() {
        OptimizerSpec spec = OptimizerSpec.parse("adam:schedule=cosine");
        assertThat(spec.build(70).schedule()).isEqualTo(Schedules.cosine(70, 0.1));
        assertThat(spec.build(0).schedule()).isEqualTo(Schedules.constant());
        assertThat(spec.schedule(90)).isEqualTo(Schedules.cosine(90, 0.1));
        assertThat(spec.schedule(1L << 40)).isEqualTo(Schedules.cosine(Integer.MAX_VALUE, 0.1));
    }

    @Test
    void twoPlacesMayAgree() {
        OptimizerSpec spec = OptimizerSpec.parse("adam:lr=0.5,clip=5");
        assertThat(spec.and("lr", 0.5).and("clip", "5.0").and("schedule", null)).isEqualTo(spec);
        assertThat(spec.and("weight_decay", 0.1).settings()).containsEntry("weight_decay", 0.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.and("lr", 0.25))
                .withMessage("expected one lr, found 0.25 beside the optimizer \"adam:lr=0.5,clip=5\"; give it in one"
                        + " place");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adam",
                "rmsprop:lr=0.01,centered=true",
                "nesterov:momentum=0.8,schedule=linear-warmup(3)*cosine(100,0.1)",
                "sgd:clip=1.5,freeze=embedding.*;rnn.*_l0",
            })
    void textMakesTheSameAgain(String text) {
        OptimizerSpec spec = OptimizerSpec.parse(text);
        assertThat(spec).hasToString(text);
        assertThat(OptimizerSpec.parse(spec.toString())).isEqualTo(spec);
    }

    @Test
    void patternsMayStandBetweenCommasInAMap() {
        OptimizerSpec commas = new OptimizerSpec("sgd", Map.of("freeze", "a.*, b"));
        OptimizerSpec again = OptimizerSpec.parse(commas.toString());
        assertThat(again.build(9).settings())
                .containsEntry("freeze", "a.*,b")
                .isEqualTo(commas.build(9).settings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adan | no optimizer \"adan\"; there are adam, ",
                "adam:lr | expected an optimizer as name:setting=value,setting=value, found \"adam:lr\"",
                "adam: | expected an optimizer as name:setting=value",
                "adam:=3 | expected an optimizer as name:setting=value",
                "adam:lr=1,,clip=3 | expected an optimizer as name:setting=value",
                "adam:lr=nan | expected a number for \"lr\"",
                "adam:lr=NaN | expected a finite number for \"lr\"",
                "adam:lr=inf | expected a number for \"lr\"",
                "adam:lr=Infinity | expected a finite number for \"lr\"",
                "adam:lr=1e999 | expected a finite number for \"lr\"",
                "adam:lr=-1 | expected lr to be 0 or more, found -1",
                "adam:lr= | expected a number for \"lr\"",
                "adam:clip=-3 | expected clip to be 0 or more",
                "adam:clip=NaN | expected a finite number for \"clip\"",
                "adam:clip_value=-1 | expected clip_value to be 0 or more",
                "adam:rate=3 | no setting \"rate\" for optimizer \"adam\"",
                "adam:lr=1,lr=2 | expected each setting once, found lr twice",
                "adam:lr=1,lr=1 | expected each setting once, found lr twice",
                "adam:schedule=sine | no schedule \"sine\"",
                "adam:schedule=cosine(1 | expected ')'",
                "adam:schedule=cosine(0.1,10) | expected a whole number",
                "adam:beta1=1.5 | expected beta1 to be 0 or more and below 1",
                "sgd:momentum=-0.5 | expected momentum to be 0 or more",
                "sgd:dampening=0.5 | expected dampening to be 0 without momentum",
                "sgd:nesterov=true | expected momentum to be above 0 with nesterov",
                "adam:decay_biases=false | expected a weight_decay above 0 with decay_biases",
                "adam:decoupled_weight_decay=true | expected a weight_decay above 0",
                "rmsprop:centered=maybe | expected true or false for \"centered\"",
            })
    void whatDoesNotHoldIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptimizerSpec.parse(text))
                .withMessageContaining(message.strip());
    }
}
