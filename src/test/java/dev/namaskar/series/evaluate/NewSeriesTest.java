package dev.namaskar.series.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.table.StaticInput;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Series of nothing but what is said of them. */
class NewSeriesTest {
    private static final double[] LEVELS = {0.8, 0.95};

    /** Six series of two kinds, of which the first ends early, and two that have not begun. */
    private static Table table() throws IOException {
        StringBuilder text = new StringBuilder("item,kind,size,date,sold\n");
        for (int i = 0; i < 8; i++) {
            String kind = i % 2 == 0 ? "food" : "toys";
            for (int d = 0; d < 30; d++) {
                boolean blank = i >= 6 || (i == 0 && d >= 20);
                text.append("I" + i + "," + kind + "," + 10.5 * i + ","
                        + LocalDate.of(2024, 1, 1).plusDays(d) + "," + (blank ? "" : 100 * (i % 2) + i + d % 3) + "\n");
            }
        }
        return TableReader.read(
                new StringReader(text.toString()),
                "t.csv",
                TableFormat.AUTO.group("item").statics("kind", "size"));
    }

    private static Forecast forecast(Series series, double point, double width) {
        double[][] lower = {
            {point - 1.2816 * width, point - 1.2816 * width}, {point - 1.96 * width, point - 1.96 * width}
        };
        double[][] upper = {
            {point + 1.2816 * width, point + 1.2816 * width}, {point + 1.96 * width, point + 1.96 * width}
        };
        long[] times = {series.time(series.length()), series.time(series.length() + 1)};
        return new Forecast(series.id(), series.frequency(), times, new double[] {point, point}, LEVELS, lower, upper);
    }

    private static List<Forecast> forecasts(Table table) {
        List<Forecast> forecasts = new ArrayList<>();
        for (int i = 0; i < table.series().size(); i++) {
            forecasts.add(forecast(table.series().get(i), i % 2 == 0 ? 20 + 10 * i : 200 + i, 4));
        }
        return forecasts;
    }

    private static ForecastSpec reading(Table table, String... columns) {
        return ForecastSpec.of(2).statics(StaticInput.fit(table.series(), List.of(columns), false));
    }

    @Test
    void tablesKeepSeriesWithoutValuesApart() throws IOException {
        Table table = table();
        assertThat(table.series()).extracting(Series::id).containsExactly("I0", "I1", "I2", "I3", "I4", "I5");
        assertThat(table.beginning()).extracting(Series::id).containsExactly("I6", "I7");
        assertThat(table.beginning().get(1).labels()).containsEntry("kind", "toys");
        assertThat(table.notes()).anyMatch(note -> note.contains("\"I6\" has no values"));
    }

    /** The like are those of its kind, or those of nearly its size; those that ended earlier are not asked. */
    @Test
    void goesOnAsThoseThatAreAlike() throws IOException {
        Table table = table();
        List<Forecast> all = forecasts(table);
        List<Forecast> byKind = NewSeries.forecasts(reading(table, "kind"), table, all);
        assertThat(byKind).extracting(Forecast::series).containsExactly("I6", "I7");
        assertThat(byKind.get(1).point()[0]).isCloseTo(203, within(0.2));
        assertThat(byKind.get(1).times()).isEqualTo(all.get(1).times());
        // Three of the other kind are as near as each other: two of its own kind are too few to speak alone.
        assertThat(byKind.get(0).upper()[1][0]).isGreaterThan(200);
        List<Forecast> bySize = NewSeries.forecasts(reading(table, "size"), table, all);
        List<Double> near = List.of(203.0, 60.0, 205.0);
        assertThat(bySize.get(0).lower()[0][0]).isLessThan(near.get(1));
        assertThat(bySize.get(0).point()[0]).isBetween(195.0, 203.0);
        assertThat(NewSeries.forecasts(ForecastSpec.of(2), table, all)).isEmpty();
    }

    /** A mixture of one and the same distribution is it; of distributions apart it reaches over all of them. */
    @Test
    void mixesWholeDistributions() throws IOException {
        Table table = table();
        List<Forecast> same =
                table.series().stream().map(s -> forecast(s, 50, 3)).toList();
        Forecast one = NewSeries.forecasts(reading(table, "kind"), table, same).get(1);
        for (int l = 0; l < 2; l++) {
            double z = l == 0 ? 1.2816 : 1.96;
            assertThat(one.lower()[l][1]).isCloseTo(50 - 3 * z, within(0.1));
            assertThat(one.upper()[l][1]).isCloseTo(50 + 3 * z, within(0.1));
        }
        List<Forecast> apart = new ArrayList<>(forecasts(table));
        Arrays.asList(1, 3, 5).forEach(i -> apart.set(i, forecast(table.series().get(i), 100 * i, 1)));
        Forecast wide =
                NewSeries.forecasts(reading(table, "kind"), table, apart).get(1);
        assertThat(wide.point()[0]).isCloseTo(300, within(0.1));
        assertThat(wide.lower()[0][0]).isCloseTo(100, within(2.0));
        assertThat(wide.upper()[0][0]).isCloseTo(500, within(2.0));
    }
}
