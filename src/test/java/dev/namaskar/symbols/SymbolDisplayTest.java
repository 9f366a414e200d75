package dev.namaskar.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.text.Candidate;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolDisplayTest {
    @ParameterizedTest
    @CsvSource({
        "200B,U+200B ZERO WIDTH SPACE",
        "200D,U+200D ZERO WIDTH JOINER",
        "200C,U+200C ZERO WIDTH NON-JOINER",
        "FEFF,U+FEFF ZERO WIDTH NO-BREAK SPACE (byte order mark)",
        "AD,U+00AD SOFT HYPHEN",
        "A0,U+00A0 NO-BREAK SPACE",
        "3000,U+3000 IDEOGRAPHIC SPACE",
        "2028,U+2028 LINE SEPARATOR",
        "202E,U+202E RIGHT-TO-LEFT OVERRIDE",
        "2066,U+2066 LEFT-TO-RIGHT ISOLATE",
        "FE0F,U+FE0F VARIATION SELECTOR-16",
        "E0101,U+E0101 VARIATION SELECTOR-18",
        "34F,U+034F COMBINING GRAPHEME JOINER",
        "3164,U+3164 HANGUL FILLER",
        "2800,U+2800 BRAILLE PATTERN BLANK",
        "0,U+0000 NULL",
        "1B,U+001B ESCAPE",
        "E000,U+E000 PRIVATE USE AREA E000",
        "378,U+0378", // unassigned: it has no name
    })
    void whatCannotBeSeenIsNamed(String hex, String shown) {
        int symbol = Integer.parseInt(hex, 16);
        assertThat(SymbolDisplay.of(Character.toString(symbol))).isEqualTo(shown);
        assertThat(SymbolDisplay.withNumber(symbol)).isEqualTo(shown);
        assertThat(SymbolDisplay.isInvisible(symbol)).isTrue();
    }

    @Test
    void marksStandOnADottedCircleAndTheRestAsItIs() {
        assertThat(SymbolDisplay.of("\u0301")).isEqualTo("\u25cc\u0301");
        assertThat(SymbolDisplay.of("\u093f")).isEqualTo("\u25cc\u093f"); // a spacing vowel sign
        assertThat(SymbolDisplay.of("\u20dd")).isEqualTo("\u25cc\u20dd"); // an enclosing circle
        assertThat(SymbolDisplay.withNumber(0x301)).isEqualTo("'\u25cc\u0301' (U+0301)");
        assertThat(SymbolDisplay.withNumber(' ')).isEqualTo("' ' (U+0020)");
        assertThat(Stream.of("\n", "\r", "\t", " ").map(SymbolDisplay::of)).containsExactly("\\n", "\\r", "\\t", "' '");
        for (String plain : new String[] {"a", "é", "न", "雲", "𠀀", "🙏", "0xE9", "", "ab"}) {
            assertThat(SymbolDisplay.of(plain)).isEqualTo(plain);
        }
    }

    @Test
    void nothingIsShownAsNothing() {
        Random random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            int symbol = random.nextInt(0x110000);
            String shown = SymbolDisplay.of(Character.toString(symbol));
            assertThat(shown.codePoints().anyMatch(c -> !SymbolDisplay.isInvisible(c)))
                    .as("U+%04X", symbol)
                    .isTrue();
        }
    }

    @Test
    void probabilitiesOfLargeVocabulariesHaveDigits() {
        assertThat(new Candidate(0, "r", 0.99123).digits()).isEqualTo("0.9912");
        assertThat(new Candidate(0, "r", 0.001).digits()).isEqualTo("0.0010");
        assertThat(new Candidate(0, "r", 1 / 60_000.0).digits()).isEqualTo("1.667e-05");
        assertThat(new Candidate(0, "r", 0).digits()).isEqualTo("0");
        assertThat(new Candidate(0, "\n", 0.5)).hasToString("\\n 0.5000");
    }
}
