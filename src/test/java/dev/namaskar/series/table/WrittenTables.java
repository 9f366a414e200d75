package dev.namaskar.series.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables written out in tests: their rows, and what reading them gives. */
final class WrittenTables {
    private WrittenTables() {}

    static Table read(String text) {
        return read(text, TableFormat.AUTO);
    }

    static Table read(String text, TableFormat format) {
        try {
            return TableReader.read(new StringReader(text), "t.csv", format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void refused(String text, String... words) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(TableException.class).hasMessageContainingAll(words);
    }

    /** Values that go up and down and end in a tenth. */
    static double value(int i) {
        return 100 + i * 37 % 19 + i % 10 / 10.0;
    }

    /** A line for each number below the count. */
    static String rows(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(i -> row.apply(i) + "\n").collect(Collectors.joining());
    }

    /** These values and no others. */
    static void holds(Series series, int count) {
        assertThat(series.length()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(series.raw()[i]).isCloseTo(value(i), within(1e-9));
        }
    }

    /** One series with these values and nothing else. */
    static Table holds(String text, int count, String step, String first) {
        Table table = read(text);
        assertThat(table.series()).hasSize(1);
        holds(table.series().get(0), count);
        assertThat(table.frequency().name()).isEqualTo(step);
        assertThat(table.text(table.series().get(0).time(0))).isEqualTo(first);
        return table;
    }
}
