package dev.namaskar.optim;

import dev.namaskar.params.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A built-in optimizer's line in the documentation's table, with the transform that it is. */
record OptimizerRow(
        String name,
        String update,
        Map<String, Object> defaults,
        String paper,
        String differences,
        Function<Settings, GradientTransform> transform,
        double recurrentRate)
        implements NamedOptimizer {
    /** A row whose default learning rate serves recurrent networks as well. */
    OptimizerRow(
            String name,
            String update,
            Map<String, Object> defaults,
            String paper,
            String differences,
            Function<Settings, GradientTransform> transform) {
        this(
                name,
                update,
                defaults,
                paper,
                differences,
                transform,
                Settings.of(name, defaults, Map.of()).number("lr"));
    }

    @Override
    public List<GradientTransform> rule(Settings settings) {
        return List.of(transform.apply(settings));
    }
}
