package dev.namaskar.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfusionMapTest {
    /** The pixel near the corner of a cell, which its number does not reach. */
    private static int corner(BufferedImage image, int row, int column) {
        return image.getRGB(190 + column * 44 + 2, 120 + row * 44 + 2);
    }

    @ParameterizedTest
    @EnumSource
    void rightAnswersAndMistakesHaveColoursOfTheirOwnByTheirShareOfARow(Appearance appearance) throws IOException {
        int[][] counts = {{8, 2, 0}, {0, 800, 200}, {0, 0, 0}};
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                ConfusionMap.png(List.of("a", "a label longer than there is room for", "c"), counts, "t", appearance)));

        assertThat(corner(image, 0, 0)).isEqualTo(corner(image, 1, 1)).isNotEqualTo(corner(image, 0, 1));
        assertThat(corner(image, 0, 1)).isEqualTo(corner(image, 1, 2));
        assertThat(corner(image, 1, 0)).isEqualTo(corner(image, 2, 2)).isNotEqualTo(corner(image, 0, 1));
    }

    @Test
    void refusesMoreLabelsThanCanBeRead() {
        assertThatThrownBy(
                        () -> ConfusionMap.png(Collections.nCopies(101, "x"), new int[101][101], "t", Appearance.LIGHT))
                .hasMessageContaining("at most 100 labels");
    }
}
