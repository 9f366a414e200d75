package dev.namaskar.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An open safetensors file: u64 little-endian header length, JSON header, raw row-major little-endian tensors.
 *
 * <p>The whole header is checked against the file's length before anything is allocated; values are read when asked
 * for, and a value that is not finite is an error that names the tensor and the place. Not thread-safe.
 */
public final class Safetensors implements Closeable {
    /** Longest header that is read; the reference implementation's bound. */
    public static final int MAX_HEADER_BYTES = 100_000_000;

    private static final int CHUNK = 1 << 16;
    /** How zip files begin, {@code PK\3\4}. */
    private static final int ZIP = 0x04034b50;
    /** How pickles begin: PROTO, then the protocol's number. */
    private static final int PICKLE = 0x80;

    private static final int NEWEST_PICKLE = 5;

    /** Where bytes come from: a file or an array. */
    private interface Source extends Closeable {
        void read(long position, ByteBuffer to) throws IOException;
    }

    private final String file;
    private final Source source;
    private final long dataStart;
    private final SafetensorsHeader header;

    private Safetensors(String file, Source source, long length) throws IOException {
        this.file = file;
        this.source = source;
        ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        if (length < 10) {
            throw new MalformedFileException(file + ": expected a safetensors file, found " + length
                    + " bytes; it is cut short or another kind");
        }
        source.read(0, size);
        long headerBytes = size.flip().getLong();
        long most = Math.min(MAX_HEADER_BYTES, length - 8);
        if (headerBytes < 2 || headerBytes > most) {
            throw new MalformedFileException(file + ": expected a safetensors header of 2 to " + most
                    + " bytes, found a length of " + Long.toUnsignedString(headerBytes)
                    + otherKind(headerBytes));
        }
        HeapRoom.require(file + ": header", 8 * headerBytes);
        ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
        source.read(8, json);
        dataStart = 8 + headerBytes;
        header = SafetensorsHeader.parse(file, json.array(), length - dataStart);
    }

