package dev.namaskar.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of attention: a heavy weight stands out in its cell, and what does not fit is refused. */
class AttentionMapTest {
    private static final int CELL = 34;
    private static final int LEFT = 110;
    private static final int TOP = 96;

    @ParameterizedTest
    @EnumSource
    void weightsAreShadesInTheirCells(Appearance appearance) throws IOException {
        float[][] weights = {{1, 0, 0}, {0, 0.5f, 0.5f}, {0, 0, 1}};
        byte[] png = AttentionMap.png(List.of("a", " ", "\n"), List.of("AA", "B"), weights, "words", appearance);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        for (int t = 0; t < 3; t++) {
            for (int s = 0; s < 3; s++) {
                Color found = new Color(image.getRGB(LEFT + s * CELL + CELL / 2, TOP + t * CELL + CELL / 2));
                assertThat(found).isEqualTo(appearance.sequential(weights[t][s]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitIsRefused(Appearance appearance) {
        List<String> one = List.of("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttentionMap.png(one, one, new float[1][1], "t", appearance))
                .withMessageContaining("1 symbols and an end, found weights of 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttentionMap.png(one, one, new float[2][2], "t", appearance))
                .withMessageContaining("found 2");
        List<String> many = Collections.nCopies(201, "a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttentionMap.png(many, one, new float[2][201], "t", appearance))
                .withMessageContaining("at most 200 symbols");
    }
}
