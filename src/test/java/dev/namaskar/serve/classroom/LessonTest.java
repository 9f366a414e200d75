package dev.namaskar.serve.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number of a lesson, held to a network written out in double, and to differences of the loss. */
class LessonTest {
    /** The tanh network of a lesson in double, with the loss from a step on as a function of the state before it. */
    private static final class Naive {
        private final Lesson lesson;
        private final int hidden;
        private final int width;
        private final float[] wx;
        private final float[] wh;
        private final double[] b;
        private final float[] wy;
        private final float[] by;

        Naive(Lesson lesson) {
            this.lesson = lesson;
            hidden = lesson.settings().hidden();
            width = lesson.letters().size();
            wx = lesson.params().get("rnn.weight_ih_l0");
            wh = lesson.params().get("rnn.weight_hh_l0");
            float[] bx = lesson.params().get("rnn.bias_ih_l0");
            float[] bh = lesson.params().get("rnn.bias_hh_l0");
            b = new double[hidden];
            for (int i = 0; i < hidden; i++) {
                b[i] = (double) bx[i] + (bh.length == 0 ? 0 : bh[i]);
            }
            wy = lesson.params().get("head.weight");
            by = lesson.params().get("head.bias");
        }

        /** The flat buffer holds {@code [in, out]}; which it is, a test of the forward numbers shows. */
        double[] next(double[] before, int letter) {
            double[] after = new double[hidden];
            for (int i = 0; i < hidden; i++) {
                double sum = b[i] + wx[letter * hidden + i];
                for (int j = 0; j < hidden; j++) {
                    sum += wh[j * hidden + i] * before[j];
                }
                after[i] = Math.tanh(sum);
            }
            return after;
        }

        double[] logits(double[] h) {
            double[] y = new double[width];
            for (int v = 0; v < width; v++) {
                y[v] = by[v];
                for (int j = 0; j < hidden; j++) {
                    y[v] += wy[j * width + v] * h[j];
                }
            }
            return y;
        }

        double loss(double[] h, int target) {
            double[] y = logits(h);
            double sum = 0;
            for (double value : y) {
                sum += Math.exp(value);
            }
            return Math.log(sum) - y[target];
        }

        /** The losses of steps behind t, from the state behind t. */
        double later(double[] h, int t, boolean onlyLast) {
            List<LessonStep> steps = lesson.steps();
            double[] now = h;
            double sum = 0;
            for (int s = t + 1; s < steps.size(); s++) {
                now = next(now, steps.get(s).read());
                boolean counts = !onlyLast || s == steps.size() - 1;
                sum += counts ? loss(now, steps.get(s).target()) : 0;
            }
            return onlyLast ? sum : sum / steps.size();
        }
    }

    private interface Function {
        double of(double[] h);
    }

    private static double slope(Function function, double[] h, int unit) {
        double step = 1e-5;
        double[] more = h.clone();
        double[] less = h.clone();
        more[unit] += step;
        less[unit] -= step;
        return (function.of(more) - function.of(less)) / (2 * step);
    }

    @ParameterizedTest
    @CsvSource({"namaskar,6,0", "namaskar,6,200", "ab,1,3", "nåmaste ❤,5,20", "aaaa,16,10"})
    void numbersForwardAndBackAreThoseOfANetworkWrittenOut(String word, int hidden, int updates) {
        Lesson lesson = Lesson.of(new LessonSettings(word, "rnn", hidden, 0.3, updates, 7));
        Naive naive = new Naive(lesson);
        double[] h = new double[hidden];
        double loss = 0;
        int last = lesson.steps().size() - 1;
        for (int t = 0; t <= last; t++) {
            LessonStep step = lesson.steps().get(t);
            h = naive.next(h, step.read());
            double[] y = naive.logits(h);
            loss += naive.loss(h, step.target());
            assertThat(step.loss()).isCloseTo(naive.loss(h, step.target()), within(1e-5));
            int now = t;
            for (int i = 0; i < hidden; i++) {
                String what = word + " step " + (t + 1) + " unit " + (i + 1);
                assertThat((double) step.state()[i]).as(what).isCloseTo(h[i], within(1e-5));
                double own = slope(x -> naive.loss(x, step.target()), h, i);
                assertThat((double) step.dOwn()[i]).as(what).isCloseTo(own / (last + 1), within(1e-5));
                double later = slope(x -> naive.later(x, now, false), h, i);
                assertThat((double) step.dLater()[i]).as(what).isCloseTo(later, within(1e-5));
                double fromLast = t == last ? own : slope(x -> naive.later(x, now, true), h, i);
                assertThat((double) step.dLast()[i]).as(what).isCloseTo(fromLast, within(1e-5));
            }
            for (int v = 0; v < y.length; v++) {
                assertThat((double) step.logits()[v]).isCloseTo(y[v], within(1e-5));
                double right = v == step.target() ? 1 : 0;
                assertThat((double) step.dLogits()[v])
                        .isCloseTo((step.probabilities()[v] - right) / (last + 1), within(1e-6));
            }
        }
        assertThat(lesson.losses().get(updates)).isCloseTo(loss / (last + 1), within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm"})
    void everyCellLearnsTheWordByPlainDescent(String cell) {
        Lesson lesson = Lesson.of(new LessonSettings("namaskar", cell, 8, 0.5, 600, 1));
        LessonStep eighth = lesson.steps().get(6);

        assertThat(lesson.letters().text(eighth.target())).isEqualTo("r");
        assertThat(eighth.probabilities()[eighth.target()]).isGreaterThan(0.9);
        assertThat(lesson.losses()).hasSize(601);
        assertThat(lesson.losses().get(600)).isLessThan(lesson.losses().get(0) / 5);
        // The carry of an LSTM is a state beside h.
        assertThat(eighth.state()).hasSize(cell.equals("lstm") ? 16 : 8);
    }

    @Test
    void theSameSettingsGiveTheSameNumbersAndOthersDoNot() {
        LessonSettings settings = new LessonSettings("namaskar", "gru", 3, 0.5, 50, 2);
        List<Double> once = new ArrayList<>(Lesson.of(settings).losses());
        assertThat(Lesson.of(settings).losses()).isEqualTo(once);
        assertThat(Lesson.of(new LessonSettings("namaskar", "gru", 3, 0.5, 50, 3))
                        .losses())
                .isNotEqualTo(once);
    }

    @Test
    void whatIsTooLargeToBeLookedAtIsRefusedByItsName() {
        assertThatThrownBy(() -> new LessonSettings("a", "rnn", 4, 0.5, 0, 1)).hasMessageContaining("`word`");
        assertThatThrownBy(() -> new LessonSettings("a".repeat(17), "rnn", 4, 0.5, 0, 1))
                .hasMessageContaining("`word`");
        assertThatThrownBy(() -> new LessonSettings("ab", "rnn", 17, 0.5, 0, 1)).hasMessageContaining("`hidden`");
        assertThatThrownBy(() -> new LessonSettings("ab", "rnn", 4, Double.NaN, 0, 1))
                .hasMessageContaining("`rate`");
        assertThatThrownBy(() -> new LessonSettings("ab", "rnn", 4, 0.5, 5001, 1))
                .hasMessageContaining("`updates`");
        assertThatThrownBy(() -> new LessonSettings("ab", "perceptron", 4, 0.5, 0, 1))
                .hasMessageContaining("perceptron");
    }
}
