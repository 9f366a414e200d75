package dev.namaskar.tune;

import dev.namaskar.optim.search.SearchRange;
import dev.namaskar.optim.search.SearchSpace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that a search tries, each with its range, and what stands for each number of a trial. */
final class SettingSpace {
    private static final String LEFT_ALONE = "default";

    private final Tunable<?> tunable;
    private final long seed;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private SearchSpace space = new SearchSpace();

    /**
     * The usual ranges, and those that are named.
     *
     * @param named ranges by name, as {@link Scale#read} reads them; {@code default} to leave a setting as is usual
     * @throws IllegalArgumentException if there is no such setting, it is asked for already, or it cannot have such values
     */
    SettingSpace(Tunable<?> tunable, Map<String, String> named, long seed) {
        this.tunable = tunable;
        this.seed = seed;
        List<String> names = tunable.settings().stream().map(TunedSetting::name).toList();
        for (String name : named.keySet()) {
            if (!names.contains(name)) {
                throw wrong("one of " + String.join(", ", names), "\"" + name + "\"", null);
            }
            if (tunable.asked().contains(name)) {
                throw wrong("settings that are open", name + ", which is asked for by itself too", null);
            }
        }
        for (TunedSetting<?> setting : tunable.settings()) {
            String text = named.getOrDefault(setting.name(), setting.usual());
            if (text != null && !text.equals(LEFT_ALONE) && !tunable.asked().contains(setting.name())) {
                add(setting, text, named.containsKey(setting.name()));
            }
        }
        if (texts.isEmpty()) {
            throw wrong("a setting to try", "none, as all are asked for or left alone", null);
        }
    }

    /** Ranges by name as a text has them, such as {@code hidden=64..256,cell=gru|lstm}; commas within parentheses are a value's. */
    static Map<String, String> parse(String text) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String part : text.split(",(?![^(]*\\))", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw wrong("ranges such as hidden=64..256,cell=gru|lstm", "\"" + part.strip() + "\"", null);
            }
            String name = part.substring(0, equals).strip();
            if (named.put(name, part.substring(equals + 1).strip()) != null) {
                throw wrong("each setting once", name + " twice", null);
            }
        }
        return named;
    }

    /** A usual range that does not go with what is asked for is left out; a named one is refused. */
    private void add(TunedSetting<?> setting, String text, boolean named) {
        try {
            SearchRange range = setting.scale().read(text);
            for (Object end : Scale.ends(range)) {
                tunable.check(Map.of(setting.name(), end));
            }
            space = space.over(setting.name(), range);
            texts.put(setting.name(), text);
        } catch (IllegalArgumentException e) {
            if (!named) {
                return;
            }
            throw wrong(
                    "values that " + setting.name() + " can have",
                    setting.name() + "=" + text + ": " + e.getMessage(),
                    e);
        }
    }

    private static IllegalArgumentException wrong(String expected, String found, @Nullable Throwable cause) {
        return new IllegalArgumentException("`space`: expected " + expected + ", found " + found, cause);
    }

    /** The ranges by name. */
    Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    /** The settings of a trial, from the seed and its number alone. */
    Map<String, Object> settings(int number) {
        Map<String, Object> drawn = space.point(seed, number).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> Scale.shown(entry.getValue()), (a, b) -> a, LinkedHashMap::new));
        return tunable.effective(drawn);
    }
}
