package dev.namaskar.plot;

import dev.namaskar.series.Explanation;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.evaluate.Anomalies;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.evaluate.ScoredValue;
import dev.namaskar.series.notation.Frequency;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A series over time: its history, forecasts with their intervals, and actual values. */
public final class SeriesChart {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;
    /** No marker is drawn, but the legend sets lines as high as one: as high as the intervals' boxes. */
    private static final int LEGEND_ENTRY = 20;

    private static final int FOUND = 12;

    private static final long FEW_DAYS = 300;
    private static final long HOURS_ON_DAYS = 6;

    private final Appearance appearance;
    private final Series series;
    private final XYChart chart;

    /**
     * An empty chart.
     *
     * @param series the series, for its clock
     * @param title the headline
     * @param unit what the values are, for the axis
     */
    private SeriesChart(Series series, String title, String unit, Appearance appearance) {
        this.series = series;
        this.appearance = appearance;
        this.chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(timeTitle(series.frequency()))
                .yAxisTitle(unit)
                .build();
        style(chart.getStyler());
    }

    /**
     * History and forecast fan.
     *
     * @param shown how many of the history's last values to show
     * @param unit what the values are
     */
    public static Picture forecast(Series history, Forecast forecast, int shown, String unit, Appearance appearance) {
        return forecast(history, forecast, null, shown, unit, appearance);
    }

    /**
     * The same with what the forecast starts from, each with the share of trust that it has.
     *
     * @param why an explanation of this forecast, or null for none
     */
    public static Picture forecast(
            Series history,
            Forecast forecast,
            @Nullable Explanation why,
            int shown,
            String unit,
            Appearance appearance) {
        SeriesChart chart = new SeriesChart(
                history, history.id() + ": forecast of " + forecast.horizon() + " steps", unit, appearance);
        chart.bands(forecast, history, "");
        if (why != null) {
            chart.starts(why, forecast);
        }
        chart.point(forecast, history, "");
        int from = Math.max(0, history.length() - shown);
        chart.line("history", history, from, history.length(), appearance.history);
        chart.dates(history.time(from), forecast.times()[forecast.horizon() - 1]);
        return new Picture(chart.chart);
    }

    /**
     * The folds of a back-test over the series as it came.
     *
     * @param outcomes one forecast a fold, of this series, in order of time
     * @param unit what the values are
     */
    public static Picture folds(Series series, List<Outcome> outcomes, int shown, String unit, Appearance appearance) {
        SeriesChart chart =
                new SeriesChart(series, series.id() + ": back-test, " + outcomes.size() + " folds", unit, appearance);
        int drawn = series.length() + 1;
        for (int fold = outcomes.size() - 1; fold >= 0; fold--) {
            Forecast forecast = outcomes.get(fold).forecast();
            int origin = series.lengthBefore(forecast.times()[0]);
            // Intervals on top of each other would only hide each other.
            if (origin + forecast.horizon() <= drawn) {
                chart.bands(forecast, series.upTo(origin), suffix(fold, outcomes.size()));
                drawn = origin + 1;
            }
        }
        for (int fold = outcomes.size() - 1; fold >= 0; fold--) {
            Forecast forecast = outcomes.get(fold).forecast();
            int origin = series.lengthBefore(forecast.times()[0]);
            chart.point(forecast, series.upTo(origin), suffix(fold, outcomes.size()));
        }
        int from = Math.max(0, series.length() - shown);
        chart.line("actual", series, from, series.length(), appearance.actual());
        chart.dates(series.time(from), series.time(series.length() - 1));
        return new Picture(chart.chart);
    }

    /**
     * A series, what had been forecast of each value, and the values that were not expected.
     *
     * @param unit what the values are
     */
    public static Picture anomalies(Series series, Anomalies anomalies, String unit, Appearance appearance) {
        List<ScoredValue> scored = anomalies.scored().stream()
                .filter(value -> value.series().equals(series.id()))
                .toList();
        List<ScoredValue> found = scored.stream().filter(ScoredValue::anomaly).toList();
        String title = series.id() + ": " + found.size() + " of " + scored.size() + " values not expected";
        SeriesChart chart = new SeriesChart(series, title, unit, appearance);
        if (!scored.isEmpty()) {
            chart.band(scored, Levels.percent(anomalies.level()) + " % interval");
        }
        chart.line("actual", series, 0, series.length(), appearance.actual());
        if (!found.isEmpty()) {
            XYSeries points = chart.chart.addSeries(
                    "not expected",
                    found.stream().map(value -> chart.at(value.time())).toList(),
                    found.stream().map(ScoredValue::actual).toList());
            points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            points.setMarker(SeriesMarkers.CIRCLE);
            points.setMarkerColor(appearance.forecast);
        }
        chart.dates(series.time(0), series.time(series.length() - 1));
        chart.chart.getStyler().setMarkerSize(FOUND);
        return new Picture(chart.chart);
    }

    private void band(List<ScoredValue> scored, String name) {
        List<Object> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (ScoredValue value : scored) {
            x.add(at(value.time()));
            y.add(value.lower());
        }
        for (int i = scored.size() - 1; i >= 0; i--) {
            x.add(at(scored.get(i).time()));
            y.add(scored.get(i).upper());
        }
        polygon(name, x, y, appearance.band(0, 1));
    }

    private XYSeries polygon(String name, List<Object> x, List<Double> y, Color colour) {
        XYSeries band = chart.addSeries(name, x, y);
        band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        band.setFillColor(colour);
        band.setLineColor(new Color(0, 0, 0, 0));
        band.setMarker(SeriesMarkers.NONE);
        return band;
    }

