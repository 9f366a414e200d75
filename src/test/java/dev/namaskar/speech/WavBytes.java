package dev.namaskar.speech;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files written by hand after the format's description, so that nothing of the JDK's readers is in them. */
record WavBytes(int tag, int channels, int rate, int bits) {
    static final int PCM = 1;
    static final int FLOATING = 3;
    static final int MU_LAW = 7;

    static WavBytes pcm(int channels, int rate, int bits) {
        return new WavBytes(PCM, channels, rate, bits);
    }

    /** Values from -1 to 1, channel beside channel, as a file's data. */
    byte[] data(double... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (tag == FLOATING) {
                data.putFloat((float) value);
                continue;
            }
            long whole = Math.round(value * (1L << (bits - 1)));
            whole = Math.max(-(1L << (bits - 1)), Math.min((1L << (bits - 1)) - 1, whole));
            if (bits == 8) {
                whole += 128;
            }
            for (int i = 0; i < bits / 8; i++) {
                data.put((byte) (whole >> (8 * i)));
            }
        }
        return data.array();
    }

    byte[] file(byte[] data) {
        return file(data, data.length & 0xffffffffL, false);
    }

    /** A file whose header promises so many bytes, with a chunk that nobody knows before its data or not. */
    byte[] file(byte[] data, long promised, boolean withOtherChunk) {
        ByteBuffer format = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        format.putShort((short) tag).putShort((short) channels).putInt(rate);
        format.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunk(all, "RIFF", Math.min(0xffffffffL, promised + 36), "WAVE".getBytes(StandardCharsets.US_ASCII));
        chunk(all, "fmt ", 16, format.array());
        if (withOtherChunk) {
            chunk(all, "LIST", 10, new byte[10]);
        }
        chunk(all, "data", promised, data);
        return all.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream all, String name, long length, byte[] content) {
        all.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) length)
                .array());
        all.writeBytes(content);
    }
}
