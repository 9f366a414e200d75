package dev.namaskar.series.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.series.Fitting;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSettings;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.notation.Frequency;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolidaysTest {
    private static final Frequency DAY = Frequency.parse("day");

    private static long time(LocalDate day) {
        return Frequency.millis(day.atStartOfDay());
    }

    private static List<String> days(Holidays holidays) {
        return Arrays.stream(holidays.days())
                .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
                .toList();
    }

    /** As the laws say; Easter 2024 was on 31 March. */
    @Test
    void countriesAndTheirPartsHaveHolidaysOfTheirOwn() {
        assertThat(days(HolidayCalendar.of("de", 2024, 2024)))
                .containsExactly(
                        "2024-01-01",
                        "2024-03-29",
                        "2024-04-01",
                        "2024-05-01",
                        "2024-05-09",
                        "2024-05-20",
                        "2024-10-03",
                        "2024-12-25",
                        "2024-12-26");
        assertThat(days(HolidayCalendar.of("DE-BY", 2024, 2024)))
                .contains("2024-01-06", "2024-05-30", "2024-11-01")
                .doesNotContain("2024-10-31");
        assertThat(days(HolidayCalendar.of("us", 2022, 2022))).contains("2022-07-04", "2022-11-24");
    }

    @ParameterizedTest
    @CsvSource({"XX, no holidays of \"XX\" are known", "DE-QQ, no part \"qq\" of", "'', no holidays of \"\" are known"})
    void whatIsNoRegionIsRefused(String region, String message) {
        assertThatThrownBy(() -> HolidayCalendar.of(region, 2024, 2024))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "day, 2024-12-25, 1",
        "day, 2024-12-24, 0",
        "business-day, 2024-12-26, 1",
        "hour, 2024-12-25, 1",
        "week, 2024-12-23, 2",
        "month, 2024-05-01, 3",
        "month, 2024-05-31, 3",
        "quarter, 2024-04-01, 4",
        "quarter, 2024-06-30, 4",
        "year, 2024-01-01, 9",
        "year, 2024-12-31, 9",
    })
    void aStepHasTheHolidaysOfItsDays(String step, LocalDate day, int expected) {
        Holidays german = HolidayCalendar.of("DE", 2023, 2025);
        assertThat(german.during(Frequency.parse(step), time(day))).isEqualTo(expected);
        assertThat(german.during(Frequency.parse("hour"), time(day) + 23 * 3_600_000L))
                .isEqualTo(german.during(DAY, time(day)));
    }

    @Test
    void nothingIsGuessedBeyondTheSpan() {
        Holidays german = HolidayCalendar.of("DE", 2023, 2023);
        for (LocalDate day : List.of(LocalDate.of(2022, 12, 31), LocalDate.of(2024, 1, 1))) {
            assertThatThrownBy(() -> german.during(DAY, time(day)))
                    .hasMessageContaining("the holidays of DE are known from 2023-01-01 to 2023-12-31")
                    .hasMessageContaining(day.toString());
        }
    }

    /** Days that sell half on holidays. */
    private static Series shop(LocalDate from, int days, long seed) {
        Holidays holidays = HolidayCalendar.of("DE", from.getYear(), from.getYear() + 3 + days / 365);
        Random random = new Random(seed);
        long[] times = new long[days];
        double[] values = new double[days];
        for (int t = 0; t < days; t++) {
            times[t] = time(from.plusDays(t));
            double usual = 100 + 10 * Math.sin(2 * Math.PI * t / 7) + random.nextGaussian();
            values[t] = holidays.during(DAY, times[t]) > 0 ? usual / 2 : usual;
        }
        return new Series("shop", DAY, times, values, new double[0][], new double[0][]);
    }

    private static SeriesModel train(Series series, String holidays) {
        ForecastSettings settings = ForecastSettings.of(3)
                .season(7)
                .starts("7")
                .transform("level")
                .context(14)
                .recurrent("gru", 16, 1, 0)
                .holidays(holidays);
        return SeriesTraining.of(
                        settings, Fitting.of(2500, 3).calibration(0, null).threads(1))
                .on(Table.of(series));
    }

    @Test
    void aForecastKnowsTheNextHolidayAndItsFileDoes(@TempDir Path folder) throws IOException {
        // Ends on 2023-04-29, before the first of May.
        Series series = shop(LocalDate.of(2018, 1, 1), 1945, 5);
        assertThat(series.time(series.length() - 1)).isEqualTo(time(LocalDate.of(2023, 4, 29)));
        SeriesModel model = train(series, "DE");
        Forecast knowing = model.forecast(Table.of(series)).get(0);
        Forecast blind = train(series, "").forecast(Table.of(series)).get(0);
        assertThat(knowing.point()[1]).isBetween(35.0, 72.0);
        assertThat(blind.point()[1]).isGreaterThan(80);
        assertThat(knowing.point()[2]).isGreaterThan(80);

        model.write(folder.resolve("m.safetensors"));
        SeriesModel again = SeriesModel.read(folder.resolve("m.safetensors"));
        assertThat(again.spec()).isEqualTo(model.spec());
        assertThat(again.forecast(series, 3, again.spec().levels()).point()).containsExactly(knowing.point());

        Series late = shop(LocalDate.of(2037, 1, 1), 725, 5);
        assertThat(again.forecast(late, 3, again.spec().levels()).horizon()).isEqualTo(3);
        Series tooLate = shop(LocalDate.of(2038, 6, 1), 725, 5);
        assertThatThrownBy(() -> again.forecast(tooLate, 3, again.spec().levels()))
                .hasMessageContaining("series \"shop\": the holidays of DE are known from 2018-01-01 to 2038-12-31");
    }

    @Test
    void holidaysNeedDates() {
        assertThatThrownBy(() -> train(Series.of("s", new double[300]), "DE"))
                .hasMessageContaining("holidays need dates, found times counted by row");
    }
}