    /** What a file is instead, by its first eight bytes, and what to do. */
    private static String otherKind(long begin) {
        boolean pickle = (begin & 0xff) == PICKLE && (begin >> 8 & 0xff) <= NEWEST_PICKLE;
        if ((int) begin == ZIP || pickle) {
            return "; it is a "
                    + (pickle ? "pickle, as torch.save wrote before PyTorch 1.6" : "zip file, as torch.save writes")
                    + ": write the state dict with safetensors.torch.save_file instead";
        }
        return "; the file is cut short or another kind";
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws MalformedFileException if it is not a well-formed safetensors file
     */
    public static Safetensors open(Path path) throws IOException {
        InputFile.require(path);
        FileChannel channel = FileChannel.open(path);
        Source source = new Source() {
            @Override
            public void read(long position, ByteBuffer to) throws IOException {
                long at = position;
                while (to.hasRemaining()) {
                    int n = channel.read(to, at);
                    if (n < 0) {
                        throw new MalformedFileException(path + ": the file ends at byte " + at);
                    }
                    at += n;
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
        try {
            return new Safetensors(path.toString(), source, channel.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The same over bytes in memory, such as a resource in a jar.
     *
     * @param name stands for the file in errors
     */
    public static Safetensors of(String name, byte[] content) throws IOException {
        Source source = new Source() {
            @Override
            public void read(long position, ByteBuffer to) {
                to.put(content, (int) position, to.remaining());
            }

            @Override
            public void close() {}
        };
        return new Safetensors(name, source, content.length);
    }

    /** The name that errors use: the path as it was given. */
    public String file() {
        return file;
    }

    /** The free strings of {@code __metadata__}. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** All tensors by name, in the order of their data. */
    public Map<String, Tensor> tensors() {
        return header.tensors();
    }

    /** The tensor of this name; an error lists some of those there are. */
    public Tensor tensor(String name) throws MalformedFileException {
        Tensor tensor = tensors().get(name);
        if (tensor == null) {
            List<String> there = tensors().keySet().stream().limit(12).toList();
            throw new MalformedFileException(file + ": expected a tensor \"" + name + "\", found " + there
                    + (tensors().size() > 12 ? " and " + (tensors().size() - 12) + " more" : ""));
        }
        return tensor;
    }

    /** The tensor of this name if it has this shape. */
    public Tensor tensor(String name, int... shape) throws MalformedFileException {
        Tensor tensor = tensor(name);
        List<Integer> expected = Arrays.stream(shape).boxed().toList();
        if (!tensor.shape().equals(expected)) {
            throw new MalformedFileException(file + ": expected " + Tensor.format(expected) + ", got "
                    + Tensor.format(tensor.shape()) + " for tensor \"" + name + "\"");
        }
        return tensor;
    }

    /** All values of a floating tensor (F32, F64, F16, BF16), row-major, rounded to float; every one is finite. */
    public float[] floats(Tensor tensor) throws IOException {
        float[] values = new float[count(tensor, true, 4)];
        each(tensor, (i, buffer) -> {
            double value = tensor.dtype().nextReal(buffer);
            values[i] = (float) value;
            requireFinite(tensor, i, value, Float.isFinite(values[i]));
        });
        return values;
    }

    /** All values of a floating tensor, row-major; every one is finite. */
    public double[] doubles(Tensor tensor) throws IOException {
        double[] values = new double[count(tensor, true, 8)];
        each(tensor, (i, buffer) -> {
            values[i] = tensor.dtype().nextReal(buffer);
            requireFinite(tensor, i, values[i], Double.isFinite(values[i]));
        });
        return values;
    }

    /** All values of an integer tensor, row-major. */
    public long[] longs(Tensor tensor) throws IOException {
        long[] values = new long[count(tensor, false, 8)];
        each(tensor, (i, buffer) -> values[i] = tensor.dtype().nextInteger(buffer));
        return values;
    }

    /** {@link #floats(Tensor)} of the tensor of this name, which must have this shape. */
    public float[] floats(String name, int... shape) throws IOException {
        return floats(tensor(name, shape));
    }

    /** {@link #longs(Tensor)} of the tensor of this name, which must have this shape. */
    public long[] longs(String name, int... shape) throws IOException {
        return longs(tensor(name, shape));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private interface Element {
        void take(int index, ByteBuffer from) throws MalformedFileException;
    }

    private void each(Tensor tensor, Element element) throws IOException {
        int bytes = tensor.dtype().bytes();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, tensor.end() - tensor.begin()))
                .order(ByteOrder.LITTLE_ENDIAN);
        int index = 0;
        for (long at = tensor.begin(); at < tensor.end(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(CHUNK, tensor.end() - at));
            source.read(dataStart + at, buffer);
            buffer.flip();
            for (int n = buffer.limit() / bytes; n > 0; n--) {
                element.take(index++, buffer);
            }
        }
    }

    private int count(Tensor tensor, boolean floating, int bytes) throws IOException {
        if (tensor.dtype().floating() != floating) {
            throw new MalformedFileException(file + ": expected " + (floating ? "a floating" : "an integer")
                    + " dtype, found " + tensor.dtype() + " for tensor \"" + tensor.name() + "\"");
        }
        // An array header takes part of the largest index, so stay a little below it.
        if (tensor.size() > Integer.MAX_VALUE - 8) {
            throw new MalformedFileException(file + ": expected at most " + (Integer.MAX_VALUE - 8) + " values, found "
                    + tensor.size() + " in tensor \"" + tensor.name() + "\"");
        }
        HeapRoom.require(file + ": tensor \"" + tensor.name() + "\"", tensor.size() * bytes);
        return (int) tensor.size();
    }

    private void requireFinite(Tensor tensor, int index, double value, boolean finite) throws MalformedFileException {
        if (!finite) {
            throw new MalformedFileException(file + ": expected finite numbers, found " + value + " at index " + index
                    + " of tensor \"" + tensor.name() + "\" " + Tensor.format(tensor.shape()));
        }
    }
}
