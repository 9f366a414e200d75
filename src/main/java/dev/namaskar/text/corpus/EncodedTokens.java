package dev.namaskar.text.corpus;

import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;

/** Symbols as indices of a vocabulary, looked up as they are read. */
record EncodedTokens(Tokens symbols, Vocabulary vocabulary, UnknownPolicy policy) implements Tokens {
    private static final int SPAN = 1 << 13;

    /**
     * Tokens that were all looked up once.
     *
     * @param from where they begin in their text, for messages
     * @throws IllegalArgumentException naming the first unknown one, if the policy is to refuse it
     */
    static Tokens checked(Tokens part, Vocabulary vocabulary, UnknownPolicy policy, long from) {
        int[] span = new int[SPAN];
        for (long at = 0; at < part.length(); at += SPAN) {
            int n = (int) Math.min(SPAN, part.length() - at);
            part.read(at, span, 0, n);
            for (int i = 0; i < n; i++) {
                int before = i > 0 ? span[i - 1] : -1;
                vocabulary.indexOrPolicy(span[i], before, i + 1 < n ? span[i + 1] : -1, from + at + i, policy);
            }
        }
        return new EncodedTokens(part, vocabulary, policy);
    }

    /** The known symbols among these: a list of the spans that hold them, nothing copied. */
    static Tokens known(Tokens part, Vocabulary vocabulary) {
        KnownSpans spans = new KnownSpans(new EncodedTokens(part, vocabulary, new UnknownPolicy.Skip()));
        int[] span = new int[SPAN];
        for (long at = 0; at < part.length(); at += SPAN) {
            int n = (int) Math.min(SPAN, part.length() - at);
            part.read(at, span, 0, n);
            for (int i = 0; i < n; i++) {
                spans.add(at + i, vocabulary.indexOf(span[i]) >= 0);
            }
        }
        return spans;
    }

    @Override
    public long length() {
        return symbols.length();
    }

    @Override
    public void read(long from, int[] dst, int at, int n) {
        symbols.read(from, dst, at, n);
        for (int i = at; i < at + n; i++) {
            dst[i] = vocabulary.indexOrPolicy(dst[i], -1, -1, from + (i - at), policy);
        }
    }
}
