package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @Test
    void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.safetensors");
        float[] floats = {1, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, -3};
        double[] doubles = {Math.PI, Double.MIN_VALUE};
        new SafetensorsWriter()
                .metadata("a", "ü\"\\\n😀")
                .floats("x", floats, 2, 3)
                .doubles("é", doubles, 2)
                .longs("n", new long[] {Long.MIN_VALUE, 7}, 1, 2, 1)
                .ints("i", new int[] {-5}, 1)
                .floats("none", new float[0], 0, 4)
                .floats("one", new float[] {2})
                .write(file);
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.metadata()).containsOnly(java.util.Map.entry("a", "ü\"\\\n😀"));
            assertThat(read.tensors()).containsOnlyKeys("x", "é", "n", "i", "none", "one");
            assertThat(read.floats("x", 2, 3)).containsExactly(floats);
            assertThat(read.doubles(read.tensor("é"))).containsExactly(doubles);
            assertThat(read.longs("n", 1, 2, 1)).containsExactly(Long.MIN_VALUE, 7);
            assertThat(read.longs("i", 1)).containsExactly(-5);
            assertThat(read.floats("none", 0, 4)).isEmpty();
            assertThat(read.floats("one")).containsExactly(2);
        }
    }

    @Test
    void sameContentInAnotherOrderGivesTheSameBytes() throws IOException {
        byte[] one = bytes(new SafetensorsWriter()
                .metadata("b", "2")
                .metadata("a", "1")
                .floats("y", new float[] {1}, 1)
                .longs("x", new long[] {2}, 1));
        byte[] two = bytes(new SafetensorsWriter()
                .longs("x", new long[] {2}, 1)
                .metadata("a", "1")
                .floats("y", new float[] {1}, 1)
                .metadata("b", "2"));
        assertThat(one).isEqualTo(two);
        long header = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header % 8).isZero();
    }

    @Test
    void manyValuesPassTheReadAndWriteBuffers() throws IOException {
        float[] values = new float[100_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.37f;
        }
        Safetensors read = Safetensors.of("t", bytes(new SafetensorsWriter().floats("x", values, values.length)));
        assertThat(read.floats("x", values.length)).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({
        "0x0000, 0",
        "0x8000, -0.0",
        "0x3c00, 1",
        "0xc000, -2",
        "0x7bff, 65504",
        "0x0001, 5.9604645e-8",
        "0x03ff, 6.097555e-5",
        "0x0400, 6.1035156e-5",
        "0x3555, 0.33325195"
    })
    void halfPrecision(String bits, float expected) {
        assertThat(Dtype.halfToFloat(Integer.decode(bits).shortValue())).isEqualTo(expected);
    }

    @Test
    void narrowAndWideDtypes() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(0.1).putShort((short) 0x3f80).putShort((short) 0x3c00).putInt(-7);
        Safetensors read = Safetensors.of("t", raw("""
            {"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},
             "b":{"dtype":"BF16","shape":[1],"data_offsets":[8,10]},
             "h":{"dtype":"F16","shape":[],"data_offsets":[10,12]},
             "i":{"dtype":"I32","shape":[1],"data_offsets":[12,16]}}\
            """, data.array()));
        assertThat(read.floats("d", 1)).containsExactly(0.1f);
        assertThat(read.floats("b", 1)).containsExactly(1);
        assertThat(read.floats("h")).containsExactly(1);
        assertThat(read.longs("i", 1)).containsExactly(-7);
        assertThatThrownBy(() -> read.floats("i", 1))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage("t: expected a floating dtype, found I32 for tensor \"i\"");
    }

    @Test
    void wrongShapeAndUnknownNameAreNamed() throws IOException {
        Safetensors read = Safetensors.of("m", bytes(new SafetensorsWriter().floats("x", new float[6], 2, 3)));
        assertThatThrownBy(() -> read.floats("x", 3, 2)).hasMessage("m: expected [3,2], got [2,3] for tensor \"x\"");
        assertThatThrownBy(() -> read.floats("y", 3, 2)).hasMessage("m: expected a tensor \"y\", found [x]");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valuesMustBeFinite(float bad) throws IOException {
        byte[] content = bytes(new SafetensorsWriter().floats("x", new float[3], 3));
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putFloat(content.length - 4, bad);
        Safetensors read = Safetensors.of("m", content);
        assertThatThrownBy(() -> read.floats("x", 3))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("index 2 of tensor \"x\" [3]");
        assertThatThrownBy(() -> bytes(new SafetensorsWriter().floats("x", new float[] {0, bad}, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index 1 of tensor \"x\"");
    }

    @Test
    void aDoubleTooLargeForFloatIsAnError() throws IOException {
        Safetensors read = Safetensors.of("m", bytes(new SafetensorsWriter().doubles("x", new double[] {1e300}, 1)));
        assertThatThrownBy(() -> read.floats("x", 1)).hasMessageContaining("1.0E300");
        assertThat(read.doubles(read.tensor("x"))).containsExactly(1e300);
    }

    static Stream<Arguments> hostile() {
        String good = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        byte[] data = new byte[8];
        return Stream.of(
                Arguments.of("empty", new byte[0], "found 0 bytes"),
                Arguments.of("2^63", withLength(Long.MIN_VALUE, good, data), "9223372036854775808"),
                Arguments.of("2^64-1", withLength(-1, good, data), "18446744073709551615"),
                Arguments.of("longer than the file", withLength(200, good, data), "found a length of 200"),
                Arguments.of("length 0", withLength(0, good, data), "found a length of 0"),
                Arguments.of("not JSON", raw("hello world, no JSON", data), "expected JSON"),
                Arguments.of("not UTF-8", withLength(4, "\0\0\0\0", new byte[0], (byte) 0xff), "UTF-8"),
                Arguments.of("array", raw("[1,2,3]", data), "expected a JSON object, found an array"),
                Arguments.of("deep", raw("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}", data), "expected JSON"),
                Arguments.of("twice", raw(good.replace("}}", "},") + good.substring(1), data), "twice"),
                Arguments.of("two texts", raw(good + good, data), "expected JSON"),
                Arguments.of("comment", raw(good + "//", data), "expected JSON"),
                Arguments.of("past the end", raw(good.replace("0,8", "8,16"), data), "end <= 8, found [8, 16]"),
                Arguments.of("negative", raw(good.replace("0,8", "-8,0"), data), "found [-8, 0]"),
                Arguments.of("backwards", raw(good.replace("0,8", "8,0"), data), "found [8, 0]"),
                Arguments.of("huge", raw(good.replace("0,8", "0,99999999999999999999"), data), "expected JSON"),
                Arguments.of("fraction", raw(good.replace("0,8", "0,8.0"), data), "found [0, 8.0]"),
                Arguments.of("rest", raw(good, new byte[12]), "expected 8 bytes of tensors, found 12"),
                Arguments.of("shape", raw(good.replace("[2]", "[3]"), data), "expected 12 bytes for F32 [3], found 8"),
                Arguments.of(
                        "overflow",
                        raw(good.replace("[2]", "[2147483647,2147483647,2147483647]"), data),
                        "fewer than 2^63 bytes"),
                Arguments.of("negative size", raw(good.replace("[2]", "[-2]"), data), "found [-2]"),
                Arguments.of("rank", raw(good.replace("[2]", "[2,1,1,1,1,1,1,1,1]"), data), "at most 8 sizes"),
                Arguments.of("dtype", raw(good.replace("F32", "F8"), data), "found the string \"F8\""),
                Arguments.of("missing", raw(good.replace("\"shape\":[2],", ""), data), "found 2 members"),
                Arguments.of("number metadata", raw("{\"__metadata__\":{\"a\":1}}", new byte[0]), "expected a string"),
                Arguments.of("overlap", raw(two(0, 8, 4, 12), new byte[12]), "they overlap"),
                Arguments.of("same place", raw(two(0, 8, 0, 8), new byte[8]), "they overlap"),
                Arguments.of("hole", raw(two(0, 8, 12, 20), new byte[20]), "a hole"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void hostileFilesAreNamedErrors(String name, byte[] content, String expected) {
        assertThatThrownBy(() -> Safetensors.of("bad file", content))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("bad file: ")
                .hasMessageContaining(expected)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private static String two(int a, int b, int c, int d) {
        return "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + a + "," + b + "]},"
                + "\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + c + "," + d + "]}}";
    }

    static byte[] bytes(SafetensorsWriter writer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeTo(out);
        return out.toByteArray();
    }

    static byte[] raw(String header, byte... data) {
        return withLength(header.getBytes(StandardCharsets.UTF_8).length, header, data);
    }

    private static byte[] withLength(long length, String header, byte[] data, byte... more) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        if (more.length > 0) {
            System.arraycopy(more, 0, json, 0, more.length);
        }
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json)
                .put(data)
                .array();
    }
}
