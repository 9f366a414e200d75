package dev.namaskar.series.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.exchange.onnx.OnnxForecaster;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticInputTest {
    private static Table read(String text, TableFormat format) {
        try {
            return TableReader.read(new StringReader(text), "t.csv", format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String longTable(String... kinds) {
        StringBuilder text = new StringBuilder("shop,date,kind,size,sales\n");
        for (int i = 0; i < 40; i++) {
            String shop = i < 20 ? "a" : "b";
            text.append(shop)
                    .append(',')
                    .append(LocalDate.of(2024, 1, 1).plusDays(i % 20))
                    .append(',');
            text.append(kinds[i % kinds.length == 0 && kinds.length > 2 ? 2 : i / 20])
                    .append(',');
            text.append(i < 20 ? "1.5" : "").append(',').append(10 + i % 7).append('\n');
        }
        return text.toString();
    }

    @Test
    void columnsSayOneThingOfASeries() {
        Table table = read(longTable("food", "toys"), TableFormat.AUTO.statics("kind", "size"));
        assertThat(table.series()).extracting(Series::id).containsExactly("a", "b");
        assertThat(table.statics()).containsExactly("kind", "size");
        assertThat(table.series("a").labels()).isEqualTo(Map.of("shop", "a", "kind", "food", "size", "1.5"));
        assertThat(table.series("b").labels()).isEqualTo(Map.of("shop", "b", "kind", "toys", "size", ""));
        assertThat(table.series("b").upTo(10).labels())
                .isEqualTo(table.series("b").labels());
        assertThat(TableFormat.fromMap(table.format().toMap())).isEqualTo(table.format());
        assertThatThrownBy(() -> read(longTable("food", "toys", "tea"), TableFormat.AUTO.statics("kind")))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("a static column says one thing of a whole series");
        assertThatThrownBy(() -> read(
                        longTable("food", "toys"),
                        TableFormat.AUTO.statics("sales").targets(List.of("sales"))))
                .hasMessageContaining("is static and has another part");
    }

    @Test
    void aRowASeriesHasThemBeforeItsValues() {
        StringBuilder text = new StringBuilder("id,cat,d_1,d_2,d_3,d_4,d_5,d_6\n");
        IntStream.range(0, 6).forEach(r -> text.append("i" + r + ",c" + r % 2 + ",1,2,3,4,5," + r + "\n"));
        Table table = read(text.toString(), TableFormat.AUTO.statics("cat"));
        assertThat(table.series("i3").labels()).containsEntry("cat", "c1");
        assertThatThrownBy(() -> read(text.toString(), TableFormat.AUTO.statics("d_3")))
                .hasMessageContaining("stand before its values");
        assertThatThrownBy(() -> read("date,a,b\n2024-01-01,1,2\n2024-01-02,2,3\n", TableFormat.AUTO.statics("b")))
                .hasMessageContaining("need a long table");
    }

    private static List<Series> labelled(String column, String... cells) {
        return IntStream.range(0, cells.length)
                .mapToObj(i -> Series.of("s" + i, 1, 2).labelled(Map.of(column, cells[i])))
                .toList();
    }

    @Test
    void wordsAndFewNumbersAreCategoriesAndOthersAreScaled() {
        StaticInput kind = StaticInput.fit(labelled("kind", "toys", "food", "toys", ""), List.of("kind"), false)
                .get(0);
        assertThat(kind.categories()).containsExactly("food", "toys");
        float[] to = new float[4];
        kind.write(Series.of("x", 1).labelled(Map.of("kind", "toys")), to, 1);
        kind.write(Series.of("x", 1).labelled(Map.of("kind", "tea")), to, 2);
        assertThat(to).containsExactly(0, 0, 1, 0);

        StaticInput size = StaticInput.fit(labelled("size", "1.5", "2.5", "6.5"), List.of("size"), false)
                .get(0);
        assertThat(size.width()).isEqualTo(1);
        size.write(Series.of("x", 1).labelled(Map.of("size", "3.5")), to, 0);
        assertThat(to[0]).isZero();
        assertThat(size.knows(Series.of("x", 1).labelled(Map.of("size", "")))).isFalse();
        assertThatThrownBy(() -> size.check(Series.of("x", 1))).hasMessageContaining("expected the static column");
        assertThat(StaticInput.fit(labelled("k", "1", "2", "10"), List.of("k"), false)
                        .get(0)
                        .categories())
                .containsExactly("1", "10", "2");
        String[] many = IntStream.range(0, 1200).mapToObj(i -> "c" + i).toArray(String[]::new);
        assertThatThrownBy(() -> StaticInput.fit(labelled("k", many), List.of("k"), false))
                .hasMessageContaining("at most 1000 categories");
    }

    /** Of a value alone nobody can tell whether the next has its sign: here the kind of the series says so. */
    private static List<Series> persistentAndContrary(long seed) {
        Random random = new Random(seed);
        List<Series> all = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            double[] values = new double[200];
            double factor = s % 2 == 0 ? 0.95 : -0.95;
            for (int t = 1; t < values.length; t++) {
                values[t] = factor * values[t - 1] + 0.3 * random.nextGaussian();
            }
            all.add(Series.of("s" + s, values).labelled(Map.of("kind", s % 2 == 0 ? "persistent" : "contrary")));
        }
        return all;
    }

    private static SeriesModel trained(List<Series> series, List<String> columns, boolean each) {
        ForecastSpec spec = ForecastSpec.of(1)
                .context(1)
                .lags(1)
                .transform("none")
                .recurrent("gru", 12, 1, 0)
                .statics(StaticInput.fit(series, columns, each));
        return new NetworkForecaster(spec, Fitting.of(1500, 3).threads(1).calibration(0, null)).fit(series);
    }

    private static double error(SeriesModel model, List<Series> series) {
        double sum = 0;
        int count = 0;
        for (Series one : series) {
            for (int t = 100; t < one.length(); t++) {
                Forecast forecast = model.forecast(one.upTo(t), 1, new double[] {0.8});
                sum += Math.abs(forecast.point()[0] - one.value(t));
                count++;
            }
        }
        return sum / count;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsSaidOfASeriesIsLearned(boolean each, @TempDir Path folder) throws IOException {
        List<Series> series = persistentAndContrary(1);
        List<Series> later = persistentAndContrary(2);
        SeriesModel blind = trained(series, List.of(), false);
        SeriesModel told = trained(series, each ? List.of() : List.of("kind"), each);
        assertThat(error(told, later)).isLessThan(0.45 * error(blind, later));

        told.write(folder.resolve("m.safetensors"));
        SeriesModel again = SeriesModel.read(folder.resolve("m.safetensors"));
        double[] level = {0.8};
        for (Series one : later) {
            assertThat(again.forecast(one, 1, level).point())
                    .containsExactly(told.forecast(one, 1, level).point());
        }
        Series other = Series.of("new", later.get(1).values()).labelled(Map.of("kind", "strange"));
        assertThat(told.unknown(List.of(later.get(0), other)))
                .singleElement()
                .asString()
                .contains("training did not see")
                .contains("1 of 2 series: new");
        assertThat(told.unknown(later)).isEmpty();
        assertThat(Double.isFinite(again.forecast(other, 1, level).point()[0])).isTrue();
        if (!each) {
            assertThatThrownBy(() -> again.forecast(Series.of("new", 1, 2, 3), 1, level))
                    .hasMessageContaining("series \"new\": expected the static column \"kind\"");
        }
        assertThatThrownBy(() -> OnnxForecaster.write(
                        folder.resolve("m.onnx"), SeriesFile.read(folder.resolve("m.safetensors"))))
                .hasMessageContaining("static columns");
    }

    /** Sizes as tables write them, and the rows of a long table or a row a series with them. */
    private static String sized(boolean rows, String delimiter, String decimal, List<String> sizes) {
        StringBuilder text = new StringBuilder(rows ? "shop;size" : "shop;size;date;sold\n");
        for (int d = 0; rows && d < 8; d++) {
            text.append(';').append(LocalDate.of(2024, 1, 1).plusDays(d));
        }
        for (int s = 0; s < sizes.size(); s++) {
            text.append(rows ? "\ns" + s + ";" + sizes.get(s) : "");
            for (int d = 0; d < 8; d++) {
                String value = (s + 1) + "." + (d + 1) + "5";
                text.append(
                        rows
                                ? ";" + value
                                : "s" + s + ";" + sizes.get(s) + ";"
                                        + LocalDate.of(2024, 1, 1).plusDays(d) + ";" + value + "\n");
            }
        }
        return text.toString().replace(".", decimal).replace(";", delimiter.equals("tab") ? "\t" : delimiter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "; | . | 12.5 33.25 1200.5",
                "; | , | 12.5 33.25 1200.5",
                "tab | , | 12.5 33.25 1200.5",
                "; | . | $12.5 $33.25 $1,200.5",
                "; | . | 12.5% 33.25% 1200.5%",
                "; | . | 12.5_km 33.25_km 1200.5_km",
                "; | . | 12.50 33.250 1,200.50",
            })
    void numbersOfStaticColumnsAreReadAsThoseOfTheValues(String delimiter, String decimal, String sizes) {
        List<String> written = List.of(sizes.replace("_km", "\u00a0km").split(" "));
        for (boolean rows : new boolean[] {false, true}) {
            Table table = read(
                    sized(rows, delimiter, decimal, written),
                    TableFormat.AUTO.group("shop").statics("size"));
            assertThat(table.series())
                    .as("rows: %s", rows)
                    .extracting(s -> s.labels().get("size"))
                    .containsExactly("12.5", "33.25", "1200.5");
            assertThat(StaticInput.fit(table.series(), table.statics(), false)
                            .get(0)
                            .text())
                    .isEqualTo("\"size\" a number");
        }
    }

    @Test
    void codesOfStaticColumnsStayAsTheyStand() {
        for (List<String> codes : List.of(
                List.of("007", "7", "08"),
                List.of("123456789012345678", "123456789012345679", "1"),
                List.of("a", "1.50", "b"))) {
            Table table = read(
                    sized(false, ";", ".", codes),
                    TableFormat.AUTO.group("shop").statics("size"));
            assertThat(table.series()).extracting(s -> s.labels().get("size")).containsExactlyElementsOf(codes);
        }
        Table floats = read(
                sized(false, ";", ".", List.of("1.0", "2.0", "1.0")),
                TableFormat.AUTO.group("shop").statics("size"));
        assertThat(floats.series()).extracting(s -> s.labels().get("size")).containsExactly("1", "2", "1");
        assertThatThrownBy(() -> read(
                        sized(false, ";", ".", List.of("5 kg", "5 mm", "7 kg")),
                        TableFormat.AUTO.group("shop").statics("size")))
                .hasMessageContaining("column \"size\": numbers are in different units (kg, mm)");
    }

    @Test
    void staticColumnsMayBeGivenByTheirPlaceAndOnce() {
        String text = longTable("food", "toys");
        Table table = read(
                text, TableFormat.AUTO.group("shop").targets(List.of("sales")).statics("#3"));
        assertThat(table.statics()).containsExactly("kind");
        assertThat(StaticInput.fit(table.series(), table.statics(), false)
                        .get(0)
                        .text())
                .isEqualTo("\"kind\" of 2 categories");
        assertThatThrownBy(() -> read(text, TableFormat.AUTO.group("shop").statics("kind", "#3")))
                .hasMessageContaining("column \"#3\" is given twice in `static`");
        StaticInput twins = StaticInput.fit(labelled("k", "North", "south", "north"), List.of("k"), false)
                .get(0);
        assertThat(twins.text()).isEqualTo("\"k\" of 3 categories ('North' and 'north' are two)");
    }

    /** Weights that saw one number alone, or none, have not learned what another would mean. */
    @ParameterizedTest
    @ValueSource(strings = {"", "12.5", "7"})
    void ofANumberThatNeverChangesAnotherIsReadAsNothing(String always) {
        StaticInput size = StaticInput.fit(labelled("size", always, always, always), List.of("size"), false)
                .get(0);
        Series other = Series.of("x", 1).labelled(Map.of("size", "1200.5"));
        float[] to = new float[size.width()];
        size.write(other, to, 0);
        assertThat(to).containsOnly(0);
        assertThat(size.knows(other)).isFalse();
        Frequency day = new Frequency(Frequency.Unit.DAY, 1);
        Series flat = Series.copyOf(
                "x", day, new long[] {1, 2, 3}, new double[] {5, 6}, new double[][] {{0, 0, 1}}, new double[][] {{4, 4}
                });
        Columns columns = Columns.fit(List.of(flat), 1, 1);
        assertThat(columns.scaled(0, flat.known(0, 2))).isCloseTo(0, within(1e-20f));
        assertThat(columns.scaled(1, 1000)).isCloseTo(0, within(1e-20f));
    }

    @Test
    void whatIsNotKnownOfSeriesThatHaveNotBegunIsSaid() {
        List<Series> series = persistentAndContrary(1);
        ForecastSpec spec = ForecastSpec.of(1)
                .context(1)
                .lags(1)
                .recurrent("gru", 2, 1, 0)
                .statics(StaticInput.fit(series, List.of("kind"), false));
        SeriesModel model =
                new NetworkForecaster(spec, Fitting.of(2, 3).threads(1).calibration(0, null)).fit(series);
        Table made = Table.of(series.toArray(Series[]::new));
        Series begins = Series.of("new").labelled(Map.of("kind", "strange"));
        Table table = new Table(
                made.series(),
                made.frequency(),
                false,
                false,
                List.of(),
                List.of(),
                List.of(),
                made.format(),
                List.of(begins));
        assertThat(model.unknown(table)).singleElement().asString().contains("1 of 5 series: new");
    }

    /** Two columns that changed places would be read one for the other, and nothing would show it. */
    @Test
    void columnsInAnotherOrderThanTheModelsAreRefused() {
        String text = "date,sold,price,promo,temp,wind\n"
                + IntStream.range(0, 60)
                        .mapToObj(i -> LocalDate.of(2024, 1, 1).plusDays(i) + "," + (i < 58 ? "" + (10 + i % 7) : "")
                                + "," + (i % 5) + ".5," + i % 2 + "," + i % 3 + "," + i % 4 + "\n")
                        .reduce("", String::concat);
        TableFormat format = TableFormat.AUTO.targets(List.of("sold"));
        Table table = read(text, format.covariates(List.of("price", "promo"), List.of("temp", "wind")));
        ForecastSpec spec = ForecastSpec.of(2)
                .context(4)
                .lags(7)
                .recurrent("gru", 2, 1, 0)
                .columns(table.known(), table.observed(), List.of());
        SeriesModel model = new NetworkForecaster(
                        spec, Fitting.of(2, 3).threads(1).calibration(0, null))
                .fit(table.series())
                .of(new SeriesModel.Source(table.format(), table.frequency()));
        assertThat(model.forecast(table)).hasSize(1);
        assertThatThrownBy(() -> model.forecast(
                        read(text, format.covariates(List.of("promo", "price"), List.of("temp", "wind")))))
                .hasMessageContaining("[price, promo] in this order, found [promo, price]")
                .hasMessageContaining("`known`");
        assertThatThrownBy(() -> model.forecast(
                        read(text, format.covariates(List.of("price", "promo"), List.of("wind", "temp")))))
                .hasMessageContaining("`observed`");
    }
}
