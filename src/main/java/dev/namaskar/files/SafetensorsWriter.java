package dev.namaskar.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects tensors and strings and writes them as one safetensors file.
 *
 * <p>The same content gives the same bytes in whatever order it was added: wider numbers first, then by name, which
 * also aligns every tensor to its own width; the header is padded to a multiple of 8 bytes. Arrays are kept by
 * reference and read when the file is written.
 */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 16;

    private record Entry(String name, Dtype dtype, List<Integer> shape, int count, Numbers numbers) {}

    private interface Numbers {
        void put(int index, ByteBuffer to);
    }

    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, Entry> entries = new TreeMap<>();

    /** Adds one string to the file's {@code __metadata__}. */
    public SafetensorsWriter metadata(String name, String value) {
        metadata.put(name, value);
        return this;
    }

    /** Adds an F32 tensor, row-major; values must be finite when the file is written. */
    public SafetensorsWriter floats(String name, float[] values, int... shape) {
        return add(name, Dtype.F32, values.length, shape, (i, to) -> {
            requireFinite(name, i, values[i]);
            to.putFloat(values[i]);
        });
    }

    /** Adds an F64 tensor, row-major; values must be finite when the file is written. */
    public SafetensorsWriter doubles(String name, double[] values, int... shape) {
        return add(name, Dtype.F64, values.length, shape, (i, to) -> {
            requireFinite(name, i, values[i]);
            to.putDouble(values[i]);
        });
    }

    /** Adds an I64 tensor, row-major. */
    public SafetensorsWriter longs(String name, long[] values, int... shape) {
        return add(name, Dtype.I64, values.length, shape, (i, to) -> to.putLong(values[i]));
    }

    /** Adds an I32 tensor, row-major. */
    public SafetensorsWriter ints(String name, int[] values, int... shape) {
        return add(name, Dtype.I32, values.length, shape, (i, to) -> to.putInt(values[i]));
    }

    /** Writes the file beside the target, then moves it into place; the file before stays until then. */
    public void write(Path target) throws IOException {
        AtomicFile.write(target, this::writeTo);
    }

    /**
     * Writes header and tensors to a stream, which stays open.
     *
     * @throws IllegalArgumentException if a value is not finite
     */
    public void writeTo(OutputStream out) throws IOException {
        List<Entry> order = new ArrayList<>(entries.values());
        order.sort(Comparator.comparingInt((Entry e) -> -e.dtype().bytes()).thenComparing(Entry::name));
        byte[] json = header(order);
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int padding = -json.length & 7;
        WritableByteChannel channel = Channels.newChannel(out);
        drain(buffer.putLong(json.length + padding), channel);
        out.write(json);
        out.write("       ".getBytes(StandardCharsets.US_ASCII), 0, padding);
        for (Entry entry : order) {
            for (int i = 0; i < entry.count(); i++) {
                if (buffer.remaining() < 8) {
                    drain(buffer, channel);
                }
                entry.numbers().put(i, buffer);
            }
        }
        drain(buffer, channel);
    }

    private static void drain(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
        channel.write(buffer.flip());
        buffer.clear();
    }

    private byte[] header(List<Entry> order) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            members.put("__metadata__", metadata);
        }
        long at = 0;
        for (Entry entry : order) {
            long end = at + (long) entry.count() * entry.dtype().bytes();
            Map<String, Object> member = new LinkedHashMap<>();
            member.put("dtype", entry.dtype());
            member.put("shape", entry.shape());
            member.put("data_offsets", List.of(at, end));
            members.put(entry.name(), member);
            at = end;
        }
        return Json.write(members).getBytes(StandardCharsets.UTF_8);
    }

    private SafetensorsWriter add(String name, Dtype dtype, int count, int[] shape, Numbers numbers) {
        List<Integer> sizes = Arrays.stream(shape).boxed().toList();
        long product = 1;
        for (int size : shape) {
            product = Math.multiplyExact(product, size);
        }
        if (product != count) {
            throw new IllegalArgumentException("expected " + product + " values for " + Tensor.format(sizes)
                    + ", found " + count + " for tensor \"" + name + "\"");
        }
        if (name.equals("__metadata__")
                || entries.putIfAbsent(name, new Entry(name, dtype, sizes, count, numbers)) != null) {
            throw new IllegalArgumentException("expected a new tensor name, found \"" + name + "\" twice");
        }
        return this;
    }

    private static void requireFinite(String name, int index, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("expected finite numbers, found " + value + " at index " + index
                    + " of tensor \"" + name + "\"; nothing was written");
        }
    }
}
