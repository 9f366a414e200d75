package dev.namaskar.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.params.Params;
import dev.namaskar.testing.Page;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page on the mathematics: its numbers computed again, one by one in double, which the network's own passes have to
 * agree with.
 */
class WorkedExampleTest {
    private static final String SYMBOLS = "namskr";
    private static final String READ = "namaska";
    private static final int TARGET = SYMBOLS.indexOf('r');
    private static final double RATE = 0.5;

    private static final double[][] INPUT = {
        {0.5, -0.3, 0.8, -0.6, 0.4, 0.1},
        {-0.4, 0.6, 0.2, 0.7, -0.8, -0.1}
    };
    private static final double[][] HIDDEN = {
        {0.6, -0.4},
        {0.5, 0.3}
    };
    private static final double[] BIAS = {0.1, -0.1};
    private static final double[][] OUTPUT = {
        {0.3, -0.2}, {-0.5, 0.4}, {0.2, 0.6}, {-0.1, -0.3}, {0.4, 0.1}, {0.7, -0.6}
    };

    /** Forward and backward by the page's equations, with nothing but loops. */
    private static final class Worked {
        final int steps = READ.length();
        final double[][] z = new double[steps + 1][2];
        final double[][] h = new double[steps + 1][2];
        final double[] y = new double[SYMBOLS.length()];
        final double[] p = new double[SYMBOLS.length()];
        final double[] dy = new double[SYMBOLS.length()];
        final double[][] dh = new double[steps + 1][2];
        final double[][] dz = new double[steps + 1][2];
        final double[][] dHidden = new double[2][2];
        double loss;

        Worked(double[][] hidden) {
            for (int t = 1; t <= steps; t++) {
                for (int i = 0; i < 2; i++) {
                    z[t][i] = INPUT[i][symbol(t)] + BIAS[i] + hidden[i][0] * h[t - 1][0] + hidden[i][1] * h[t - 1][1];
                    h[t][i] = Math.tanh(z[t][i]);
                }
            }
            double sum = 0;
            for (int k = 0; k < y.length; k++) {
                y[k] = OUTPUT[k][0] * h[steps][0] + OUTPUT[k][1] * h[steps][1];
                sum += Math.exp(y[k]);
            }
            for (int k = 0; k < y.length; k++) {
                p[k] = Math.exp(y[k]) / sum;
                dy[k] = p[k] - (k == TARGET ? 1 : 0);
                dh[steps][0] += OUTPUT[k][0] * dy[k];
                dh[steps][1] += OUTPUT[k][1] * dy[k];
            }
            loss = -Math.log(p[TARGET]);
            for (int t = steps; t >= 1; t--) {
                for (int i = 0; i < 2; i++) {
                    dz[t][i] = (1 - h[t][i] * h[t][i]) * dh[t][i];
                }
                for (int j = 0; j < 2; j++) {
                    dh[t - 1][j] = hidden[0][j] * dz[t][0] + hidden[1][j] * dz[t][1];
                    for (int i = 0; i < 2; i++) {
                        dHidden[i][j] += dz[t][i] * h[t - 1][j];
                    }
                }
            }
        }

        static int symbol(int t) {
            return SYMBOLS.indexOf(READ.charAt(t - 1));
        }
    }

    private final Worked worked = new Worked(HIDDEN);

    private static double lossWith(int i, int j, double change) {
        double[][] hidden = {HIDDEN[0].clone(), HIDDEN[1].clone()};
        hidden[i][j] += change;
        return new Worked(hidden).loss;
    }

