package dev.namaskar.plot;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Frequency;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Outcome;
import dev.namaskar.series.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A series over time: its history, forecasts with their intervals, and what came. */
public final class SeriesChart {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;

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
        SeriesChart chart = new SeriesChart(
                history, history.id() + ": forecast of " + forecast.horizon() + " steps", unit, appearance);
        chart.fan(forecast, history, "");
        chart.line("history", history, Math.max(0, history.length() - shown), history.length(), appearance.history);
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
        for (int fold = 0; fold < outcomes.size(); fold++) {
            Forecast forecast = outcomes.get(fold).forecast();
            int origin = series.lengthBefore(forecast.times()[0]);
            chart.fan(forecast, series.upTo(origin), fold == 0 ? "" : " " + (fold + 1));
        }
        chart.line("actual", series, Math.max(0, series.length() - shown), series.length(), appearance.actual());
        return new Picture(chart.chart);
    }

    /** Bands and line of one forecast, tied to the last value before it; only series without a suffix stand in the legend. */
    private void fan(Forecast forecast, Series history, String suffix) {
        int last = history.length() - 1;
        boolean legend = suffix.isEmpty();
        for (int l = forecast.levels().length - 1; l >= 0; l--) {
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
            XYSeries band = chart.addSeries(Levels.percent(forecast.levels()[l]) + " % interval" + suffix, x, y);
            Color fill = appearance.band(forecast.levels().length - 1 - l);
            band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
            band.setFillColor(fill);
            band.setLineColor(new Color(0, 0, 0, 0));
            band.setMarker(SeriesMarkers.NONE);
            band.setShowInLegend(legend);
        }
        List<Object> x = new ArrayList<>(List.of(at(history.time(last))));
        List<Double> y = new ArrayList<>(List.of(history.value(last)));
        for (int h = 0; h < forecast.horizon(); h++) {
            x.add(at(forecast.times()[h]));
            y.add(forecast.point()[h]);
        }
        draw(chart.addSeries("forecast" + suffix, x, y), appearance.forecast).setShowInLegend(legend);
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
