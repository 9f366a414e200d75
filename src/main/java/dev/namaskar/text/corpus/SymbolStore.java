package dev.namaskar.text.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes symbols one after another, in memory until there are too many, from then on in a temporary file of three bytes
 * a symbol (a code point has 21 bits) that goes when the store is closed. What was appended is read back as
 * {@link Tokens}.
 */
public final class SymbolStore implements Closeable {
    private static final int WIDTH = 3;
    private static final int CHUNK = 1 << 14;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final long inMemory;
    private int[] memory = new int[256];
    private long length;
    private @Nullable FileChannel file;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(CHUNK * WIDTH);

    /** A store that keeps at most this many symbols in memory. */
    public SymbolStore(long inMemory) {
        this.inMemory = Math.min(inMemory, LARGEST_ARRAY);
    }

    /** How many symbols may stay in memory: an eighth of the heap. */
    public static long defaultInMemory() {
        return Runtime.getRuntime().maxMemory() / 8 / Integer.BYTES;
    }

    /** Takes the next symbol. */
    public void append(int symbol) throws IOException {
        if (file == null && length < inMemory) {
            if (length == memory.length) {
                memory = Arrays.copyOf(memory, (int) Math.min(inMemory, Math.max(256, memory.length * 2L)));
            }
            memory[(int) length++] = symbol;
            return;
        }
        if (file == null) {
            file = spill();
        }
        put(file, symbol);
        length++;
    }

    /** How many were taken. */
    public long length() {
        return length;
    }

    /** All that was appended; nothing may be appended after. */
    public Tokens tokens() throws IOException {
        FileChannel channel = file;
        if (channel == null) {
            memory = Arrays.copyOf(memory, (int) length);
            return Tokens.of(memory);
        }
        flush(channel);
        return new OnDisk(channel, length);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private FileChannel spill() throws IOException {
        Path path = Files.createTempFile("namaskar-corpus-", ".symbols");
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        for (int i = 0; i < length; i++) {
            put(channel, memory[i]);
        }
        memory = new int[0];
        return channel;
    }

    private void put(FileChannel channel, int symbol) throws IOException {
        if (!pending.hasRemaining()) {
            flush(channel);
        }
        pending.put((byte) (symbol >> 16)).put((byte) (symbol >> 8)).put((byte) symbol);
    }

    private void flush(FileChannel channel) throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        pending.clear();
    }

    /** Symbols in the file, read by position, so that threads do not disturb each other. */
    private record OnDisk(FileChannel file, long length) implements Tokens {
        @Override
        public void read(long from, int[] dst, int at, int n) {
            Objects.checkFromIndexSize(from, n, length);
            Objects.checkFromIndexSize(at, n, dst.length);
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(n, CHUNK) * WIDTH);
            for (int done = 0; done < n; done += CHUNK) {
                int count = Math.min(CHUNK, n - done);
                fill(bytes.clear().limit(count * WIDTH), (from + done) * WIDTH);
                for (int i = 0; i < count; i++) {
                    int b = i * WIDTH;
                    dst[at + done + i] =
                            (bytes.get(b) & 0xff) << 16 | (bytes.get(b + 1) & 0xff) << 8 | (bytes.get(b + 2) & 0xff);
                }
            }
        }

        private void fill(ByteBuffer bytes, long position) {
            try {
                while (bytes.hasRemaining()) {
                    int got = file.read(bytes, position + bytes.position());
                    if (got < 0) {
                        throw new IOException("the temporary file of the corpus ended at byte "
                                + (position + bytes.position()) + ", expected " + length * WIDTH
                                + " bytes; something cut it short");
                    }
                }
            } catch (IOException cause) {
                throw new UncheckedIOException(cause.getMessage(), cause);
            }
        }
    }
}
