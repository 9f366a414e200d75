package dev.namaskar.serve.stepping;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.kernels.LogSpace;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Utf8Rule;
import dev.namaskar.symbols.Vocabulary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the symbols of one text become characters: which may be chosen, when one is whole, and how probable it was. In a
 * model of bytes a character is as many symbols as it has bytes; in one of pieces a symbol is several characters.
 */
final class Wording {
    private final Vocabulary vocabulary;
    private final Utf8Rule rule = new Utf8Rule();
    private final float[] choice;
    private final boolean asked;
    private final int top;
    private double logProbability;
    private boolean known = true;
    /** Whether the next symbol begins something new. */
    private boolean starts = true;

    private Map<String, Double> likeliest = Map.of();

    /**
     * The wording of a fresh text.
     *
     * @param top how many of the likeliest characters are told at each place; null where no log probabilities are asked for
     */
    Wording(Vocabulary vocabulary, @Nullable Integer top) {
        this.vocabulary = vocabulary;
        choice = new float[vocabulary.size()];
        asked = top != null;
        this.top = top == null ? 0 : top;
    }

    /** Chooses the next symbol. */
    int choose(float[] logits, Sampler sampler) {
        System.arraycopy(logits, 0, choice, 0, choice.length);
        if (vocabulary.unit() == Unit.BYTE) {
            rule.mask(choice, vocabulary);
        }
        for (int index = 0; index < choice.length; index++) {
            if (vocabulary.isMark(index)) {
                choice[index] = Float.NEGATIVE_INFINITY; // it stands for no character
            }
        }
        return sampler.sample(choice);
    }

    /**
     * Takes a symbol.
     *
     * @param logits by which it was predicted, from {@code from} on; null for the first of a text
     * @return the characters that it completes, mostly one; null in the middle of one
     */
    @Nullable
    String take(int index, float @Nullable [] logits, int from) {
        if (asked) {
            weigh(index, logits, from);
        }
        String text = vocabulary.unit() == Unit.BYTE ? rule.follow(vocabulary.bytes(index)) : vocabulary.decode(index);
        starts = !text.isEmpty();
        return starts ? text : null;
    }

    private void weigh(int index, float @Nullable [] logits, int from) {
        if (starts) {
            logProbability = 0;
            known = true;
            likeliest = Map.of();
        }
        if (logits == null) {
            known = false;
            return;
        }
        double[] logs = LogSpace.softmax(logits, from, vocabulary.size());
        logProbability += logs[index];
        if (starts && top > 0) {
            likeliest = new LinkedHashMap<>();
            IntStream.range(0, logs.length)
                    .filter(this::isWhole)
                    .boxed()
                    .sorted((a, b) -> Double.compare(logs[b], logs[a]))
                    .limit(top)
                    .forEach(i -> likeliest.putIfAbsent(vocabulary.decode(i), logs[i]));
        }
    }

    /** Whether a symbol is characters, not a part of one. */
    private boolean isWhole(int index) {
        return vocabulary.unit() == Unit.CODEPOINT || vocabulary.decode(index).indexOf('\ufffd') < 0;
    }

    /** Characters that were completed with what was asked for of them, or null where nothing was. */
    @Nullable
    Piece piece(String character) {
        if (!asked) {
            return null;
        }
        if (!known) {
            return new Piece(character, null, null);
        }
        if (top == 0) {
            return new Piece(character, logProbability, null);
        }
        Map<String, Double> all = new LinkedHashMap<>(likeliest);
        all.putIfAbsent(character, logProbability);
        return new Piece(character, logProbability, all);
    }
}
