package dev.namaskar.speech;

import dev.namaskar.files.HeapRoom;
import dev.namaskar.files.InputFile;
import dev.namaskar.files.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** WAV files, by the JDK's readers. */
final class WavFile {
    private static final int HEADER = 12;
    private static final int MOST_CHANNELS = 64;
    /** Floating point numbers may go a little beyond the loudest sound; those in steps of whole numbers go far. */
    private static final double LOUDEST = 16;

    private static final int BLOCK_FRAMES = 4096;
    /** Programs that write into a pipe, and do not know how much will come, promise two or four gigabytes. */
    private static final long UNKNOWN_BYTES = 0x7ff00000L;

    private WavFile() {}

    static Recording read(Path file) throws IOException {
        InputFile.require(file);
        requireHeader(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                AudioInputStream stored = AudioSystem.getAudioInputStream(in)) {
            AudioFormat format = stored.getFormat();
            requireReadable(file, format);
            long promised = stored.getFrameLength();
            long room = Files.size(file) / format.getFrameSize();
            boolean open = promised < 0 || promised >= UNKNOWN_BYTES / format.getFrameSize();
            HeapRoom.require(file.toString(), 4 * Math.min(room, open ? room : promised));
            float[] samples = mixed(plain(stored), (int) Math.min(Integer.MAX_VALUE - 8, room));
            if (!open && samples.length < promised) {
                throw new MalformedFileException(file + ": expected " + promised
                        + " samples, as its header says, found " + samples.length + "; the file is cut short");
            }
            return new Recording(samples, Math.round(format.getSampleRate()));
        } catch (UnsupportedAudioFileException | EOFException | RuntimeException e) {
            throw new MalformedFileException(
                    file + ": expected a WAV file of speech, found one that cannot be read: " + e.getMessage(), e);
        }
    }

    /** The JDK says only that it knows no such file; this says what it is. */
    private static void requireHeader(Path file) throws IOException {
        byte[] head = new byte[HEADER];
        int count;
        try (InputStream in = Files.newInputStream(file)) {
            count = in.readNBytes(head, 0, HEADER);
        }
        if (count == 0) {
            throw new MalformedFileException(file + ": expected a WAV file, found an empty file");
        }
        String form = new String(head, StandardCharsets.ISO_8859_1);
        if (!form.startsWith("RIFF") || !form.endsWith("WAVE")) {
            throw new MalformedFileException(
                    file + ": expected a WAV file, which begins with RIFF....WAVE, found one that" + " begins with \""
                            + new String(head, 0, Math.min(count, 4), StandardCharsets.ISO_8859_1) + "\"");
        }
    }

    private static void requireReadable(Path file, AudioFormat format) throws MalformedFileException {
        float rate = format.getSampleRate();
        if (!(rate >= Recording.LOWEST_RATE && rate <= Recording.HIGHEST_RATE)) {
            throw new MalformedFileException(String.format(
                    Locale.ROOT,
                    "%s: expected %d to %d samples a second, found %.0f",
                    file,
                    Recording.LOWEST_RATE,
                    Recording.HIGHEST_RATE,
                    rate));
        }
        if (format.getChannels() < 1 || format.getChannels() > MOST_CHANNELS || format.getFrameSize() < 1) {
            throw new MalformedFileException(
                    file + ": expected 1 to " + MOST_CHANNELS + " channels, found " + format.getChannels());
        }
    }

    /** Companded sound becomes whole numbers; others stay what they are. */
    private static AudioInputStream plain(AudioInputStream stored) {
        Encoding encoding = stored.getFormat().getEncoding();
        return encoding.equals(Encoding.ULAW) || encoding.equals(Encoding.ALAW)
                ? AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, stored)
                : stored;
    }

    /** The mean of all channels. */
    private static float[] mixed(AudioInputStream in, int room) throws IOException {
        AudioFormat format = in.getFormat();
        int channels = format.getChannels();
        int bytes = format.getFrameSize() / channels;
        requireBits(format, bytes);
        float[] samples = new float[Math.min(room, BLOCK_FRAMES)];
        int count = 0;
        byte[] block = new byte[format.getFrameSize() * BLOCK_FRAMES];
        int read = in.readNBytes(block, 0, block.length);
        while (read > 0) {
            int frames = read / format.getFrameSize();
            if (count + frames > samples.length) {
                samples = Arrays.copyOf(samples, Math.max(count + frames, 2 * samples.length));
            }
            for (int i = 0; i < frames; i++) {
                double sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += amplitude(block, (i * channels + c) * bytes, bytes, format);
                }
                samples[count++] = (float) (sum / channels);
            }
            read = in.readNBytes(block, 0, block.length);
        }
        return Arrays.copyOf(samples, count);
    }

    private static void requireBits(AudioFormat format, int bytes) {
        Encoding encoding = format.getEncoding();
        boolean whole = (encoding.equals(Encoding.PCM_SIGNED) && bytes >= 1 && bytes <= 4)
                || (encoding.equals(Encoding.PCM_UNSIGNED) && bytes == 1);
        boolean floating = encoding.equals(Encoding.PCM_FLOAT) && (bytes == 4 || bytes == 8);
        if (!whole && !floating) {
            throw new IllegalArgumentException(
                    "samples of 8 to 32 bits or floating point numbers are known, not " + format);
        }
    }

    private static double amplitude(byte[] block, int at, int bytes, AudioFormat format) {
        if (format.getEncoding().equals(Encoding.PCM_FLOAT)) {
            ByteBuffer one = ByteBuffer.wrap(block, at, bytes)
                    .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            double value = bytes == 4 ? one.getFloat() : one.getDouble();
            if (!(Math.abs(value) <= LOUDEST)) {
                throw new IllegalArgumentException("a sample is " + value + ", where 1 is the loudest: write floating"
                        + " point numbers from -1 to 1, or whole numbers of 16 bits");
            }
            return value;
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int place = format.isBigEndian() ? i : bytes - 1 - i;
            value = value << 8 | (block[at + place] & 0xff);
        }
        double full = 1L << (8 * bytes - 1);
        if (format.getEncoding().equals(Encoding.PCM_UNSIGNED)) {
            return (value - full) / full;
        }
        return (value >= full ? value - 2 * full : value) / full;
    }
}
