package dev.namaskar.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.ObjectMapper;

class RecordCodecTest {
    enum Norm {
        LAYER,
        ROOT_MEAN_SQUARE
    }

    record Window(int context, int leastContext, List<Integer> skips) {
        Window {
            if (leastContext > context) {
                throw new IllegalArgumentException("expected a least context of at most " + context);
            }
        }
    }

    record Spec(
            String cell,
            int hidden,
            long seed,
            double dropout,
            float forgetBias,
            boolean ragged,
            Norm norm,
            char delimiter,
            Window window,
            List<String> columns,
            double[] levels,
            @RecordCodec.Key("direction") String merge,
            Map<String, Double> scales,
            @Nullable Double clip,
            @Nullable Window second) {}

    record Wrapped(Call initializer, List<Call> others) {}

    private static final RecordCodec CALLS =
            RecordCodec.PLAIN.with(Call.class, Call::toString, text -> Call.parse(String.valueOf(text)));

    private static Spec drawn(SplitMix64 random) {
        int context = 1 + random.nextInt(400);
        List<Integer> skips = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            skips.add(random.nextInt(1000));
        }
        double[] levels = new double[random.nextInt(3)];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = random.nextDouble();
        }
        Window window = new Window(context, 1 + random.nextInt(context), skips);
        return new Spec(
                random.nextInt(2) == 0 ? "gru" : "a \"quoted\" \u0928",
                random.nextInt(1000),
                random.nextLong(),
                random.nextDouble(),
                random.nextFloat(),
                random.nextInt(2) == 0,
                Norm.values()[random.nextInt(2)],
                (char) (' ' + random.nextInt(1000)),
                window,
                List.of("b", "a"),
                levels,
                "sum",
                Map.of("x", random.nextGaussian(), "y", 3.0),
                random.nextInt(2) == 0 ? null : random.nextGaussian(),
                random.nextInt(2) == 0 ? null : window);
    }

    @Test
    void recordsComeBackFromJson() {
        SplitMix64 random = new SplitMix64(5);
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < 200; i++) {
            Spec spec = drawn(random);
            Map<String, Object> written = RecordCodec.PLAIN.write(spec);
            Map<?, ?> parsed = json.readValue(json.writeValueAsString(written), LinkedHashMap.class);
            Map<String, Object> map = new LinkedHashMap<>();
            parsed.forEach((key, value) -> map.put((String) key, value));
            Spec again = RecordCodec.PLAIN.read("specification", Spec.class, map);
            assertThat(again).usingRecursiveComparison().isEqualTo(spec);
            assertThat(again.levels()).containsExactly(spec.levels());
            assertThat(RecordCodec.PLAIN.write(again)).isEqualTo(written);
        }
    }

    @Test
    void keysAreWordsWithUnderscoresInTheRecordsOrder() {
        Map<String, Object> map = RecordCodec.PLAIN.write(new Spec(
                "gru",
                4,
                1,
                0,
                1,
                false,
                Norm.ROOT_MEAN_SQUARE,
                ';',
                new Window(24, 12, List.of()),
                List.of(),
                new double[] {0.8},
                "sum",
                Map.of(),
                null,
                null));
        assertThat(map.keySet())
                .containsExactly(
                        "cell",
                        "hidden",
                        "seed",
                        "dropout",
                        "forget_bias",
                        "ragged",
                        "norm",
                        "delimiter",
                        "window",
                        "columns",
                        "levels",
                        "direction",
                        "scales");
        assertThat(map).containsEntry("norm", "root_mean_square").containsEntry("levels", List.of(0.8));
        assertThat(map.get("window")).isEqualTo(Map.of("context", 24, "least_context", 12, "skips", List.of()));
    }

    @Test
    void aRecordWithinMayStandUnwrapped() {
        record Outer(String name, Window window) {}
        Map<String, ?> flat = Map.of("name", "x", "context", 24L, "least_context", 12L, "skips", List.of(1L));
        Outer outer = RecordCodec.PLAIN.read("model", Outer.class, flat);
        assertThat(outer).isEqualTo(new Outer("x", new Window(24, 12, List.of(1))));
        assertThat(RecordCodec.PLAIN.write(outer)).containsOnlyKeys("name", "window");
        record Flat(String name, @RecordCodec.Unwrapped Window window, char mark) {}
        Flat flatter = new Flat("x", new Window(24, 12, List.of(1)), (char) 0);
        RecordCodec marks = RecordCodec.PLAIN.with(
                Character.class, mark -> mark == 0 ? "" : mark, text -> text.equals("") ? (char) 0 : (char) text);
        Map<String, Object> written = marks.write(flatter);
        assertThat(written)
                .isEqualTo(Map.of("name", "x", "context", 24, "least_context", 12, "skips", List.of(1), "mark", ""));
        assertThat(marks.read("model", Flat.class, written)).isEqualTo(flatter);
    }

    @Test
    void ownFormsStandWhereverTheirTypeDoes() {
        Wrapped wrapped = new Wrapped(new Call("uniform", -0.1, 0.1), List.of(new Call("orthogonal")));
        Map<String, Object> map = CALLS.write(wrapped);
        assertThat(map)
                .containsEntry("initializer", "uniform(-0.1,0.1)")
                .containsEntry("others", List.of("orthogonal"));
        assertThat(CALLS.read("layer", Wrapped.class, map)).isEqualTo(wrapped);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CALLS.read("layer", Wrapped.class, Map.of("initializer", "uniform(", "others", List.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hidden | 1.5 | expected a whole number for \"hidden\" in the specification, found 1.5",
                "hidden | 3000000000 | expected a whole number for \"hidden\"",
                "hidden | four | expected a finite number for \"hidden\" in the specification, found \"four\"",
                "cell | 3 | expected a text for \"cell\"",
                "ragged | no | expected true or false for \"ragged\"",
                "norm | batch | expected one of layer, root_mean_square for \"norm\"",
                "delimiter | ;; | expected one character for \"delimiter\"",
                "columns | a | expected a list for \"columns\"",
                "levels | 0.8 | expected a list for \"levels\"",
                "window | 7 | expected settings by name for \"window\"",
                "clip | much | expected a finite number for \"clip\"",
                "least | 1 | expected nothing but [cell, hidden, seed,",
                "direction | | expected \"direction\" in the specification, found [",
                "dropout | | expected \"dropout\" in the specification"
            })
    void saysWhatIsWrong(String key, @Nullable String value, String message) {
        Map<String, Object> map = RecordCodec.PLAIN.write(drawn(new SplitMix64(8)));
        if (value == null) {
            map.remove(key);
        } else if (value.matches("[0-9.]+")) {
            map.put(key, value.contains(".") ? (Object) Double.valueOf(value) : (Object) Long.valueOf(value));
        } else {
            map.put(key, value);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.PLAIN.read("specification", Spec.class, map))
                .withMessageContaining(message);
    }

    @Test
    void aRecordWithinIsCheckedByItsOwnConstructorAndNamedInErrors() {
        Map<String, Object> map = RecordCodec.PLAIN.write(drawn(new SplitMix64(9)));
        map.put("window", Map.of("context", 3, "least_context", 4, "skips", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.PLAIN.read("specification", Spec.class, map))
                .withMessage("expected a least context of at most 3");
        map.put("window", Map.of("context", 3, "least_context", 3, "skips", List.of("a")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.PLAIN.read("specification", Spec.class, map))
                .withMessageContaining("for \"skips\" in the window of the specification, found \"a\"");
        map.put("window", Map.of("context", 3, "least_context", 3, "skips", List.of(), "more", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.PLAIN.read("specification", Spec.class, map))
                .withMessageContaining("in the window of the specification, found \"more\"");
        Map<String, Object> hole = new HashMap<>();
        hole.put("context", 3);
        hole.put("least_context", null);
        hole.put("skips", List.of());
        map.put("window", hole);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.PLAIN.read("specification", Spec.class, map))
                .withMessageContaining("expected \"least_context\" in the window of the specification");
    }
}
