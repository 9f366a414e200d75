package dev.namaskar.symbols;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * The likeliest encoding of bytes that are no UTF-8, by the statistics of universalchardet. Among encodings of one byte
 * a character, in which all bytes mean something, those are left out whose text nobody would write: a word of two
 * scripts, a capital behind a small letter, a sign amid letters.
 *
 * @param charset the encoding
 * @param excerpt the text about its first character beyond ASCII, read so, for people to judge
 */
record EncodingGuess(Charset charset, String excerpt) {
    private static final List<String> SINGLE_BYTE = List.of(
            "windows-1252",
            "windows-1254",
            "windows-1250",
            "windows-1251",
            "KOI8-R",
            "KOI8-U",
            "windows-1253",
            "windows-1255",
            "windows-1256",
            "windows-1257",
            "x-windows-874",
            "IBM866",
            "IBM850");
    private static final int BEFORE = 12;
    private static final int AFTER = 16;

    /** Letters that Icelandic alone has, where Turkish has others in their places. */
    private static final String RARE = "\u00fe\u00de\u00f0\u00d0";

    /** The likeliest encoding of a piece of a text, null where none of those known here fits. */
    static @Nullable EncodingGuess of(byte[] sample) {
        String detected = detected(sample);
        List<String> candidates = new ArrayList<>();
        if (detected != null && Charset.isSupported(detected)) {
            Charset charset = Charset.forName(detected);
            String text = decoded(sample, charset);
            if (text != null && charset.newEncoder().maxBytesPerChar() > 1) {
                return new EncodingGuess(charset, excerpt(text));
            }
            candidates.add(detected);
        }
        candidates.addAll(SINGLE_BYTE);
        EncodingGuess best = null;
        double least = Double.POSITIVE_INFINITY;
        for (String name : candidates) {
            String text = Charset.isSupported(name) ? decoded(sample, Charset.forName(name)) : null;
            double faults = text == null ? Double.POSITIVE_INFINITY : faults(text);
            if (text != null && faults < least) {
                least = faults;
                best = new EncodingGuess(Charset.forName(name), excerpt(text));
            }
        }
        return best;
    }

    private static @Nullable String detected(byte[] sample) {
        try {
            UniversalDetector detector = new UniversalDetector();
            detector.handleData(sample, 0, sample.length);
            detector.dataEnd();
            return detector.getDetectedCharset();
        } catch (NoClassDefFoundError absent) {
            return null; // the runtime jar goes without it
        }
    }

    /**
     * UTF-16 without a byte order mark, of which every blank and line end has a zero byte: the order that makes a text of
     * assigned characters with more of them. Null if neither does.
     */
    static @Nullable EncodingGuess ofUtf16(byte[] head) {
        byte[] whole = Arrays.copyOf(head, head.length & ~1);
        EncodingGuess best = null;
        long most = 0;
        for (String name : List.of("UTF-16LE", "UTF-16BE")) {
            Charset charset = Charset.forName(name);
            String text = decoded(whole, charset);
            long blanks = text == null
                    ? 0
                    : text.chars().filter(c -> c == ' ' || c == '\n').count();
            if (text != null
                    && blanks > most
                    && text.codePoints().filter(EncodingGuess::isNoText).count() * 50 <= text.length()) {
                most = blanks;
                best = new EncodingGuess(
                        charset, text.lines().findFirst().orElse("").strip());
            }
        }
        return best;
    }

    private static boolean isNoText(int c) {
        int type = Character.getType(c);
        return type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || (type == Character.CONTROL && !Character.isWhitespace(c));
    }

    /** Strictly decoded, null if the bytes are none of this encoding; half a character at the end is left out. */
    private static @Nullable String decoded(byte[] bytes, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate((int) (bytes.length * Math.max(1, decoder.maxCharsPerByte())) + 8);
        return decoder.decode(ByteBuffer.wrap(bytes), chars, false).isError()
                ? null
                : chars.flip().toString();
    }

    /** What nobody would write. */
    private static double faults(String text) {
        double faults = 0;
        int before = ' ';
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            int next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            boolean foreign = c >= 0x80 || before >= 0x80;
            if (foreign && Character.isLetter(c) && Character.isLetter(before)) {
                boolean scripts = Character.UnicodeScript.of(c) != Character.UnicodeScript.of(before);
                boolean capital = Character.isUpperCase(c) && Character.isLowerCase(before);
                faults += scripts || capital ? 1 : 0;
            }
            if (c >= 0x80 && !Character.isLetter(c) && !isMark(c)) {
                boolean amidLetters = Character.isLetter(before) && Character.isLetter(next);
                faults += Character.isISOControl(c) ? 1 : amidLetters && c != '\u2019' && c != '\u00b7' ? 1 : 0.05;
            }
            faults += RARE.indexOf(c) >= 0 ? 0.1 : 0;
            before = c;
        }
        return faults;
    }

    private static boolean isMark(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static String excerpt(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) < 0x80) {
            first++;
        }
        int from = Math.max(0, first - BEFORE);
        int to = Math.min(text.length(), first + AFTER);
        return text.substring(from, to)
                .codePoints()
                .map(c -> SymbolDisplay.isInvisible(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
