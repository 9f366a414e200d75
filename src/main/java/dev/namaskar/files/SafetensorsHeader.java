package dev.namaskar.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors header, checked in full against the number of data bytes that follow it.
 *
 * @param metadata free strings
 * @param tensors by name, in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Tensor> tensors) {
    private static final String METADATA = "__metadata__";
    private static final int MAX_RANK = 8;

    /**
     * @param file names the file in errors
     * @param dataBytes how many bytes follow the header
     */
    static SafetensorsHeader parse(String file, byte[] json, long dataBytes) throws MalformedFileException {
        Map<String, @Nullable Object> members = Json.readObject(file + ": header", utf8(file, json));
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            if (member.getKey().equals(METADATA)) {
                metadata.putAll(strings(file, member.getValue()));
            } else {
                tensors.add(tensor(file, member.getKey(), member.getValue(), dataBytes));
            }
        }
        return new SafetensorsHeader(Collections.unmodifiableMap(metadata), placed(file, tensors, dataBytes));
    }

    private static String utf8(String file, byte[] json) throws MalformedFileException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(
                    file + ": expected a safetensors header in UTF-8, found other bytes; is this a model?", e);
        }
    }

    private static Map<String, String> strings(String file, @Nullable Object value) throws MalformedFileException {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry :
                Json.object(file + ": " + METADATA, value).entrySet()) {
            if (!(entry.getValue() instanceof String text)) {
                throw new MalformedFileException(file + ": expected a string for \"" + entry.getKey() + "\" in "
                        + METADATA + ", found " + Json.kind(entry.getValue()));
            }
            strings.put(entry.getKey(), text);
        }
        return strings;
    }

    private static Tensor tensor(String file, String name, @Nullable Object value, long dataBytes)
            throws MalformedFileException {
        String where = file + ": tensor " + Json.kind(name).replace("the string ", "");
        Map<String, @Nullable Object> entry = Json.object(where, value);
        if (entry.size() != 3) {
            throw new MalformedFileException(
                    where + ": expected \"dtype\", \"shape\" and \"data_offsets\", found " + entry.size() + " members");
        }
        Dtype dtype = dtype(where, entry.get("dtype"));
        List<Integer> shape = shape(where, entry.get("shape"));
        List<@Nullable Object> offsets = Json.array(where + ": data_offsets", entry.get("data_offsets"));
        if (offsets.size() != 2
                || !(offsets.get(0) instanceof Long begin)
                || !(offsets.get(1) instanceof Long end)
                || begin < 0
                || end < begin
                || end > dataBytes) {
            throw new MalformedFileException(
                    where + ": expected data_offsets 0 <= begin <= end <= " + dataBytes + ", found " + brief(offsets));
        }
        long bytes = bytes(where, dtype, shape);
        if (end - begin != bytes) {
            throw new MalformedFileException(where + ": expected " + bytes + " bytes for " + dtype + " "
                    + Tensor.format(shape) + ", found " + (end - begin));
        }
        return new Tensor(name, dtype, shape, begin, end);
    }

    private static Dtype dtype(String where, @Nullable Object value) throws MalformedFileException {
        for (Dtype dtype : Dtype.values()) {
            if (dtype.name().equals(value)) {
                return dtype;
            }
        }
        throw new MalformedFileException(
                where + ": expected a dtype of " + List.of(Dtype.values()) + ", found " + Json.kind(value));
    }

    private static List<Integer> shape(String where, @Nullable Object value) throws MalformedFileException {
        List<@Nullable Object> sizes = Json.array(where + ": shape", value);
        List<Integer> shape = new ArrayList<>();
        for (Object size : sizes) {
            if (!(size instanceof Long n) || n < 0 || n > Integer.MAX_VALUE || sizes.size() > MAX_RANK) {
                throw new MalformedFileException(where + ": expected a shape of at most " + MAX_RANK
                        + " sizes from 0 to " + Integer.MAX_VALUE + ", found " + brief(sizes));
            }
            shape.add(n.intValue());
        }
        return shape;
    }

    private static long bytes(String where, Dtype dtype, List<Integer> shape) throws MalformedFileException {
        try {
            long product = dtype.bytes();
            for (int size : shape) {
                product = Math.multiplyExact(product, (long) size);
            }
            return product;
        } catch (ArithmeticException e) {
            throw new MalformedFileException(
                    where + ": expected fewer than 2^63 bytes, found shape " + Tensor.format(shape), e);
        }
    }

    /** The tensors in data order; the data must be theirs without overlap, hole or rest. */
    private static Map<String, Tensor> placed(String file, List<Tensor> tensors, long dataBytes)
            throws MalformedFileException {
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        Map<String, Tensor> byName = new LinkedHashMap<>();
        long at = 0;
        for (Tensor tensor : tensors) {
            if (tensor.begin() != at) {
                throw new MalformedFileException(file + ": tensor \"" + tensor.name() + "\": expected to begin at " + at
                        + " where the one before ends, found " + tensor.begin()
                        + (tensor.begin() < at ? " (they overlap)" : " (a hole)"));
            }
            at = tensor.end();
            byName.put(tensor.name(), tensor);
        }
        if (at != dataBytes) {
            throw new MalformedFileException(file + ": expected " + at + " bytes of tensors, found " + dataBytes);
        }
        return Collections.unmodifiableMap(byName);
    }

    private static String brief(List<@Nullable Object> values) {
        String text = values.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
