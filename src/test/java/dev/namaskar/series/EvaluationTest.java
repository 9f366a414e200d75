package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.evaluate.Evaluation;
import dev.namaskar.series.evaluate.ForecastInput;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What came is matched with the history that it follows, and nothing is left out without a word. */
class EvaluationTest {
    private static final int HORIZON = 4;
    private static final TableFormat KEEPING_BLANKS = TableFormat.AUTO
            .frequency("month")
            .policies(new Policies(
                    Policies.Duplicates.ERROR,
                    Policies.Disorder.ERROR,
                    Policies.Gaps.ERROR,
                    Policies.Blanks.MISSING,
                    Policies.NonNumeric.ERROR));

    private static Table read(String text) throws IOException {
        return TableReader.read(new StringReader(text), "t", KEEPING_BLANKS);
    }

    /** Months from one on, their values in order. */
    private static String months(int year, String... values) {
        StringBuilder text = new StringBuilder("time,value\n");
        for (int i = 0; i < values.length; i++) {
            text.append(year + i / 12)
                    .append(i % 12 < 9 ? "-0" : "-")
                    .append(1 + i % 12)
                    .append(",")
                    .append(values[i])
                    .append("\n");
        }
        return text.toString();
    }

    /** The history of {@link SeriesFileTest} ends with 2020-12. */
    private static Evaluation evaluate(String future) throws IOException {
        return Evaluation.of(SeriesFileTest.stored(1).model(), SeriesFileTest.table(), read(future), 12);
    }

    /** A history in parts of one and actual values in percent are not of one kind: at least it is said. */
    @Test
    void saysWhatWasDoneToReadTheActualValuesAlone() throws IOException {
        assertThat(evaluate(months(2021, "17%", "18%", "19%", "20%")).notes())
                .contains("actual values alone: percent signs are left out: 5% is 5");
        assertThat(evaluate(months(2021, "17", "18", "19", "20")).notes())
                .noneMatch(note -> note.startsWith("actual values alone"));
    }

    @Test
    void leavesOutSeriesThatAreShorterThanTheModelNeeds() throws IOException {
        SeriesModel model = SeriesFileTest.stored(1).model();
        Series whole = SeriesFileTest.table().series().get(0);
        Series tooShort = Series.of("new", 1, 2);
        List<String> notes = new ArrayList<>();
        Table both = Table.of(whole, tooShort);
        assertThat(ForecastInput.longEnough(model, both, notes::add).series()).containsExactly(whole);
        assertThat(notes)
                .containsExactly("1 series not forecast, for the model needs "
                        + model.spec().shortest() + " values of history: new");
        // Nothing else to forecast: what is wrong is said by the forecast itself.
        Table alone = Table.of(tooShort);
        assertThat(ForecastInput.longEnough(model, alone, notes::add)).isSameAs(alone);
        assertThat(notes).hasSize(1);
    }

    @Test
    void scoresTheStepsThatFollow() throws IOException {
        Evaluation all = evaluate(months(2021, "17", "18", "19", "20"));
        Forecast forecast = SeriesFileTest.stored(1)
                .model()
                .forecast(SeriesFileTest.table().series().get(0), HORIZON, new double[] {0.8});
        double mae = IntStream.range(0, HORIZON)
                .mapToDouble(h -> Math.abs(17 + h - forecast.point()[h]))
                .average()
                .orElseThrow();
        assertThat(all.scores().get("mae")).isCloseTo(mae, within(1e-9));
        assertThat(all.notes()).isEmpty();
        assertThat(all.baselines()).containsKeys("naive", "seasonal_naive", "theta");
        double lastValue = SeriesFileTest.table().series().get(0).value(71);
        double naive = IntStream.range(0, HORIZON)
                .mapToDouble(h -> Math.abs(17 + h - lastValue))
                .average()
                .orElseThrow();
        assertThat(all.scores("naive").get("mae")).isCloseTo(naive, within(1e-9));
    }

    @Test
    void matchesByTimeAndSaysWhatIsUnused() throws IOException {
        Evaluation exact = evaluate(months(2021, "17", "18", "19", "20"));
        Evaluation more = evaluate(months(
                2020,
                IntStream.range(0, 30).mapToObj(i -> "" + (i < 12 ? 99 : 5 + i)).toArray(String[]::new)));
        assertThat(more.scores()).isEqualTo(exact.scores());
        assertThat(more.notes())
                .singleElement()
                .asString()
                .contains("14 actual values beyond the horizon of 4 are unused");
    }

    @Test
    void missingActualValuesAreCountedAndScoredNowhere() throws IOException {
        Map<String, Double> last = evaluate(months(2021, "17", "", "NA", "20")).scores();
        Evaluation evaluation = evaluate(months(2021, "17", "", "NA", "20"));
        assertThat(evaluation.notes()).singleElement().asString().startsWith("2 of the actual values are missing");
        Forecast forecast = SeriesFileTest.stored(1)
                .model()
                .forecast(SeriesFileTest.table().series().get(0), HORIZON, new double[] {0.8});
        assertThat(last.get("mae"))
                .isCloseTo((Math.abs(17 - forecast.point()[0]) + Math.abs(20 - forecast.point()[3])) / 2, within(1e-9));
        assertThat(evaluate(months(2021, "17", "18")).notes())
                .singleElement()
                .asString()
                .startsWith("2 of the actual");
    }

    @Test
    void refusesWhatDoesNotFollow() {
        for (int year : List.of(2022, 2030, 2019, 1980)) {
            assertThatThrownBy(() -> evaluate(months(year, "17", "18", "19", "20")))
                    .hasMessageContaining(
                            "do not follow the history (which ends at 2020-12-01 where the actual values are from "
                                    + year)
                    .hasMessageContaining("give the values of the steps that follow");
        }
    }

    @Test
    void namesSeriesThatAreLeftOutAndWhy() throws IOException {
        SeriesModel model = SeriesFileTest.stored(1).model();
        StringBuilder past = new StringBuilder("id,time,v\n");
        StringBuilder came = new StringBuilder("id,time,v\n");
        for (String id : List.of("waves", "flat", "short", "gone")) {
            for (int i = id.equals("short") ? 66 : 0; i < 72; i++) {
                past.append(id)
                        .append(",")
                        .append(2015 + i / 12)
                        .append("-")
                        .append(String.format("%02d", 1 + i % 12))
                        .append(",")
                        .append(id.equals("flat") ? 5 : 10 + i % 7)
                        .append("\n");
            }
            for (int i = 0; i < HORIZON && !id.equals("gone"); i++) {
                came.append(id).append(",2021-0").append(i + 1).append(",7\n");
            }
        }
        came.append("new,2021-01,5\n");
        Evaluation evaluation = Evaluation.of(model, read(past.toString()), read(came.toString()), 12);
        assertThat(evaluation.scores()).containsEntry("series", 2.0);
        assertThat(evaluation.notes())
                .anyMatch(n -> n.startsWith("1 series of the history are absent") && n.endsWith(": gone"))
                .anyMatch(n -> n.startsWith("1 series left out, for the model needs") && n.endsWith(": short"))
                .anyMatch(n -> n.startsWith("1 series left out of scaled scores") && n.endsWith(": flat"))
                .anyMatch(n -> n.startsWith("1 series of the actual values have no history") && n.endsWith(": new"));
    }
}
