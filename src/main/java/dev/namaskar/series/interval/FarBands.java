package dev.namaskar.series.interval;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.Warnings;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Says where intervals leave all that a series has ever been by far: a reader should know before he believes them. */
public final class FarBands {
    /** An interval is far out when it ends beyond what was seen by more than so many times the range of what was seen. */
    private static final double FAR = 2;

    /** Less than this share of a value is as good as nothing. */
    private static final double NOTHING = 1e-3;

    private FarBands() {}

    /**
     * One sentence for each series whose widest interval goes too far, the first few of them, and one for the rest.
     *
     * @param forecasts of the same series, in the same order
     */
    public static List<String> warnings(List<Series> histories, List<Forecast> forecasts) {
        return Warnings.firstFew(
                IntStream.range(0, histories.size()).mapToObj(i -> warning(histories.get(i), forecasts.get(i))),
                further -> "intervals of " + further + " more series reach as far");
    }

    private static String warning(Series history, Forecast forecast) {
        int widest = forecast.levels().length - 1;
        if (widest < 0) {
            return "";
        }
        Spread spread = Spread.of(history.values(), history.length(), 1);
        double size = Math.max(Math.abs(spread.least()), Math.abs(spread.most()));
        double room = Math.max(FAR * (spread.most() - spread.least()), NOTHING * size);
        for (int h = 0; h < forecast.horizon(); h++) {
            double low = forecast.lower()[widest][h];
            double high = forecast.upper()[widest][h];
            if (low < spread.least() - room || high > spread.most() + room) {
                return String.format(
                        Locale.ROOT,
                        "series \"%s\": the interval of %s %% of step %d, %.4g to %.4g, leaves all that the series has"
                                + " ever been, %.4g to %.4g, by more than twice that range",
                        history.id(),
                        Levels.percent(forecast.levels()[widest]),
                        h + 1,
                        low,
                        high,
                        spread.least(),
                        spread.most());
            }
        }
        return "";
    }
}
