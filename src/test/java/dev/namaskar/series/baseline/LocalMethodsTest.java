package dev.namaskar.series.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.baseline.ExponentialSmoothing.Kind;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMethodsTest {
    private static double[] series(Random random, int length, int season, double slope, double noise) {
        double[] values = new double[length];
        Arrays.setAll(
                values,
                t -> (100 + slope * t) * (1 + 0.3 * Math.sin(2 * Math.PI * t / season))
                        + noise * random.nextGaussian());
        return values;
    }

    /** Every weight given: the recursion written down again, plainly, one quantity after the other. */
    @ParameterizedTest
    @CsvSource({"NONE, false", "NONE, true", "ADDED, false", "ADDED, true", "MULTIPLIED, false", "MULTIPLIED, true"})
    void followsItsEquations(Kind kind, boolean trend) {
        int m = kind == Kind.NONE ? 1 : 4;
        double[] y = series(new Random(3), 41, 4, 1.5, 3);
        double alpha = 0.4;
        double beta = trend ? 0.2 : 0;
        double phi = trend ? 0.9 : 0;
        double gamma = kind == Kind.NONE ? 0 : 0.3;
        double[] found = new ExponentialSmoothing(m, trend, kind, alpha, beta, phi, gamma).forecast(y, y.length, 7);

        boolean times = kind == Kind.MULTIPLIED;
        double[] s = new double[y.length + 7 + m];
        Arrays.fill(s, times ? 1 : 0);
        if (kind != Kind.NONE) {
            System.arraycopy(SeasonalAdjustment.figure(y, y.length, m, times), 0, s, 0, m);
        }
        int count = 10;
        double[] adjusted = new double[count];
        Arrays.setAll(adjusted, t -> times ? y[t] / s[t % m] : y[t] - s[t % m]);
        double mean = Arrays.stream(adjusted).average().orElseThrow();
        double slope = 0;
        for (int t = 0; t < count; t++) {
            slope += (t - 4.5) * adjusted[t] / 82.5;
        }
        double b = trend ? slope : 0;
        double l = trend ? mean - 5.5 * slope : mean;
        // s[t] is the season's figure that is current before step t.
        for (int t = 0; t < y.length; t++) {
            double f = l + phi * b;
            double e = times ? y[t] / s[t] - f : y[t] - s[t] - f;
            s[t + m] = times ? s[t] * (1 + gamma * (1 - alpha) * e / f) : s[t] + gamma * (1 - alpha) * e;
            l = f + alpha * e;
            b = phi * b + alpha * beta * e;
        }
        double reach = 0;
        for (int h = 0; h < 7; h++) {
            reach += Math.pow(phi, h + 1);
            double level = l + reach * b;
            double season = s[y.length + h % m];
            assertThat(found[h]).isCloseTo(times ? level * season : level + season, within(1e-9));
        }
    }

    /** No grid point does clearly better than the weights that were fitted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void fittedWeightsAreNearTheBest(int seed) {
        double[] y = series(new Random(seed), 60, 5, seed, 4);
        ExponentialSmoothing.Fit fit = new ExponentialSmoothing(1, true, Kind.NONE).fit(y, y.length);
        double least = Double.POSITIVE_INFINITY;
        for (double alpha = 0.01; alpha < 1; alpha += 0.035) {
            for (double beta = 0; beta <= 1; beta += 0.05) {
                for (double phi = 0.8; phi <= 0.98; phi += 0.03) {
                    least = Math.min(least, squares(y, alpha, beta, phi));
                }
            }
        }
        assertThat(fit.squares()).isLessThan(1.02 * least);
    }

    /** Mean squared error of one-step forecasts, each asked of the method for a history of its own. */
    private static double squares(double[] y, double alpha, double beta, double phi) {
        double sum = 0;
        double mean = 0;
        double slope = 0;
        for (int t = 0; t < 10; t++) {
            mean += y[t] / 10;
            slope += (t - 4.5) * y[t] / 82.5;
        }
        double l = mean - 5.5 * slope;
        double b = slope;
        for (double v : y) {
            double f = l + phi * b;
            sum += (v - f) * (v - f);
            l = f + alpha * (v - f);
            b = phi * b + alpha * beta * (v - f);
        }
        return sum / y.length;
    }

    @Test
    void choosesASeasonWhereThereIsOneAndATrendWhereThereIsOne() {
        Random random = new Random(7);
        double[] seasonal = series(random, 96, 12, 2, 1);
        double[] forecast = new SmoothingChoice(12).forecast(seasonal, 84, 12);
        double off = 0;
        for (int h = 0; h < 12; h++) {
            off += Math.abs(forecast[h] - seasonal[84 + h]) / seasonal[84 + h] / 12;
        }
        assertThat(off).isLessThan(0.02);
        assertThat(((ExponentialSmoothing) new SmoothingChoice(12).settled(seasonal, 84)).kind())
                .isEqualTo(Kind.MULTIPLIED);

        double[] noise = random.doubles(80, 10, 12).toArray();
        ExponentialSmoothing plain = (ExponentialSmoothing) new SmoothingChoice(4).settled(noise, 80);
        assertThat(plain.kind()).isEqualTo(Kind.NONE);
        assertThat(plain.trend()).isFalse();
    }

    /** Hard histories: nothing but finite numbers comes out, whatever their length. */
    @Test
    void isFiniteOnHardHistories() {
        Random random = new Random(11);
        for (int run = 0; run < 300; run++) {
            int length = 3 + random.nextInt(60);
            double[] values = new double[length];
            int kind = run % 6;
            for (int t = 0; t < length; t++) {
                values[t] = switch (kind) {
                    case 0 -> 0;
                    case 1 -> 5;
                    case 2 -> random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 0;
                    case 3 -> Math.exp(random.nextGaussian() * 8);
                    case 4 -> -1e9 * random.nextDouble();
                    default -> t == length / 2 ? 1e-9 : 1000;
                };
            }
            int season = 1 + random.nextInt(12);
            for (LocalMethod method : LocalMethod.all(season)) {
                if (method.shortest() <= length) {
                    double[] forecast = method.forecast(values, length, 9);
                    for (double f : forecast) {
                        assertThat(f).as(method + " " + Arrays.toString(values)).isFinite();
                    }
                }
            }
        }
    }

    /** What is settled by a history says of that history what the method itself says. */
    @Test
    void whatIsSettledSaysTheSame() {
        double[] y = series(new Random(13), 70, 6, 1, 5);
        for (LocalMethod method : LocalMethod.all(6)) {
            assertThat(method.settled(y, 66).forecast(y, 66, 8))
                    .as(method.name())
                    .containsExactly(method.forecast(y, 66, 8));
            double[] other = y.clone();
            Arrays.fill(other, 66, 70, -1e9);
            assertThat(method.forecast(other, 66, 8)).containsExactly(method.forecast(y, 66, 8));
        }
    }

    @Test
    void adjustsByDifferencesWhereValuesAreNotPositive() {
        double[] values = new double[40];
        Arrays.setAll(values, t -> t % 4 == 0 ? -10 : 2);
        SeasonalAdjustment adjustment = SeasonalAdjustment.of(values, 40, 4);

        assertThat(adjustment.multiplied()).isFalse();
        assertThat(Arrays.stream(adjustment.adjusted()).distinct().count()).isEqualTo(1);
        assertThat(new Naive2(4).forecast(values, 40, 5)).containsExactly(-10, 2, 2, 2, -10);
    }

    @Test
    void aNameThatIsNoneSaysWhichThereAre() {
        assertThatThrownBy(() -> LocalMethod.named("thetta", 12))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no local method \"thetta\"; there are theta,");
        assertThat(LocalMethod.named("Seasonal_Naive", 7).season()).isEqualTo(7);
    }

    /** Weights given: the level by its recursion, and at every time a line of least squares through all that came so far. */
    @ParameterizedTest
    @CsvSource({"3, 0.2, 0.5", "4, 0.7, 0.9", "30, 0.1, 0", "30, 0.95, 0.3"})
    void dynamicThetaFollowsItsEquations(int length, double alpha, double k) {
        double[] y = Arrays.copyOf(series(new Random(length), length, 7, 2, 5), length + 6);
        double first = 90;
        double[] found = new DynamicTheta(first, alpha, k).forecast(y, length, 6);

        double level = first;
        for (int t = 1; t <= length; t++) {
            level = alpha * y[t - 1] + (1 - alpha) * level;
        }
        for (int h = 0; h < 6; h++) {
            int t = length + h;
            double[] line = line(y, t);
            y[t] = level + k * (Math.pow(1 - alpha, t) * line[0] + (1 - Math.pow(1 - alpha, t + 1)) / alpha * line[1]);
            level = alpha * y[t] + (1 - alpha) * level;
            assertThat(found[h]).isCloseTo(y[t], within(1e-7));
        }
    }

    /** Ordinate at 0 and slope of the line of least squares through values at 1, 2, ..., by the normal equations. */
    private static double[] line(double[] y, int length) {
        double t = 0;
        double tt = 0;
        double v = 0;
        double tv = 0;
        for (int i = 1; i <= length; i++) {
            t += i;
            tt += (double) i * i;
            v += y[i - 1];
            tv += i * y[i - 1];
        }
        double slope = (length * tv - t * v) / (length * tt - t * t);
        return new double[] {(v - slope * t) / length, slope};
    }

    /** Of a line with a little noise it sees the slope; of noise around a level it says the level. */
    @Test
    void dynamicThetaFindsHowMuchOfTheLineToTrust() {
        Random random = new Random(4);
        double[] rising = new double[80];
        double[] level = new double[80];
        Arrays.setAll(rising, t -> 5 + 3 * t + random.nextGaussian());
        Arrays.setAll(level, t -> 40 + random.nextGaussian());

        assertThat(new DynamicTheta().forecast(rising, 80, 10)[9]).isCloseTo(5 + 3 * 89, within(8.0));
        assertThat(new DynamicTheta().forecast(level, 80, 10)[9]).isCloseTo(40, within(1.0));
    }
}
