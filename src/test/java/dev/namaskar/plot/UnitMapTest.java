package dev.namaskar.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Trace;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitMapTest {
    private static final String TEXT = "namaskar, नमस्ते <hello>\nhow are you?".repeat(5);

    private static Trace trace(int units) {
        Vocabulary symbols = Vocabulary.of(TEXT, Unit.CODEPOINT);
        Network network = NetworkSpec.tokens(symbols.size())
                .recurrent("lstm", units)
                .dense(symbols.size())
                .build();
        Params params = network.initialize(2);
        for (int i = 0; i < params.values().length; i++) {
            params.values()[i] *= 3;
        }
        return Trace.of(new CharacterModel(network, params, symbols), TEXT, 3, new UnknownPolicy.Refuse());
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @ParameterizedTest
    @EnumSource(Appearance.class)
    void everyCellHasTheColourOfItsUnit(Appearance appearance) throws IOException {
        Trace trace = trace(11);
        BufferedImage map = image(UnitMap.png(trace, "c_l0", "units", appearance));
        float[][] carry = trace.units().get("c_l0");
        boolean[] seen = new boolean[11];
        for (int row = 0; row < 11; row++) {
            int unit = -1;
            for (int candidate = 0; candidate < 11; candidate++) {
                boolean fits = true;
                for (int t = 0; t < 120; t++) {
                    Color expected = appearance.diverging(Math.tanh(carry[t][candidate]));
                    fits &= new Color(map.getRGB(130 + t * 15 + 7, 86 + row * 16 + 8)).equals(expected);
                }
                unit = fits ? candidate : unit;
            }
            assertThat(unit).as("the unit of row " + row).isNotNegative();
            assertThat(seen[unit]).isFalse();
            seen[unit] = true;
        }
        assertThat(map.getWidth()).isEqualTo(130 + 120 * 15 + 30);
    }

    @Test
    void ofManyUnitsThoseThatVaryMostAreShownByTheirPeaks() {
        float[][] values = new float[6][5];
        for (int t = 0; t < 6; t++) {
            values[t] = new float[] {0.5f, t == 4 ? 0.9f : 0, t == 1 ? 1 : -1, 0.1f * t, t == 2 ? 0.8f : 0};
        }
        assertThat(UnitValues.mostVarying(values, 6, 3)).containsExactly(2, 4, 1);
        assertThat(UnitValues.bytes(values)).startsWith(64, 0, -127, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(Appearance.class)
    void textStandsOutOnEveryCell(Appearance appearance) {
        for (double value = -1; value <= 1; value += 0.1) {
            Color on = appearance.diverging(value);
            assertThat(contrast(on, Drawing.readableOn(on)))
                    .as("contrast on " + on)
                    .isGreaterThan(4.5);
        }
        assertThat(appearance.diverging(-0.7).getBlue())
                .isGreaterThan(appearance.diverging(-0.7).getRed());
        assertThat(appearance.diverging(0.7).getRed())
                .isGreaterThan(appearance.diverging(0.7).getBlue());
    }

    /** WCAG 2's contrast ratio. */
    private static double contrast(Color a, Color b) {
        double light = Math.max(luminance(a), luminance(b));
        double dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(Color colour) {
        double[] rgb = Arrays.stream(new int[] {colour.getRed(), colour.getGreen(), colour.getBlue()})
                .mapToDouble(c -> c / 255.0 <= 0.04045 ? c / 255.0 / 12.92 : Math.pow((c / 255.0 + 0.055) / 1.055, 2.4))
                .toArray();
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    @Test
    void aPartThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> UnitMap.png(trace(3), "h_l1", "units", Appearance.LIGHT))
                .hasMessage("expected units of [h_l0, c_l0], found \"h_l1\"");
    }
}
