package dev.namaskar.symbols;

import java.util.HexFormat;
import java.util.Locale;

/** What is wrong with bytes that are no UTF-8, after RFC 3629 and the Unicode standard's table 3-7. */
final class Utf8Fault {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
    /** So many whole characters to one that is not make a damaged text, not one of another encoding. */
    private static final int WHOLE = 10;

    private Utf8Fault() {}

    /** {@code 0xE9 20}. */
    static String hex(byte... bytes) {
        return "0x" + HEX.formatHex(bytes);
    }

    /** What is wrong with the sequence that these bytes begin with. */
    static String describe(byte... bytes) {
        int lead = bytes[0] & 0xff;
        String found = "found " + hex(bytes[0]);
        if (lead < 0xC0) {
            return found + ", a continuation byte where a character should start";
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return found + ", which no UTF-8 text holds";
        }
        int needed = following(lead);
        StringBuilder seen = new StringBuilder(found);
        for (int k = 1; k <= needed; k++) {
            if (k >= bytes.length) {
                return seen + " and the end of the file, expected " + needed + " continuation bytes 80..BF after it";
            }
            int next = bytes[k] & 0xff;
            seen.append(String.format(Locale.ROOT, " %02X", next));
            if (next < low(lead, k) || next > high(lead, k)) {
                return String.format(
                        Locale.ROOT,
                        "%s, expected %02X..%02X as byte %d of the character",
                        seen,
                        low(lead, k),
                        high(lead, k),
                        k + 1);
            }
        }
        return seen.toString();
    }

    /** Whether these bytes are the beginning of one character, and its end is missing. */
    static boolean isCutShort(byte... bytes) {
        int lead = bytes[0] & 0xff;
        return lead >= 0xC2 && lead <= 0xF4 && bytes.length <= following(lead) && wellFormed(bytes, 0) == bytes.length;
    }

    /**
     * Whether these bytes, the first of which are wrong, are else UTF-8 beyond ASCII.
     *
     * @param beyondAscii whether the bytes before them were
     */
    static boolean isMostlyUtf8(byte[] bytes, boolean beyondAscii) {
        long whole = beyondAscii ? 1 : 0;
        long broken = 0;
        for (int at = 0; at < bytes.length; ) {
            int length = wellFormed(bytes, at);
            boolean complete = length > 1 && length == 1 + following(bytes[at] & 0xff);
            if (bytes[at] >= 0 || complete) {
                whole += complete ? 1 : 0;
                at += length;
            } else {
                // The last may have lost its end to the sample's.
                broken += at + length < bytes.length || broken == 0 ? 1 : 0;
                at += Math.max(1, length);
            }
        }
        return whole >= WHOLE * broken || (beyondAscii && broken == 1);
    }

    /** How many bytes from here on belong to one well-formed character, whole or not; 0 if none. */
    private static int wellFormed(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int n = 1;
        while (n <= following(lead)
                && at + n < bytes.length
                && (bytes[at + n] & 0xff) >= low(lead, n)
                && (bytes[at + n] & 0xff) <= high(lead, n)) {
            n++;
        }
        return n;
    }

    private static int following(int lead) {
        return lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }

    private static int low(int lead, int k) {
        return k > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    }

    private static int high(int lead, int k) {
        return k > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    }
}
