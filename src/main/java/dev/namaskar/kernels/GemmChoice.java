package dev.namaskar.kernels;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which library does which of a run's matrix products. Another choice rounds differently, so it is part of what a run's
 * bits depend on, as its seed is.
 *
 * @param step products of one step: few rows, the same weights again and again
 * @param window products of all rows of a window of steps or of a whole sequence
 * @param gradient products over all those rows, {@code A' B}, from which weights get their gradients
 */
public record GemmChoice(GemmLibrary step, GemmLibrary window, GemmLibrary gradient) {
    private static final String AUTO = "auto";
    private static final String STEP = "step";
    private static final String WINDOW = "window";
    private static final String GRADIENT = "gradient";

    /** Checks that the libraries can read the same memory. */
    public GemmChoice {
        Set<GemmLibrary> all = EnumSet.of(step, window, gradient);
        if (all.size() > 1 && all.contains(GemmLibrary.JAVA)) {
            throw new IllegalArgumentException(
                    "expected plain Java for all products or for none, found " + spell(step, window, gradient));
        }
    }

    /** What the property {@value GemmLibrary#PROPERTY} asks for; null where it is {@code auto} or not set. */
    public static @Nullable GemmChoice fixed() {
        return wished(System.getProperty(GemmLibrary.PROPERTY));
    }

    /** What is spelled so; null for {@code auto} and for nothing, which leave the choice open. */
    public static @Nullable GemmChoice wished(@Nullable String spelled) {
        return spelled == null || spelled.equalsIgnoreCase(AUTO) ? null : named(spelled);
    }

    /** One library for all products. */
    public static GemmChoice of(GemmLibrary library) {
        return new GemmChoice(library, library, library);
    }

    /**
     * The choice that is spelled so: a library's name, or {@code step=NAME,window=NAME,gradient=NAME}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static GemmChoice named(String spelled) {
        if (!spelled.contains("=")) {
            return of(GemmLibrary.named(spelled.strip()));
        }
        Map<String, GemmLibrary> parts = new LinkedHashMap<>();
        for (String part : spelled.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            if (equals < 0 || !List.of(STEP, WINDOW, GRADIENT).contains(key) || parts.containsKey(key)) {
                throw new IllegalArgumentException(
                        "expected step=NAME,window=NAME,gradient=NAME for the matrix products, each once, found \""
                                + spelled + "\"");
            }
            parts.put(key, GemmLibrary.named(part.substring(equals + 1).strip()));
        }
        if (parts.size() < 3) {
            throw new IllegalArgumentException(
                    "expected a library for each of step, window and gradient, found \"" + spelled + "\"");
        }
        return new GemmChoice(part(parts, STEP), part(parts, WINDOW), part(parts, GRADIENT));
    }

    private static GemmLibrary part(Map<String, GemmLibrary> parts, String key) {
        return Objects.requireNonNull(parts.get(key), key);
    }

    /** The libraries of this choice that do not load on this machine. */
    public List<GemmLibrary> missing() {
        List<GemmLibrary> missing = new ArrayList<>(EnumSet.of(step, window, gradient));
        missing.removeIf(GemmLibrary::opens);
        return missing;
    }

    /**
     * This choice.
     *
     * @throws IllegalArgumentException if a library of it does not load on this machine
     */
    public GemmChoice here() {
        if (!missing().isEmpty()) {
            throw new IllegalArgumentException("`gemm`: expected what loads on this machine, which is "
                    + keys(GemmLibrary.available()) + "; found " + keys(missing()));
        }
        return this;
    }

    private static String keys(List<GemmLibrary> libraries) {
        return libraries.stream().map(GemmLibrary::key).collect(Collectors.joining(", "));
    }

    /**
     * A new instance for one thread.
     *
     * @throws LinkageError if a library is not there or does not run on this machine
     */
    public Gemm open() {
        return step == window && window == gradient ? window.open() : NativeGemms.mixed(this);
    }

    /** As {@link #named} reads it. */
    @Override
    public String toString() {
        return step == window && window == gradient ? window.key() : spell(step, window, gradient);
    }

    private static String spell(GemmLibrary step, GemmLibrary window, GemmLibrary gradient) {
        return STEP + "=" + step.key() + "," + WINDOW + "=" + window.key() + "," + GRADIENT + "=" + gradient.key();
    }
}
