package dev.namaskar.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeded damage to files: bits, spans, lengths, and numbers and names inside JSON. */
public final class Mutations {
    private static final long[] EXTREMES = {
        0,
        1,
        -1,
        7,
        255,
        1 << 16,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1L << 62
    };
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "2",
            "3",
            "1000000",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "1e308",
            "1e999",
            "-0.0",
            "0.5",
            "null",
            "true",
            "\"7\"",
            "[]",
            "{}",
            "NaN");

    private Mutations() {}

    /** One to three random changes of bytes. */
    public static byte[] bytes(byte[] original, Random random) {
        byte[] changed = original.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            changed = once(changed, random);
        }
        return changed;
    }

    private static byte[] once(byte[] from, Random random) {
        if (from.length < 2) {
            return new byte[random.nextInt(20)];
        }
        int at = random.nextInt(from.length);
        int other = random.nextInt(from.length);
        byte[] changed = from.clone();
        switch (random.nextInt(7)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> changed = Arrays.copyOf(from, at);
            case 3 -> changed = spliced(from, at, Math.min(from.length, at + random.nextInt(64)), new byte[0]);
            case 4 ->
                changed = spliced(from, at, at, Arrays.copyOfRange(from, Math.min(at, other), Math.max(at, other)));
            case 5 -> {
                ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
                if (at + 8 <= from.length) {
                    ByteBuffer.wrap(changed).order(order).putLong(at, extreme);
                }
            }
            default -> {
                int length = Math.min(random.nextInt(16), from.length - Math.max(at, other));
                System.arraycopy(from, at, changed, other, length);
            }
        }
        return changed;
    }

    private static byte[] spliced(byte[] from, int start, int end, byte[] insert) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(from, 0, start);
        out.write(insert, 0, Math.min(insert.length, 4096));
        out.write(from, end, from.length - end);
        return out.toByteArray();
    }

    /** One to three changes of a text: a number for another value, a name for another, or bytes. */
    public static String text(String original, Random random) {
        String text = original;
        for (int n = random.nextInt(3); n >= 0; n--) {
            text = switch (random.nextInt(4)) {
                case 0 -> new String(bytes(text.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8);
                case 1 -> replaced(text, "\"[A-Za-z_0-9.]+\"", random, text.isEmpty() ? "\"\"" : token(text, random));
                default -> replaced(text, "-?[0-9]+(\\.[0-9]+)?", random, NUMBERS.get(random.nextInt(NUMBERS.size())));
            };
        }
        return text;
    }

    private static String token(String text, Random random) {
        var matcher = java.util.regex.Pattern.compile("\"[A-Za-z_0-9.]+\"").matcher(text);
        List<String> all =
                matcher.results().map(java.util.regex.MatchResult::group).toList();
        return all.isEmpty() ? "\"x\"" : all.get(random.nextInt(all.size()));
    }

    private static String replaced(String text, String pattern, Random random, String by) {
        var all =
                java.util.regex.Pattern.compile(pattern).matcher(text).results().toList();
        if (all.isEmpty()) {
            return text + by;
        }
        var hit = all.get(random.nextInt(all.size()));
        return text.substring(0, hit.start()) + by + text.substring(hit.end());
    }

    /** A safetensors file whose header was changed as text, with a header length that is right again. */
    public static byte[] header(byte[] safetensors, Random random) {
        int length = (int)
                ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(safetensors, 8, length, StandardCharsets.UTF_8);
        return SafetensorsTest.raw(
                text(header, random), Arrays.copyOfRange(safetensors, 8 + length, safetensors.length));
    }
}