    private Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>();
        tables.put("weights", weights());
        tables.put("forward", forward());
        tables.put("output", output());
        tables.put("backward", backward());
        tables.put("sum", sum());
        tables.put("update", update());
        return tables;
    }

    private static String weights() {
        StringJoiner table = new StringJoiner("\n");
        StringBuilder head = new StringBuilder("| |");
        for (int k = 0; k < SYMBOLS.length(); k++) {
            head.append(" `").append(SYMBOLS.charAt(k)).append("` |");
        }
        table.add(head).add("|---" + "|---".repeat(SYMBOLS.length()) + "|");
        for (int i = 0; i < 2; i++) {
            table.add(row("`W_xh`, unit " + (i + 1), "%.1f", INPUT[i]));
        }
        for (int i = 0; i < 2; i++) {
            double[] column = {OUTPUT[0][i], OUTPUT[1][i], OUTPUT[2][i], OUTPUT[3][i], OUTPUT[4][i], OUTPUT[5][i]};
            table.add(row("`W_hy`, from unit " + (i + 1), "%.1f", column));
        }
        return table.toString();
    }

    private String forward() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| t | reads | `z_t[1]` | `z_t[2]` | `h_t[1]` | `h_t[2]` |").add("|---|---|---|---|---|---|");
        for (int t = 1; t <= worked.steps; t++) {
            table.add(row(
                    t + " | `" + READ.charAt(t - 1) + "`",
                    "%.4f",
                    worked.z[t][0],
                    worked.z[t][1],
                    worked.h[t][0],
                    worked.h[t][1]));
        }
        return table.toString();
    }

    private String output() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| symbol | logit `y` | probability `p` | `dL/dy` |").add("|---|---|---|---|");
        for (int k = 0; k < SYMBOLS.length(); k++) {
            table.add(row("`" + SYMBOLS.charAt(k) + "`", "%.4f", worked.y[k], worked.p[k], worked.dy[k]));
        }
        return table.toString();
    }

    private String backward() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| t | reads | `dL/dh_t[1]` | `dL/dh_t[2]` | `dL/dz_t[1]` | `dL/dz_t[2]` | length of `dL/dz_t` |")
                .add("|---|---|---|---|---|---|---|");
        for (int t = worked.steps; t >= 1; t--) {
            table.add(row(
                    t + " | `" + READ.charAt(t - 1) + "`",
                    "%.4f",
                    worked.dh[t][0],
                    worked.dh[t][1],
                    worked.dz[t][0],
                    worked.dz[t][1],
                    Math.hypot(worked.dz[t][0], worked.dz[t][1])));
        }
        return table.toString();
    }

    private String sum() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| t | `dL/dz_t[1]` | `h_{t-1}[1]` | product |").add("|---|---|---|---|");
        for (int t = worked.steps; t >= 1; t--) {
            table.add(row(
                    Integer.toString(t),
                    "%.4f",
                    worked.dz[t][0],
                    worked.h[t - 1][0],
                    worked.dz[t][0] * worked.h[t - 1][0]));
        }
        table.add(row("sum | |", "%.4f", worked.dHidden[0][0]));
        return table.toString();
    }

    private String update() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| entry of `W_hh` | gradient | difference quotient | before | after |")
                .add("|---|---|---|---|---|");
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double quotient = (lossWith(i, j, 1e-4) - lossWith(i, j, -1e-4)) / 2e-4;
                table.add(row(
                        "from unit " + (j + 1) + " to unit " + (i + 1),
                        "%.4f",
                        worked.dHidden[i][j],
                        quotient,
                        HIDDEN[i][j],
                        HIDDEN[i][j] - RATE * worked.dHidden[i][j]));
            }
        }
        return table.toString();
    }

    private static String row(String first, String format, double... values) {
        StringBuilder row = new StringBuilder("| " + first + " |");
        for (double value : values) {
            String number = String.format(Locale.ROOT, format, value);
            row.append(' ')
                    .append(number.matches("-0[.]?0*") ? number.substring(1) : number)
                    .append(" |");
        }
        return row.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights", "forward", "output", "backward", "sum", "update"})
    void thePageShowsTheseNumbers(String table) {
        assertThat(Page.ofGuide("mathematics").between(table)).isEqualTo(tables().get(table));
    }

    @Test
    void soDoTheSentences() {
        double[][] updated = {HIDDEN[0].clone(), HIDDEN[1].clone()};
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                updated[i][j] -= RATE * worked.dHidden[i][j];
            }
        }
        double faded = Math.hypot(worked.dz[7][0], worked.dz[7][1]) / Math.hypot(worked.dz[1][0], worked.dz[1][1]);
        assertThat(faded).as("three hundred times").isBetween(250.0, 350.0);
        assertThat(Page.ofGuide("mathematics").text())
                .contains(String.format(
                        Locale.ROOT,
                        "`z = -0.3 + 0.6 * %.4f - 0.4 * (%.4f) + 0.1 = %.4f`, and `tanh(%.4f) = %.4f`",
                        worked.h[1][0],
                        worked.h[1][1],
                        worked.z[2][0],
                        worked.z[2][0],
                        worked.h[2][0]))
                .contains(String.format(Locale.ROOT, "`L = -ln p(r) = %.4f`", worked.loss))
                .contains(String.format(Locale.ROOT, "from %.4f to %.4f", worked.loss, new Worked(updated).loss));
    }

    /** The production path, with each library's products, against the loops above. */
    @Test
    void theNetworkAgrees() {
        Network network = NetworkSpec.tokens(SYMBOLS.length())
                .recurrent("rnn", 2)
                .lastStep()
                .dense(SYMBOLS.length())
                .build();
        Params params = Params.zeros(network.params());
        set(params, "rnn.weight_ih_l0", INPUT);
        set(params, "rnn.weight_hh_l0", HIDDEN);
        set(params, "rnn.bias_ih_l0", BIAS);
        set(params, "head.weight", OUTPUT);
        int[] read = READ.chars().map(SYMBOLS::indexOf).toArray();
        for (GemmLibrary library : GemmLibrary.available()) {
            Pass pass = Pass.of(network, params.values(), library, true);
            Frames logits = pass.predict(Sequences.ofTokens(read.length, 1, read), network.zeroState(1));
            double loss =
                    new SequenceLoss(new SoftmaxCrossEntropy()).compute(logits, Targets.classes(new int[] {TARGET}), 1);
            Params gradient = new Params(network.params(), pass.backward());

            assertThat(loss).isCloseTo(worked.loss, within(1e-6));
            float[] found = PyTorchLayout.get(gradient, network.params().slot("rnn.weight_hh_l0"));
            double[] expected = Arrays.stream(worked.dHidden)
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) found[i]).isCloseTo(expected[i], within(1e-6));
            }
        }
    }

    private static void set(Params params, String slot, double[]... rows) {
        double[] all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = (float) all[i];
        }
        PyTorchLayout.set(params, params.layout().slot(slot), values);
    }
}
