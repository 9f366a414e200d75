package dev.namaskar.losses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The built-in losses by name: a new loss is one file and one line here. */
public final class Losses {
    private static final Map<String, Supplier<Loss>> ALL = new LinkedHashMap<>();

    static {
        register(SoftmaxCrossEntropy::new);
        register(SigmoidCrossEntropy::new);
        register(SquaredError::new);
        register(AbsoluteError::new);
        register(() -> new Huber(1));
        register(() -> new Quantile(0.1f, 0.5f, 0.9f));
    }

    private Losses() {}

    private static void register(Supplier<Loss> maker) {
        ALL.put(maker.get().name(), maker);
    }

    /** The names of all losses. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** A new loss of this name with its usual settings; an instance belongs to one thread. */
    public static Loss named(String name) {
        Supplier<Loss> maker = ALL.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("expected a loss of " + names() + ", found \"" + name + "\"");
        }
        return maker.get();
    }
}
