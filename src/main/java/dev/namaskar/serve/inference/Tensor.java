package dev.namaskar.serve.inference;

import dev.namaskar.serve.http.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type in a shape, row-major.
 *
 * @param name what it is called
 * @param datatype {@code BYTES} for texts, {@code FP64} and others for numbers
 * @param shape its sides
 * @param data as many values as the sides multiply to
 */
record Tensor(String name, String datatype, List<Long> shape, List<? extends @Nullable Object> data) {
    private static final int MOST = 1_000_000;
    private static final Set<String> NUMBERS =
            Set.of("FP16", "FP32", "FP64", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64");

    /** Texts side by side. */
    static Tensor ofTexts(String name, List<String> texts) {
        return new Tensor(name, "BYTES", List.of((long) texts.size()), List.copyOf(texts));
    }

    /** Numbers in a shape, null for what is none. */
    static Tensor ofNumbers(String name, List<? extends @Nullable Double> numbers, long... shape) {
        List<Long> sides = new ArrayList<>();
        for (long side : shape) {
            sides.add(side);
        }
        return new Tensor(name, "FP64", sides, numbers);
    }

    /**
     * Reads one that a client sent.
     *
     * @throws dev.namaskar.serve.http.Refusal if its data are not of its type and shape
     */
    static Tensor read(Fields fields) {
        String name = fields.text("name");
        String datatype = fields.text("datatype");
        List<Long> shape = new ArrayList<>();
        long size = 1;
        Object sides = fields.required("shape");
        for (Object side : sides instanceof List<?> list ? list : List.of(sides)) {
            if (!(side instanceof Long length) || length < 0 || length > MOST || size * Math.max(1, length) > MOST) {
                throw fields.wrong("shape", "a list of whole numbers that multiply to at most " + MOST, sides);
            }
            shape.add(length);
            size *= length;
        }
        if (!datatype.equals("BYTES") && !NUMBERS.contains(datatype)) {
            throw fields.wrong("datatype", "BYTES or a type of numbers such as FP64", datatype);
        }
        List<Object> data = new ArrayList<>();
        flatten(fields, fields.required("data"), datatype, data);
        if (data.size() != size) {
            throw fields.wrong("data", size + " values, as `shape` says", data.size());
        }
        fields.object("parameters");
        fields.noOthers();
        return new Tensor(name, datatype, shape, data);
    }

    private static void flatten(Fields fields, @Nullable Object data, String datatype, List<Object> to) {
        if (data instanceof List<?> list) {
            for (Object element : list) {
                flatten(fields, element, datatype, to);
            }
        } else if (datatype.equals("BYTES") ? data instanceof String : data instanceof Number) {
            to.add(data);
        } else {
            throw fields.wrong("data", datatype.equals("BYTES") ? "texts" : "values that are numbers", data);
        }
    }

    List<String> texts() {
        return data.stream().map(String::valueOf).toList();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("shape", shape);
        map.put("datatype", datatype);
        map.put("data", data);
        return map;
    }
}