    /** Only what has no suffix stands in the legend: the last fold for all. */
    private static String suffix(int fold, int folds) {
        return fold == folds - 1 ? "" : " " + (fold + 1);
    }

    /** The intervals of one forecast, tied to the last value before it. */
    private void bands(Forecast forecast, Series history, String suffix) {
        int last = history.length() - 1;
        int intervals = forecast.levels().length;
        for (int l = intervals - 1; l >= 0; l--) {
            double[] lower = forecast.lower()[l];
            double[] upper = forecast.upper()[l];
            if (Double.isNaN(lower[0])) {
                continue;
            }
            List<Object> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (int h = -1; h < forecast.horizon(); h++) {
                x.add(h < 0 ? at(history.time(last)) : at(forecast.times()[h]));
                y.add(h < 0 ? history.value(last) : lower[h]);
            }
            for (int h = forecast.horizon() - 1; h >= 0; h--) {
                x.add(at(forecast.times()[h]));
                y.add(upper[h]);
            }
            String name = Levels.percent(forecast.levels()[l]) + " % interval" + suffix;
            polygon(name, x, y, appearance.band(intervals - 1 - l, intervals)).setShowInLegend(suffix.isEmpty());
        }
    }

    /** What a forecast starts from: thin lines, the more trusted the nearer to its colour. */
    private void starts(Explanation why, Forecast forecast) {
        for (Explanation.Start start : why.starts()) {
            List<Object> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (int h = 0; h < forecast.horizon(); h++) {
                x.add(at(forecast.times()[h]));
                y.add(start.values()[h]);
            }
            String name = (start.name().matches("[0-9]+") ? start.name() + " back" : start.name())
                    + String.format(Locale.ROOT, " %.0f %%", 100 * start.weight());
            Color full = appearance.forecast;
            int alpha = 60 + (int) (150 * Math.min(1, start.weight()));
            draw(chart.addSeries(name, x, y), new Color(full.getRed(), full.getGreen(), full.getBlue(), alpha))
                    .setLineStyle(new BasicStroke(
                            1.3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
        }
    }

    /** The point forecast, tied to the last value before it. */
    private void point(Forecast forecast, Series history, String suffix) {
        int last = history.length() - 1;
        List<Object> x = new ArrayList<>(List.of(at(history.time(last))));
        List<Double> y = new ArrayList<>(List.of(history.value(last)));
        for (int h = 0; h < forecast.horizon(); h++) {
            x.add(at(forecast.times()[h]));
            y.add(forecast.point()[h]);
        }
        draw(chart.addSeries("forecast" + suffix, x, y), appearance.forecast).setShowInLegend(suffix.isEmpty());
    }

    private void line(String name, Series of, int from, int to, Color colour) {
        List<Object> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = from; i < to; i++) {
            x.add(at(of.time(i)));
            y.add(of.value(i));
        }
        draw(chart.addSeries(name, x, y), colour);
    }

    /** Days have a year and hours a day, which the chart's own labels leave out where all of them share it. */
    private void dates(long from, long to) {
        long days = TimeUnit.MILLISECONDS.toDays(to - from);
        if (series.frequency().isClock() && days < FEW_DAYS) {
            chart.getStyler().setDatePattern(days < HOURS_ON_DAYS ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd");
            chart.getStyler().setXAxisTickMarkSpacingHint(days < HOURS_ON_DAYS ? 180 : 130);
        }
    }

    private static XYSeries draw(XYSeries line, Color colour) {
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        line.setLineColor(colour);
        line.setLineStyle(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        line.setMarker(SeriesMarkers.NONE);
        return line;
    }

    /** A time as the axis takes it: a row number, a fractional year, or the only kind of date its labels know. */
    @SuppressWarnings("JavaUtilDate")
    private Object at(long time) {
        Frequency frequency = series.frequency();
        return frequency.isClock()
                ? new Date(time)
                : frequency.unit() == Frequency.Unit.YEAR_PART ? time / (double) frequency.count() : (double) time;
    }

    private static String timeTitle(Frequency frequency) {
        return switch (frequency.unit()) {
            case ROW -> "step (" + frequency.name() + ")";
            case YEAR_PART -> "year (" + frequency.name() + ")";
            default -> "time (step: " + frequency.name() + ")";
        };
    }

    private void style(XYStyler styler) {
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
        styler.setChartBackgroundColor(appearance.background)
                .setPlotBackgroundColor(appearance.background)
                .setPlotBorderVisible(false)
                .setChartFontColor(appearance.ink)
                .setChartTitleFont(plain.deriveFont(Font.BOLD, 20f))
                .setChartTitleBoxVisible(false)
                .setLegendBackgroundColor(appearance.background)
                .setLegendBorderColor(appearance.background)
                .setLegendFont(plain)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setMarkerSize(LEGEND_ENTRY)
                .setChartPadding(16)
                .setLocale(Locale.ROOT)
                .setXAxisTitleColor(appearance.ink)
                .setYAxisTitleColor(appearance.ink);
        styler.setAxisTitleFont(plain)
                .setAxisTickLabelsFont(plain)
                .setAxisTickLabelsColor(appearance.ink)
                .setXAxisTickLabelsColor(appearance.ink)
                .setYAxisTickLabelsColor(appearance.ink)
                .setAxisTickMarksColor(appearance.grid)
                .setPlotGridLinesColor(appearance.grid)
                .setPlotGridLinesStroke(new BasicStroke(1f))
                .setPlotGridVerticalLinesVisible(false)
                .setXAxisTickMarkSpacingHint(110)
                .setTimezone(TimeZone.getTimeZone("UTC"));
    }
}
