package dev.namaskar.series.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.evaluate.Metrics;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    static Path shared(String file) {
        Path path = Path.of(System.getProperty("shared.dir", "../shared"), "data", "series", file);
        assumeTrue(Files.exists(path), () -> path + " is absent: nothing to compare with");
        return path;
    }

    @Test
    void seasonalNaiveRepeatsTheLastWholeSeason() {
        double[] values = {1, 2, 3, 4, 5, 6, 7};
        assertThat(new SeasonalNaive(3).forecast(values, 7, 8)).containsExactly(5, 6, 7, 5, 6, 7, 5, 6);
        assertThat(new SeasonalNaive(3).forecast(values, 6, 2)).containsExactly(4, 5);
        assertThat(new Naive().forecast(values, 5, 2)).containsExactly(5, 5);
        assertThat(new Drift().forecast(values, 7, 2)).containsExactly(8, 9);
    }

    @Test
    void thetaFollowsHalfTheTrendOfALine() {
        double[] line = new double[40];
        for (int t = 0; t < 40; t++) {
            line[t] = 5 + 2 * t;
        }
        double[] forecast = new Theta(1).forecast(line, 40, 3);

        assertThat(forecast[0]).isCloseTo(84, within(0.01));
        assertThat(forecast[2] - forecast[0]).isCloseTo(2, within(1e-9));
    }

    @Test
    void agreesWithThePublishedScoresOnM4Hourly() throws IOException {
        List<Series> train = TableReader.read(shared("M4-Hourly-train.csv"), TableFormat.AUTO)
                .series();
        List<Series> test =
                TableReader.read(shared("M4-Hourly-test.csv"), TableFormat.AUTO).series();
        List<String> lines = Files.readAllLines(shared("M4-reference-scores.csv"));
        assertThat(train).hasSize(414);

        List<Outcome> naive2 = outcomes(new Naive2(24), train, test);
        for (var expected : Map.of("Naive", new Naive(), "sNaive", new SeasonalNaive(24), "Naive2", new Naive2(24))
                .entrySet()) {
            double[] scores = scores(lines, expected.getKey());
            List<Outcome> outcomes = outcomes(expected.getValue(), train, test);

            assertThat(Metrics.SMAPE.of(outcomes)).as(expected.getKey()).isCloseTo(scores[0], within(6e-4));
            assertThat(Metrics.MASE.of(outcomes)).as(expected.getKey()).isCloseTo(scores[1], within(6e-4));
            assertThat(Metrics.owa(outcomes, naive2)).as(expected.getKey()).isCloseTo(scores[2], within(6e-4));
        }
        // The initial level of the smoothing is the first value here and fitted in M4's code.
        double[] theta = scores(lines, "Theta");
        List<Outcome> outcomes = outcomes(new Theta(24), train, test);
        assertThat(Metrics.SMAPE.of(outcomes)).isCloseTo(theta[0], within(0.05));
        assertThat(Metrics.MASE.of(outcomes)).isCloseTo(theta[1], within(0.02));
    }

    private static double[] scores(List<String> lines, String method) {
        String[] cells = lines.stream()
                .filter(l -> l.startsWith(method + ","))
                .findFirst()
                .orElseThrow()
                .split(",", -1);
        return new double[] {Double.parseDouble(cells[1]), Double.parseDouble(cells[2]), Double.parseDouble(cells[3])};
    }

    private static List<Outcome> outcomes(LocalMethod method, List<Series> train, List<Series> test) {
        List<Outcome> outcomes = new ArrayList<>();
        double[] none = new double[0];
        for (int i = 0; i < train.size(); i++) {
            Series history = train.get(i);
            double[] point = method.forecast(history.values(), history.length(), 48);
            Forecast forecast = new Forecast(history.id(), new long[48], point, none, new double[0][], new double[0][]);
            outcomes.add(new Outcome(forecast, test.get(i).values(), Outcome.scale(history, 24)));
        }
        return outcomes;
    }
}
