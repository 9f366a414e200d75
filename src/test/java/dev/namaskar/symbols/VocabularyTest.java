package dev.namaskar.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.text.corpus.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    private static final UnknownPolicy SKIP = new UnknownPolicy.Skip();

    @Test
    void codePointsAreSortedByValueNotByUtf16() {
        // In UTF-16 order the surrogates of U+20000 stand before U+FF0C.
        Vocabulary vocabulary = Vocabulary.of("b\uff0ca\ud840\udc00a", Unit.CODEPOINT);

        assertThat(vocabulary.toList()).containsExactly("a", "b", "\uff0c", "\ud840\udc00");
        assertThat(vocabulary.encode("\ud840\udc00ab")).containsExactly(3, 0, 1);
        assertThat(vocabulary.indexOf(0x20000)).isEqualTo(3);
        assertThat(vocabulary.indexOf('c')).isEqualTo(-1);
        assertThat(vocabulary.indexOf(-1)).isEqualTo(-1);
        assertThat(vocabulary.indexOf(0x110000)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"namaskar", "नमस्कार क्षत्रिय ॐ", "雲日隱層闕𠀀𪚥", "a\r\nb\u0000\u2028", "é e\u0301 👋🏽‍👋"})
    void whatWasEncodedIsDecoded(String text) {
        for (Unit unit : Unit.values()) {
            Vocabulary vocabulary = Vocabulary.of(text, unit);
            assertThat(vocabulary.decode(vocabulary.encode(text))).isEqualTo(text);
            assertThat(Vocabulary.fromList(unit, vocabulary.toList())).isEqualTo(vocabulary);
        }
        assertThat(Vocabulary.of(text, Unit.CODEPOINT).size())
                .isEqualTo((int) text.codePoints().distinct().count());
        assertThat(Vocabulary.ofBytes().encode(text)).hasSize(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void randomCodePointsComeBack() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            String text = random.ints(1 + random.nextInt(200), 0, 0x110000)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .append('x')
                    .toString();
            Vocabulary vocabulary = Vocabulary.of(text, Unit.CODEPOINT);
            assertThat(vocabulary.decode(vocabulary.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void anUnknownSymbolIsNamedWithItsPlaceInCodePoints() {
        Vocabulary vocabulary = Vocabulary.of("namask\ud83d\ude4f", Unit.CODEPOINT);

        assertThatThrownBy(() -> vocabulary.encode("\ud83d\ude4fnamasé"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'é' (U+00E9) at character 7 is not in the model's vocabulary of 6 symbols;"
                        + " `unknown` skip leaves such characters out");
        assertThatThrownBy(() -> vocabulary.encode("a\nb"))
                .hasMessageStartingWith("U+000A LINE FEED (LF) at character 2 ");
        assertThat(vocabulary.encode("xnéa", SKIP)).containsExactly(vocabulary.encode("na"));
        assertThat(vocabulary.encode("xna", new UnknownPolicy.Replace('k'))).containsExactly(vocabulary.encode("kna"));
        assertThatThrownBy(() -> vocabulary.encode("x", new UnknownPolicy.Replace('?')))
                .hasMessageContaining("'?' (U+003F)");
        assertThat(Vocabulary.ofBytes().encode("é")).containsExactly(0xC3, 0xA9);
    }

    @Test
    void halfASurrogatePairIsRefusedAndNamed() {
        assertThatThrownBy(() -> Vocabulary.of("ab", Unit.CODEPOINT).encode("a\udc00b"))
                .hasMessageContaining("U+DC00")
                .hasMessageContaining("character 2");
        assertThatThrownBy(() -> Vocabulary.ofBytes().encode("ab\ud800")).hasMessageContaining("U+D800");
        assertThatThrownBy(() -> Corpus.of("x\ud800y", Unit.CODEPOINT)).hasMessageContaining("character 2");
        assertThatThrownBy(() -> Vocabulary.ofCodePoints('a', 0xD800)).hasMessageContaining("U+D800");
        assertThatThrownBy(() -> Vocabulary.ofCodePoints('a', 0x110000)).hasMessageContaining("U+110000");
    }

    @Test
    void growthKeepsEveryIndex() {
        Vocabulary small = Vocabulary.of("bd", Unit.CODEPOINT);
        Vocabulary grown = small.extendedBy(Vocabulary.of("abcd", Unit.CODEPOINT));

        assertThat(grown.toList()).containsExactly("b", "d", "a", "c");
        assertThat(small.extendedBy(Vocabulary.of("b", Unit.CODEPOINT))).isSameAs(small);
        assertThat(Vocabulary.fromList(Unit.CODEPOINT, grown.toList())).isEqualTo(grown);
        assertThatThrownBy(() -> small.extendedBy(Vocabulary.ofBytes())).hasMessageContaining("codepoint");
    }

    @Test
    void listsThatAreNoVocabularyAreRefused() {
        assertThatThrownBy(() -> Vocabulary.fromList(Unit.CODEPOINT, List.of("a", "bc")))
                .hasMessageContaining("\"bc\"");
        assertThatThrownBy(() -> Vocabulary.fromList(Unit.CODEPOINT, List.of("a", "")))
                .hasMessageContaining("\"\"");
        assertThatThrownBy(() -> Vocabulary.fromList(Unit.CODEPOINT, List.of("a", "b", "a")))
                .hasMessageContaining("'a' (U+0061) stands twice");
        assertThatThrownBy(() -> Vocabulary.fromList(Unit.CODEPOINT, List.of())).hasMessageContaining("none");
        assertThatThrownBy(() -> Vocabulary.fromList(Unit.BYTE, List.of("00"))).hasMessageContaining("256");
        assertThatThrownBy(() -> Unit.of("word")).hasMessageContaining("word");
    }

    @Test
    void marksStandForNoCharacter() {
        List<String> symbols = List.of("<pad>", "a", "[UNK]", "<", "b");
        Vocabulary vocabulary = Vocabulary.fromList(Unit.CODEPOINT, symbols);

        assertThat(vocabulary.toList()).isEqualTo(symbols);
        assertThat(vocabulary.encode("a<b")).containsExactly(1, 3, 4);
        assertThat(vocabulary.encode("<pad>", SKIP)).containsExactly(3, 1);
        assertThat(vocabulary.encode("xa")).as("what is unknown has a mark").containsExactly(2, 1);
        assertThat(vocabulary.encode("xa", SKIP)).containsExactly(1);
        assertThat(List.of(vocabulary.isMark(0), vocabulary.isMark(1), vocabulary.isMark(2)))
                .containsExactly(true, false, true);
        assertThat(vocabulary.text(0)).isEqualTo("<pad>");
        assertThat(vocabulary.describeAt(2)).isEqualTo("[UNK]");
        assertThat(vocabulary.decode(1, 0, 4)).isEqualTo("a<pad>b");
        Vocabulary more = vocabulary.extendedBy(Vocabulary.of("xa", Unit.CODEPOINT));
        assertThat(more.toList()).containsExactly("<pad>", "a", "[UNK]", "<", "b", "x");
        assertThat(more.encode("x")).containsExactly(5);
        assertThat(vocabulary)
                .isNotEqualTo(Vocabulary.fromList(Unit.CODEPOINT, List.of("<x>", "a", "[UNK]", "<", "b")));
        Vocabulary noneForUnknown = Vocabulary.fromList(Unit.CODEPOINT, List.of("<pad>", "a"));
        assertThatThrownBy(() -> noneForUnknown.encode("x")).hasMessageContaining("is not in the model's vocabulary");
        assertThatThrownBy(() -> Vocabulary.fromList(Unit.CODEPOINT, List.of("<pad>", "a", "<pad>")))
                .hasMessageContaining("\"<pad>\"");
        assertThatThrownBy(() -> Vocabulary.fromList(Unit.CODEPOINT, List.of("<pad>")))
                .hasMessageContaining("none");
    }

    @Test
    void policiesAreReadFromTheCommandLine() {
        assertThat(UnknownPolicy.parse("error")).isEqualTo(new UnknownPolicy.Refuse());
        assertThat(UnknownPolicy.parse("skip")).isEqualTo(SKIP);
        assertThat(UnknownPolicy.parse("replace:\ud83d\ude4f")).isEqualTo(new UnknownPolicy.Replace(0x1F64F));
        for (String wrong : List.of("", "replace", "replace:", "replace:ab", "Skip")) {
            assertThatThrownBy(() -> UnknownPolicy.parse(wrong)).hasMessageContaining("`unknown`: ");
        }
    }

    @Test
    void bytesBeyondAsciiAreShownAsNumbers() {
        assertThat(Vocabulary.ofBytes().text(0xE0)).isEqualTo("0xE0");
        assertThat(Vocabulary.ofBytes().text('r')).isEqualTo("r");
        assertThat(Vocabulary.ofBytes().toList()).hasSize(256).contains("0a", "ff");
    }

    @Test
    void anotherNormalFormIsRecognised() {
        Vocabulary composed = Vocabulary.of("caf\u00e9 \ud55c", Unit.CODEPOINT);
        Vocabulary decomposed = Vocabulary.of("cafe\u0301 \u1112\u1161\u11ab", Unit.CODEPOINT);
        assertThatThrownBy(() -> decomposed.encode("caf\u00e9"))
                .hasMessageContaining("'\u00e9' (U+00E9) at character 4")
                .hasMessageContaining("decomposed, as 'e' (U+0065) and '\u25cc\u0301' (U+0301)")
                .hasMessageContaining("NFD");
        assertThatThrownBy(() -> decomposed.encode("\ud55c")).hasMessageContaining("NFD");
        // The base letter is unknown, or only the mark behind it.
        assertThatThrownBy(() -> composed.encode("cafe\u0301"))
                .hasMessageContaining("(U+0065) at character 4")
                .hasMessageContaining("composed, in '\u00e9' (U+00E9)")
                .hasMessageContaining("NFC");
        assertThatThrownBy(() -> Vocabulary.of("caf\u00e9e", Unit.CODEPOINT).encode("cafe\u0301"))
                .hasMessageContaining("(U+0301) at character 5")
                .hasMessageContaining("NFC");
        assertThatThrownBy(() -> composed.encode("\u00e8")).hasMessageNotContainingAny("NFC", "NFD");
        try (Corpus corpus = Corpus.of("cafe\u0301", Unit.CODEPOINT)) {
            assertThatThrownBy(() -> corpus.encode(Vocabulary.of("caf\u00e9e", Unit.CODEPOINT)))
                    .hasMessageContaining("NFC");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
