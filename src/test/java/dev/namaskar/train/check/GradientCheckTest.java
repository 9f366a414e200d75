package dev.namaskar.train.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cells.Gate;
import dev.namaskar.cells.Gru;
import dev.namaskar.cells.Lstm;
import dev.namaskar.cells.Relu;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Losses;
import dev.namaskar.losses.Reduction;
import dev.namaskar.losses.SquaredError;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Beside;
import dev.namaskar.net.layers.CausalConvolution;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Ensemble;
import dev.namaskar.net.layers.GatedFeedForward;
import dev.namaskar.net.layers.Normalization;
import dev.namaskar.net.layers.Residual;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clean code passes everywhere, on every kind of network; what a check reports is what it found. */
class GradientCheckTest {
    private static final int[] RAGGED = {5, 1, 0, 3};

    private static final List<Cell> SMOOTH =
            Cells.all().stream().filter(cell -> !(cell instanceof Relu)).toList();

    /** Every cell, order, depth and direction; losses and libraries take turns, so that each meets every cell. */
    static Stream<Arguments> recurrences() {
        List<Arguments> cases = new ArrayList<>();
        for (Cell cell : SMOOTH) {
            for (int order = 1; order <= (cell.name().equals("rnn") ? 3 : 1); order++) {
                for (int layers = 1; layers <= 3; layers++) {
                    for (Merge merge : Merge.values()) {
                        for (String loss : Losses.names()) {
                            cases.add(Arguments.of(cell.name(), order, layers, merge, loss));
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} of order {1}, {2} layers, {3}, {4}")
    @MethodSource("recurrences")
    void everyRecurrenceAgreesWithDifferences(String cell, int order, int layers, Merge merge, String loss) {
        NetworkSpec spec = NetworkSpec.values(2);
        for (int i = 0; i < layers; i++) {
            spec = spec.then(new Recurrent(cell, 3).withOrder(order).withMerge(merge));
        }
        long seed = order + 10L * layers + loss.length();
        GradientCase at =
                GradientCase.drawn(spec.dense(3).build(), 5, 4, Losses.named(loss), Reduction.MEAN, seed, RAGGED);

        keepOffKinks(at.initial());
        GradientReport report = new GradientCheck(at, GemmLibrary.JAVA, 7 - 2 * layers).run();
        assertClean(report);
        // products of states without bounds leave the smooth part of losses with kinks within the widest difference
        int share = merge == Merge.MULTIPLY && !Cells.named(cell).hiddenProducts() ? 4 : 20;
        assertThat(report.unresolved())
                .as("no kinks, nothing unresolved")
                .isLessThanOrEqualTo(report.checked() / share);
    }

    /** A normalizer counts by its size, which has a kink at zero; no step leaves one there. */
    private static void keepOffKinks(State initial) {
        for (StateLayout.Part part : initial.layout().parts()) {
            if (part.name().startsWith("n_")) {
                float[] n = initial.get(part.name());
                for (int i = 0; i < n.length; i++) {
                    n[i] = Math.copySign(Math.max(0.1f, Math.abs(n[i])), n[i]);
                }
                initial.set(part.name(), n);
            }
        }
    }

    static Stream<NetworkSpec> furnishings() {
        return Stream.of(
                NetworkSpec.tokens(5).recurrent("lstm", 4).dense(3),
                NetworkSpec.tokens(5).embedding(3).recurrent("gru", 4).dense(3),
                NetworkSpec.tokens(4).embedding(3).dense(3, Activation.TANH),
                NetworkSpec.tokens(5).bidirectional("rnn", 3, Merge.CONCATENATE).dense(3),
                NetworkSpec.values(2)
                        .dense(4, Activation.TANH)
                        .recurrent("rnn", 4)
                        .dense(3),
                NetworkSpec.values(2).recurrent("lstm", 4).dense(3, Activation.SIGMOID),
                NetworkSpec.values(2)
                        .recurrent("gru", 4)
                        .dense(5, Activation.RELU)
                        .dense(3),
                NetworkSpec.values(2).recurrent("lstm", 3).lastStep().dense(3),
                NetworkSpec.values(2)
                        .bidirectional("gru", 3, Merge.SUM)
                        .lastStep()
                        .dense(3),
                NetworkSpec.values(4)
                        .dropout(0.3)
                        .recurrent("gru", 4)
                        .dropout(0.5)
                        .dense(3),
                NetworkSpec.values(2)
                        .recurrent("lstm", 4)
                        .then(new Dropout(0.4, true))
                        .bidirectional("rnn", 3, Merge.MULTIPLY)
                        .dropout(0.2)
                        .dense(3),
                NetworkSpec.tokens(5)
                        .then(new Recurrent("lstm", 4).withStateDropout(0.5))
                        .then(new Recurrent("gru", 4).withStateDropout(0.25))
                        .dense(3),
                NetworkSpec.values(2)
                        .then(new Recurrent("rnn", 4).withOrder(3).withStateDropout(0.5))
                        .then(new Recurrent("gru", 3)
                                .withMerge(Merge.CONCATENATE)
                                .withStateDropout(0.4))
                        .dense(3),
                NetworkSpec.values(2)
                        .recurrent("rnn", 3)
                        .lastStep()
                        .dense(4, Activation.TANH)
                        .dropout(0.25)
                        .dense(3),
                NetworkSpec.values(2)
                        .bidirectional("lstm", 3, Merge.CONCATENATE)
                        .bothEnds()
                        .dense(3),
                NetworkSpec.values(2).recurrent("gru", 4).meanOverSteps().dense(3),
                NetworkSpec.values(3)
                        .then(Normalization.layer())
                        .recurrent("gru", 3)
                        .then(Normalization.rms())
                        .dense(3),
                NetworkSpec.values(2)
                        .dense(4)
                        .then(new Residual(Normalization.rms(), new Recurrent("mingru", 4), new Dropout(0.25, false)))
                        .then(new Residual(new GatedFeedForward(5, Activation.SIGMOID)))
                        .dense(3),
                NetworkSpec.values(3)
                        .then(new Residual(new Dense(3, Activation.TANH)))
                        .dense(3),
                NetworkSpec.values(3)
                        .then(new CausalConvolution(3))
                        .recurrent("rglru", 3)
                        .then(new CausalConvolution(2))
                        .dense(3),
                NetworkSpec.values(2).then(new CausalConvolution(9)).lastStep().dense(3),
                NetworkSpec.values(5)
                        .then(new Beside(2, new Recurrent("gru", 3), new Dropout(0.2, false)))
                        .then(new Beside(4, new Dense(1, Activation.TANH)))
                        .dense(3),
                NetworkSpec.values(3)
                        .dense(4, Activation.TANH)
                        .then(new Ensemble(
                                3, new Recurrent("gru", 3), new Dropout(0.2, false), new Dense(2, Activation.IDENTITY)))
                        .recurrent("rnn", 3),
                NetworkSpec.tokens(5)
                        .then(new Ensemble(
                                2, new Embedding(3), new Recurrent("lstm", 3), new Dense(4, Activation.IDENTITY))),
                NetworkSpec.values(3)
                        .then(new Ensemble(2, new Recurrent("gru", 3), new LastStep()))
                        .dense(3),
                NetworkSpec.values(3)
                        .then(new GatedFeedForward(4, Activation.TANH))
                        .dense(3),
                NetworkSpec.values(3).recurrent("rnn", 3),
                NetworkSpec.values(3).dropout(0.5).dense(3));
    }

    @ParameterizedTest
    @MethodSource("furnishings")
    void everyKindOfLayerAgreesWithDifferences(NetworkSpec spec) {
        GradientCase ragged =
                GradientCase.drawn(spec.build(), 5, 4, Losses.named("squared_error"), Reduction.MEAN, 3, RAGGED);
        GradientCase full =
                GradientCase.drawn(spec.build(), 4, 2, Losses.named("softmax_cross_entropy"), Reduction.SUM, 4);

        assertClean(new GradientCheck(ragged, GemmLibrary.JAVA, 20).run());
        assertClean(new GradientCheck(full, GemmLibrary.JAVA, 20).run());
    }

    /** Beside a corner no difference settles; everywhere else the gradient is that of the straight pieces. */
    @Test
    void cellsWithCornersAgreeWithDifferencesBetweenThem() {
        List<Cell> cells = List.of(
                new Relu(1),
                new Relu(2),
                new Lstm(Gate.HARD_SIGMOID),
                new Lstm(Gate.HARD_SIGMOID_SIXTH),
                new Gru(Gate.HARD_SIGMOID),
                new Gru(Gate.HARD_SIGMOID_SIXTH));
        for (Cell cell : cells) {
            int unresolved = 0;
            int checked = 0;
            for (int seed = 0; seed < 5; seed++) {
                NetworkSpec spec = NetworkSpec.values(2)
                        .then(new Recurrent(cell, 3).withMerge(Merge.CONCATENATE))
                        .then(new Recurrent(cell, 2))
                        .dense(3);
                GradientCase at = GradientCase.drawn(
                        spec.build(), 4, 3, Losses.named("squared_error"), Reduction.MEAN, seed, 4, 0, 2);
                for (int i = 0; !(cell instanceof Relu) && i < at.params().values().length; i++) {
                    at.params().values()[i] *= 0.3f; // so that gates stay between their corners
                }
                GradientReport report = new GradientCheck(at, GemmLibrary.JAVA, 8).run();
                assertThat(report.passed())
                        .as(() -> cell + ", worst: " + report.worstTensor())
                        .isTrue();
                unresolved += report.unresolved();
                checked += report.checked();
            }
            assertThat(unresolved).as(cell.toString()).isLessThan(checked * 2 / 3);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void everyLibraryAgreesWithDifferences(GemmLibrary library) {
        for (Cell cell : SMOOTH) {
            NetworkSpec spec = NetworkSpec.values(2)
                    .recurrent(cell.name(), 3)
                    .bidirectional(cell.name(), 3, Merge.AVERAGE)
                    .dense(3);
            GradientCase at = GradientCase.drawn(spec.build(), 4, 3, Losses.named("huber"), Reduction.MEAN, 5, 4, 0, 2);

            assertClean(new GradientCheck(at, library, 8).run());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm"})
    void oddShapesAgreeWithDifferences(String cell) {
        NetworkSpec spec = NetworkSpec.values(1).recurrent(cell, 1).dense(3);
        for (int[] shape : new int[][] {{1, 1}, {1, 3}, {7, 1}}) {
            GradientCase at =
                    GradientCase.drawn(spec.build(), shape[0], shape[1], Losses.named("quantile"), Reduction.MEAN, 6);
            assertClean(new GradientCheck(at).run());
        }
        GradientCase nothing =
                GradientCase.drawn(spec.build(), 3, 2, Losses.named("quantile"), Reduction.MEAN, 6, 0, 0);
        GradientReport report = new GradientCheck(nothing).run();
        assertClean(report);
        assertThat(report.tensors()).allSatisfy(t -> assertThat(t.analytic()).isZero());
    }

    @Test
    void aReportNamesEveryTensorAndItsWorstEntry() {
        GradientCase at = GradientCase.drawn(
                NetworkSpec.values(2).recurrent("lstm", 3).dense(3).build(),
                4,
                2,
                new SquaredError(),
                Reduction.MEAN,
                1);
        GradientCheck check = new GradientCheck(at, GemmLibrary.JAVA, Integer.MAX_VALUE);
        Gradients wrong = check.backPropagated();
        int place = at.model().params().slot("rnn.weight_hh_l0").offset() + 2 * 9 + 3 + 2; // [2,1,2]
        double right = wrong.params()[place];
        wrong.params()[place] *= -1;

        GradientReport report = check.compare(wrong);

        assertThat(report.tensors())
                .extracting(GradientReport.Tensor::name)
                .containsExactly(
                        "rnn.weight_ih_l0",
                        "rnn.weight_hh_l0",
                        "rnn.bias_ih_l0",
                        "rnn.bias_hh_l0",
                        "head.weight",
                        "head.bias",
                        "input",
                        "initial h_l0",
                        "initial c_l0");
        assertThat(report.passed()).isFalse();
        GradientReport.Tensor worst = report.worstTensor();
        assertThat(worst.name()).isEqualTo("rnn.weight_hh_l0");
        assertThat(worst.shape()).containsExactly(4, 3, 3);
        assertThat(worst.index()).containsExactly(2, 1, 2);
        assertThat(worst.analytic()).isEqualTo(-right);
        assertThat(worst.numeric()).isCloseTo(right, org.assertj.core.data.Percentage.withPercentage(0.2));
        assertThat(report.tensors())
                .filteredOn(t -> !t.name().equals("rnn.weight_hh_l0"))
                .allSatisfy(t -> assertThat(t.worstRelativeError()).isLessThan(GradientCheck.TOLERANCE));
    }

    @Test
    void aGradientThatIsNotANumberFails() {
        GradientCase at = GradientCase.drawn(
                NetworkSpec.values(2).recurrent("rnn", 3).build(), 2, 2, new SquaredError(), Reduction.SUM, 2);
        GradientCheck check = new GradientCheck(at);
        Gradients wrong = check.backPropagated();
        wrong.input()[3] = Float.NaN;

        GradientReport report = check.compare(wrong);

        assertThat(report.passed()).isFalse();
        assertThat(report.worstTensor().name()).isEqualTo("input");
        assertThat(report.worst()).isInfinite();
    }

    /** All weights zero: the unit stands right on ReLU's kink, and its slope there is a matter of taste. */
    @Test
    void kinksAreReportedNotJudged() {
        NetworkSpec spec = NetworkSpec.values(1).dense(1, Activation.RELU);
        GradientCase drawn = GradientCase.drawn(spec.build(), 1, 1, new SquaredError(), Reduction.MEAN, 9);
        drawn.params().set("head.bias", 0);
        drawn.params().set("head.weight", 0);

        GradientReport report = new GradientCheck(drawn, GemmLibrary.JAVA, 9).run();

        assertThat(report.tensors())
                .filteredOn(t -> t.name().startsWith("head"))
                .allSatisfy(t -> assertThat(t.unresolved()).isOne());
        assertThat(report.worst()).isZero();
        assertThat(report.passed()).as("too little was proved").isFalse();
    }

    @Test
    void aCheckChangesNeitherParametersNorStateNorInput() {
        GradientCase at = GradientCase.drawn(
                NetworkSpec.values(2).recurrent("gru", 3).build(), 3, 2, new SquaredError(), Reduction.MEAN, 2);
        float[] params = at.params().values().clone();
        float[] state = at.initial().values().clone();
        float[] input = at.batch().values.clone();

        new GradientCheck(at).run();

        assertThat(at.params().values()).isEqualTo(params);
        assertThat(at.initial().values()).isEqualTo(state);
        assertThat(at.batch().values).isEqualTo(input);
    }

    @Test
    void aLossThatIsNotFiniteIsRefused() {
        GradientCase at = GradientCase.drawn(
                NetworkSpec.values(1).recurrent("rnn", 2).build(), 2, 1, new SquaredError(), Reduction.MEAN, 2);
        at.params().values()[0] = Float.NaN;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GradientCheck(at).run())
                .withMessageContaining("finite loss");
    }

    static void assertClean(GradientReport report) {
        assertThat(report.worst()).as(() -> "worst: " + report.worstTensor()).isLessThan(GradientCheck.TOLERANCE);
        assertThat(report.unresolved()).as("unresolved").isLessThanOrEqualTo(report.checked() / 4);
        assertThat(report.passed()).isTrue();
    }

    /** JSON has neither infinity nor not-a-number. */
    @Test
    void aReportOfAGradientThatIsNoneHasNumbersAllTheSame() {
        GradientReport report = new GradientReport(List.of(new GradientReport.Tensor(
                "w", List.of(2, 3), 4, 1, Double.POSITIVE_INFINITY, List.of(1, 2), Double.NaN, 0.5)));

        assertThat(report.toMap()).containsEntry("passed", false).containsEntry("worst", Double.MAX_VALUE);
        assertThat(report.toMap().get("tensors").toString())
                .contains("name=w, shape=[2, 3]", "index=[1, 2], analytic=" + Double.MAX_VALUE + ", numeric=0.5");
        assertThat(report.toString().lines().skip(1)).singleElement().asString().contains("[2,3]", "(1 not resolved)");
    }
}
