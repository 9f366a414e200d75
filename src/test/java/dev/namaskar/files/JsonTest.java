package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void plainValuesComeBack() throws IOException {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("z", List.of(1L, -2.5, 0.1, Long.MIN_VALUE, Double.MIN_VALUE, Double.MAX_VALUE));
        value.put("a", Arrays.asList(null, true, "न 🙂 \" \\ \n \u2028 <&'"));
        value.put("", Map.of());
        assertThat(Json.read("t", Json.write(value))).isEqualTo(value);
        assertThat(Json.write(value)).startsWith("{\"z\":[1,-2.5,0.1,");
    }

    @Test
    void mapsWithoutAnOrderAreWrittenByKey() {
        assertThat(Json.write(Map.of("c", 3, "a", 1, "b", 2))).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
    }

    @Test
    void numbersOfJavaKeepTheirKind() throws IOException {
        assertThat(Json.read("t", Json.write(List.of(3, 0.1f, 2.0)))).isEqualTo(List.of(3L, 0.1, 2.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "[1] 2",
                "NaN",
                "[NaN]",
                "-Infinity",
                "01",
                "+1",
                "1.",
                ".5",
                "1e999",
                "TRUE",
                "nul",
                "\"\\x\"",
                "\"a\nb\"",
                "// c\n1",
                ")]}'\n1",
                "{\"a\":1,\"a\":2}",
                "[1;2]",
                "{\"a\"=1}",
                "99999999999999999999",
                "\"open"
            })
    void whatIsNotJsonIsANamedError(String text) {
        assertThatThrownBy(() -> Json.read("the file", text))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("the file: expected JSON, found ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void boundsHold() {
        assertThatThrownBy(() -> Json.read("t", "[".repeat(100_000))).isInstanceOf(MalformedFileException.class);
        assertThatThrownBy(() -> Json.read("t", "1".repeat(100_000))).isInstanceOf(MalformedFileException.class);
        assertThatThrownBy(() -> Json.read("t", "[" + "1,".repeat(2_000_001) + "1]"))
                .hasMessageContaining("more than 2000000 values");
    }

    @Test
    void onlyFiniteNumbersAndPlainValuesAreWritten() {
        assertThatThrownBy(() -> Json.write(List.of(Double.NaN))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
