package dev.namaskar.series.table.layout;

import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.NumericTimes;
import dev.namaskar.series.notation.TimeParser;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.heading.HeadingRun;
import dev.namaskar.series.table.time.FrequencyDetector;
import dev.namaskar.series.table.time.TimeSurvey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The times that the names of columns say; none where values are merely counted. */
final class ColumnTimes {
    private final @Nullable HeadingRun run;
    private final long[] times;

    /** @param span the columns of values */
    ColumnTimes(ValueSpan span, List<String> names, TableFormat format) {
        HeadingRun run = span.run();
        this.run = run != null && run.kind() != HeadingRun.Kind.SERIAL ? run : null;
        this.times = this.run == null ? new long[0] : times(this.run, names.subList(span.from(), span.to()), format);
    }

    private static long[] times(HeadingRun run, List<String> names, TableFormat format) {
        TimeParser parser = run.kind() == HeadingRun.Kind.DATES ? parser(names, format) : null;
        Frequency year = new Frequency(Frequency.Unit.MONTH, 12);
        long[] times = new long[names.size()];
        for (int i = 0; i < times.length; i++) {
            String column = names.get(i);
            times[i] = parser != null && parser.isClock()
                    ? (long) parser.parse(HeadingRun.date(column))
                    : run.kind() == HeadingRun.Kind.YEARS
                            ? NumericTimes.time((double) run.time(column), year)
                            : run.time(column);
        }
        return times;
    }

    private static TimeParser parser(List<String> names, TableFormat format) {
        TimeSurvey survey = new TimeSurvey(names.get(0) + " to " + names.get(names.size() - 1));
        names.forEach(name -> survey.see(HeadingRun.date(name)));
        return survey.settle(format.times().format(), format.frequency());
    }

    /** Whether values are merely counted. */
    boolean isNone() {
        return run == null;
    }

    /** Whether the names are dates or years. */
    boolean isDated() {
        return run != null && (run.kind() == HeadingRun.Kind.YEARS || run.kind() == HeadingRun.Kind.DATES);
    }

    /** The time of a value, counted from the first column. */
    long at(int value) {
        return times[value];
    }

    /** The step between dates. */
    Frequency frequency() {
        long[] ascending = Arrays.stream(times).sorted().toArray();
        return FrequencyDetector.clock(List.of(ascending), false).orElseThrow();
    }
}
