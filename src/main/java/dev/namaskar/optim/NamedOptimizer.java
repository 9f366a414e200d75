package dev.namaskar.optim;

import java.util.Map;
import java.util.function.Function;

/**
 * One line of the registry and of the documentation's table.
 *
 * @param name what the command line calls it
 * @param update the rule, {@code g} being the gradient, {@code w} the parameters, {@code t} the step from 1
 * @param defaults settings and their usual values, learning rate first
 * @param paper where it comes from
 * @param differences where implementations of this name differ, and which one this is
 * @param rule makes the transform from settings
 */
public record NamedOptimizer(
        String name,
        String update,
        Map<String, Object> defaults,
        String paper,
        String differences,
        Function<Settings, GradientTransform> rule) {}
