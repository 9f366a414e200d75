package dev.namaskar.exchange.dl4j;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that {@code Nd4j.write} makes of an array, big-endian throughout: a buffer with the shape's description,
 * then a buffer with the numbers. A buffer is a name (how it was allocated), a count, a name (its data type) and the
 * numbers; a name is a u16 length and as many bytes.
 */
final class Nd4jBinary {
    private static final int MAX_RANK = 32;

    private Nd4jBinary() {}

    /**
     * Reads a vector: an array with at most one axis longer than 1.
     *
     * @param what names the bytes in errors
     */
    static float[] readVector(String what, byte[] content) throws MalformedFileException {
        ByteBuffer in = ByteBuffer.wrap(content);
        try {
            long length = length(what, in);
            return numbers(what, in, length);
        } catch (BufferUnderflowException e) {
            throw new MalformedFileException(
                    what + ": expected an array of ND4J, found " + content.length + " bytes; it is cut short", e);
        }
    }

    /** Shape description: rank, sizes, strides, flags, element stride, order. */
    private static long length(String what, ByteBuffer in) throws MalformedFileException {
        text(in);
        long count = in.getLong();
        String type = text(in);
        if (!type.equals("LONG") || count < 4 || count > 2 * MAX_RANK + 4) {
            throw new MalformedFileException(what + ": expected a shape of 4 to " + (2 * MAX_RANK + 4) + " LONG, found "
                    + count + " " + Json.kind(type) + "; files older than ND4J 1.0 are not read");
        }
        long rank = in.getLong();
        if (count != 2 * rank + 4) {
            throw new MalformedFileException(
                    what + ": expected a shape of rank " + (count - 4) / 2 + ", found " + rank);
        }
        long length = 1;
        for (int i = 0; i < rank; i++) {
            long size = in.getLong();
            if (size < 1 || (size > 1 && length > 1)) {
                throw new MalformedFileException(what + ": expected a vector, found axis " + i + " of " + size);
            }
            length = Math.max(length, size);
        }
        for (long skipped = rank + 3; skipped > 0; skipped--) {
            in.getLong();
        }
        return length;
    }

    private static float[] numbers(String what, ByteBuffer in, long length) throws MalformedFileException {
        text(in);
        long count = in.getLong();
        String type = text(in);
        int bytes = switch (type) {
            case "FLOAT" -> Float.BYTES;
            case "DOUBLE" -> Double.BYTES;
            default -> throw new MalformedFileException(what + ": expected FLOAT or DOUBLE, found " + Json.kind(type));
        };
        if (count != length || in.remaining() % bytes != 0 || in.remaining() / bytes != count) {
            throw new MalformedFileException(what + ": expected " + length + " numbers of " + bytes + " bytes, found "
                    + count + " in " + in.remaining() + " bytes");
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            double value = bytes == Float.BYTES ? in.getFloat() : in.getDouble();
            values[i] = (float) value;
            if (!Float.isFinite(values[i])) {
                throw new MalformedFileException(what + ": expected finite numbers, found " + value + " at index " + i);
            }
        }
        return values;
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
