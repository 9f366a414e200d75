package dev.namaskar.series.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.calendar.HolidayCalendar;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBlockTest {
    /** Every value that the network reads belongs to one input, but the one that says what lies ahead. */
    @ParameterizedTest
    @CsvSource({"1, 11", "3, 24"})
    void inputsCoverWhatIsRead(int patch, int width) {
        ForecastSpec spec = ForecastSpec.of(5)
                .patch(patch)
                .context(12)
                .missing(true)
                .columns(List.of("a", "b"), List.of("c"), List.of(Calendar.WEEKDAY, Calendar.MONTH))
                .holidays(HolidayCalendar.of("DE", 2020, 2021));
        List<InputBlock> blocks = InputBlock.of(spec);
        assertThat(spec.network().inputWidth()).isEqualTo(width);
        assertThat(blocks.get(blocks.size() - 1).to()).isEqualTo(width - 1);
        assertThat(blocks)
                .extracting(InputBlock::name)
                .containsExactly("past values", "a", "b", "c", "weekday", "month", "holidays of DE");
    }
}
