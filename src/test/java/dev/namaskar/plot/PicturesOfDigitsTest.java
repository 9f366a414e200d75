package dev.namaskar.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesOfDigitsTest {
    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void aTileShowsTheWeightsOfItsUnit() throws IOException {
        // two units that look at 2 x 2 pixels: one for the first, one against the last
        BufferedImage image = read(Tiles.png(new float[] {2, 0, 0, 0, 0, 0, 0, -1}, 2, 2, "t", Appearance.LIGHT));
        int first = image.getRGB(16 + 1, 72 + 1);
        int zero = image.getRGB(16 + 56 - 2, 72 + 56 - 2);
        int last = image.getRGB(16 + 62 + 56 - 2, 72 + 56 - 2);
        assertThat(first).isEqualTo(Appearance.LIGHT.diverging(1).getRGB());
        assertThat(zero).isEqualTo(Appearance.LIGHT.diverging(0).getRGB());
        assertThat(last).isEqualTo(Appearance.LIGHT.diverging(-1).getRGB());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tiles.png(new float[7], 2, 2, "t", Appearance.DARK))
                .withMessageContaining("pixels");
    }

    @Test
    void aConfusionMapShowsPartsOfRows() throws IOException {
        int[][] confusion = {{3, 1}, {0, 0}};
        for (Appearance appearance : Appearance.values()) {
            BufferedImage image = read(ConfusionMap.png(List.of("a", "b"), confusion, "t", appearance));
            assertThat(image.getRGB(190 + 2, 120 + 2))
                    .isEqualTo(appearance.diverging(-0.75).getRGB());
            assertThat(image.getRGB(190 + 44 + 2, 120 + 2))
                    .isEqualTo(appearance.diverging(0.25).getRGB());
            assertThat(image.getRGB(190 + 2, 120 + 44 + 2))
                    .isEqualTo(appearance.diverging(0).getRGB());
        }
    }
}
