package dev.namaskar.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.baseline.LocalMethod;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesChartTest {
    private static final double[] LEVELS = {0.8, 0.95};

    private static Series passengers() throws IOException {
        return TableReader.read(Path.of("corpora/AirPassengers.csv"), TableFormat.AUTO)
                .series()
                .get(0);
    }

    private static Forecaster.Fitted theta() {
        return new LocalForecaster(LocalMethod.baselines(12).get("theta"), 60).fit(List.of());
    }

    private static Picture forecastOf(Series series, Appearance appearance) {
        Forecast forecast = theta().forecast(series, 24, LEVELS);
        return SeriesChart.forecast(series, forecast, 96, "passengers (thousands)", appearance);
    }

    @ParameterizedTest
    @EnumSource(Appearance.class)
    void drawsTheFanInItsColours(Appearance appearance) throws IOException {
        byte[] png = forecastOf(passengers(), appearance).bytes("f.png");
        keep("forecast-" + appearance + ".png", png);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(image.getWidth()).isEqualTo(1200);
        assertThat(share(image, appearance.background.getRGB())).isBetween(0.5, 0.95);
        assertThat(share(image, appearance.forecast.getRGB())).isGreaterThan(0.0005);
        assertThat(share(image, appearance.history.getRGB())).isGreaterThan(0.0005);
        assertThat(contrast(appearance)).isGreaterThan(7);
    }

    @Test
    void drawsEveryFold() throws IOException {
        Series series = passengers();
        List<Outcome> outcomes = new ArrayList<>();
        for (int origin = 96; origin < 144; origin += 12) {
            Forecast forecast = theta().forecast(series.upTo(origin), 12, LEVELS);
            outcomes.add(new Outcome(forecast, series.values(origin, origin + 12), 1));
        }
        Picture picture = SeriesChart.folds(series, outcomes, 84, "passengers (thousands)", Appearance.LIGHT);
        keep("folds.png", picture.bytes("f.png"));

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.bytes("f.png")));
        assertThat(share(image, Appearance.LIGHT.forecast.getRGB())).isGreaterThan(0.0005);
        assertThat(share(image, Appearance.LIGHT.actual().getRGB())).isGreaterThan(0.0005);
    }

    @Test
    void drawsTheSameAsVectors() throws Exception {
        byte[] svg = forecastOf(passengers(), Appearance.DARK).bytes("F.SVG");
        String text = new String(svg, StandardCharsets.UTF_8);
        Color line = Appearance.DARK.forecast;

        assertThat(text)
                .contains("rgb(" + line.getRed() + "," + line.getGreen() + "," + line.getBlue() + ")")
                .contains("width=\"1200px\"");
        assertThat(text.split("<path", -1).length).isGreaterThan(30);
    }

    @Test
    void drawsRowNumbersWithoutADate() throws IOException {
        double[] values = new double[60];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(i);
        }
        byte[] png = forecastOf(Series.of("sine", values), Appearance.LIGHT).bytes("f.png");
        keep("rows.png", png);

        assertThat(share(ImageIO.read(new ByteArrayInputStream(png)), Appearance.LIGHT.forecast.getRGB()))
                .isGreaterThan(0.0001);
    }

    @Test
    void refusesOtherFormats() throws IOException {
        Picture picture = forecastOf(passengers(), Appearance.LIGHT);
        assertThatThrownBy(() -> picture.bytes("f.gif")).hasMessageContaining(".png or .svg");
        assertThatThrownBy(() -> Appearance.named("sepia")).hasMessageContaining("light or dark");
    }

    private static double share(BufferedImage image, int rgb) {
        int count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                count += image.getRGB(x, y) == rgb ? 1 : 0;
            }
        }
        return count / (double) (image.getWidth() * image.getHeight());
    }

    /** WCAG's contrast of ink on background. */
    private static double contrast(Appearance appearance) {
        double a = luminance(appearance.ink.getRGB());
        double b = luminance(appearance.background.getRGB());
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int rgb) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double v = (rgb >> (16 - 8 * c) & 255) / 255.0;
            sum += weights[c] * (v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static void keep(String name, byte[] bytes) throws IOException {
        Files.createDirectories(Path.of("target", "pictures"));
        Files.write(Path.of("target", "pictures", name), bytes);
    }
}
