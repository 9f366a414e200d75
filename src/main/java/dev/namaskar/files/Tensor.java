package dev.namaskar.files;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a safetensors header says of one tensor, already checked against the file.
 *
 * @param name the tensor's name
 * @param dtype format of its numbers
 * @param shape sizes from the slowest to the fastest axis; empty for a single number
 * @param begin offset of the first byte in the data that follows the header
 * @param end offset after the last byte; {@code end - begin} is the shape's product times the dtype's bytes
 */
public record Tensor(String name, Dtype dtype, List<Integer> shape, long begin, long end) {
    /** Keeps its own copy of the shape. */
    public Tensor {
        shape = List.copyOf(shape);
    }

    /** Number of values. */
    public long size() {
        return (end - begin) / dtype.bytes();
    }

    /** {@code [2,3]}, as error messages print it. */
    public static String format(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
