package dev.namaskar.symbols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.files.MalformedFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PiecesTest {
    private static final String PROSE =
            "the cat sat on the mat, and the other cat said: 'the mat is mine'.\nनमस्ते दुनिया, नमस्ते! 雲は雲 12 1212 🙏🙏\n"
                    .repeat(3);

    private static Vocabulary learn(String text, Pieces.Kind kind, int symbols) throws IOException {
        try (PieceLearning learning = new PieceLearning()) {
            for (byte b : text.getBytes(UTF_8)) {
                learning.accept(b & 0xff);
            }
            return learning.vocabulary(kind, symbols);
        }
    }

    private static List<String> chunks(String text) throws IOException {
        List<String> chunks = new ArrayList<>();
        try (Pieces.Chunks cutter = new Pieces.Chunks(chunk -> chunks.add(new String(chunk, ISO_8859_1)))) {
            for (byte b : text.getBytes(UTF_8)) {
                cutter.accept(b & 0xff);
            }
        }
        return chunks;
    }

    @Test
    void chunksAreWordsWithTheBlankBeforeThemAndLoseNothing() throws IOException {
        assertThat(chunks("It's 12 o'clock,  now!\n\nYes"))
                .containsExactly("It's", " 12", " o'clock", ",", "  ", "now", "!", "\n\n", "Yes");
        String unbroken = "雲".repeat(100);
        assertThat(String.join("", chunks(unbroken))).isEqualTo(new String(unbroken.getBytes(UTF_8), ISO_8859_1));
        assertThat(chunks(unbroken)).allMatch(chunk -> chunk.length() <= 56 && chunk.length() % 3 == 0);
    }

    /** Every pair counted anew for each piece, and joined from left to right. */
    private static List<String> naivePairs(String text, int wanted) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        chunks(text).forEach(chunk -> counts.merge(chunk, 1, Integer::sum));
        Map<String, List<String>> cut = new TreeMap<>();
        counts.keySet()
                .forEach(chunk -> cut.put(
                        chunk,
                        new ArrayList<>(
                                chunk.chars().mapToObj(Character::toString).toList())));
        List<String> pieces = new ArrayList<>();
        while (pieces.size() < wanted) {
            Map<List<String>, Integer> pairs = new java.util.HashMap<>();
            cut.forEach((chunk, parts) -> {
                for (int i = 0; i + 1 < parts.size(); i++) {
                    pairs.merge(List.of(parts.get(i), parts.get(i + 1)), counts.get(chunk), Integer::sum);
                }
            });
            List<String> best = null;
            for (Map.Entry<List<String>, Integer> pair : pairs.entrySet()) {
                int most = best == null ? 1 : pairs.get(best);
                boolean before = best != null
                        && (pair.getKey().get(0) + "\u0000" + pair.getKey().get(1))
                                        .compareTo(best.get(0) + "\u0000" + best.get(1))
                                < 0;
                if (pair.getValue() > most || (pair.getValue() == most && before)) {
                    best = pair.getKey();
                }
            }
            if (best == null) {
                break;
            }
            String joined = best.get(0) + best.get(1);
            if (!pieces.contains(joined)) {
                pieces.add(joined);
            }
            for (List<String> parts : cut.values()) {
                for (int i = 0; i + 1 < parts.size(); i++) {
                    if (parts.get(i).equals(best.get(0)) && parts.get(i + 1).equals(best.get(1))) {
                        parts.set(i, joined);
                        parts.remove(i + 1);
                    }
                }
            }
        }
        return pieces;
    }

    @Test
    void pairsAreThoseThatCountingAnewFinds() throws IOException {
        Random random = new Random(4);
        for (int round = 0; round < 20; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                text.append("abcé  \n".charAt(random.nextInt(7)));
            }
            Vocabulary learnt = learn(text.toString(), Pieces.Kind.BPE, 256 + 25);
            List<String> pieces = new ArrayList<>();
            for (int index = 256; index < learnt.size(); index++) {
                pieces.add(new String(learnt.bytes(index), ISO_8859_1));
            }
            assertThat(pieces).isEqualTo(naivePairs(text.toString(), 25));
        }
    }

    @ParameterizedTest
    @EnumSource(Pieces.Kind.class)
    void everyTextComesBackAndNothingIsUnknown(Pieces.Kind kind) throws IOException {
        Vocabulary vocabulary = learn(PROSE, kind, 400);
        assertThat(vocabulary.size()).isGreaterThan(260).isLessThanOrEqualTo(400);
        assertThat(learn(PROSE, kind, 400)).isEqualTo(vocabulary);
        Random random = new Random(9);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            while (text.length() < length) {
                int at = random.nextInt(PROSE.length() - 9);
                String some = random.nextBoolean()
                        ? PROSE.substring(at, at + 8)
                        : Character.toString(0x20 + random.nextInt(0x700));
                text.append(some);
            }
            String whole = new String(text.toString().getBytes(UTF_8), UTF_8);
            int[] symbols = vocabulary.encode(whole);
            assertThat(vocabulary.decode(symbols)).isEqualTo(whole);
            int characters = 0;
            for (int symbol : symbols) {
                characters += vocabulary.characters(symbol);
            }
            assertThat(characters).isEqualTo(whole.codePointCount(0, whole.length()));
        }
        assertThat(vocabulary.encode(PROSE).length).isLessThan(PROSE.getBytes(UTF_8).length / 2);
    }

    @Test
    void aWordIsOneSymbolOrItsBytes() throws IOException {
        Vocabulary words = learn(PROSE, Pieces.Kind.WORD, 300);
        assertThat(words.encode(" cat")).hasSize(1);
        assertThat(words.text(words.encode(" cat")[0])).isEqualTo(" cat");
        assertThat(words.encode(" dog")).containsExactly(' ', 'd', 'o', 'g');
        assertThat(words.unit()).isEqualTo(Unit.BYTE);
        assertThat(words.unitLabel()).isEqualTo("word");
    }

    @ParameterizedTest
    @EnumSource(Pieces.Kind.class)
    void aVocabularyOfPiecesIsReadBackAndDamagedOnesAreRefused(Pieces.Kind kind) throws IOException {
        Vocabulary vocabulary = learn(PROSE, kind, 300);
        String json = VocabularyJson.write(vocabulary);
        assertThat(VocabularyJson.read("here", json)).isEqualTo(vocabulary);
        assertThat(vocabulary.extendedBy(vocabulary)).isSameAs(vocabulary);
        Vocabulary other = learn("a different text, a different text", kind, 300);
        assertThatThrownBy(() -> vocabulary.extendedBy(other)).hasMessageContaining("the same pieces");
        assertThatThrownBy(() -> vocabulary.extendedBy(Vocabulary.ofBytes())).hasMessageContaining("the same pieces");
        for (String damaged : List.of(
                "{\"unit\":\"bpe\",\"symbols\":[\"zz\"]}",
                "{\"unit\":\"bpe\",\"symbols\":[\"00\"]}",
                json.replace("\"00\",", ""),
                json.replace("\"]}", "\",\"41\"]}"),
                json.replace("\"]}", "\",\"4142\",\"4142\"]}"))) {
            assertThatThrownBy(() -> VocabularyJson.read("here", damaged))
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageStartingWith("here: ");
        }
    }

    @Test
    void piecesThatEndWithinACharacterAreShownAsBytes() {
        Vocabulary vocabulary = Vocabulary.ofPieces(new Pieces(
                Pieces.Kind.BPE, List.of(new byte[] {(byte) 0xe0, (byte) 0xa4}, " a".getBytes(UTF_8))));
        assertThat(vocabulary.text(256)).isEqualTo("0xE0A4");
        assertThat(vocabulary.characters(256)).isEqualTo(1);
        assertThat(SymbolDisplay.of(vocabulary.text(257))).isEqualTo("' a'");
        assertThat(vocabulary.isMark(257)).isFalse();
    }
}
