package dev.namaskar.optim;

import dev.namaskar.params.Settings;
import java.util.List;
import java.util.Map;

/**
 * An optimizer that can be chosen by name, and the service by which one's own joins them: a public class that
 * implements this and is named in {@code META-INF/services/dev.namaskar.optim.NamedOptimizer} on the class path.
 *
 * <pre>{@code
 * public final class Lion implements NamedOptimizer {
 *     public String name() { return "lion"; }
 *     public Map<String, Object> defaults() { return Settings.defaults("lr", 1e-4, "beta1", 0.9, "beta2", 0.99); }
 *     public List<GradientTransform> rule(Settings s) {
 *         return List.of(new SignOfMean(s.number("beta1"), s.number("beta2")));
 *     }
 * }
 * }</pre>
 */
public interface NamedOptimizer {
    /** Its name, in small letters with hyphens. */
    String name();

    /** Settings and their usual values, the learning rate {@code lr} among them. */
    Map<String, Object> defaults();

    /** The transforms that turn a gradient into the step, the last of which multiplies by the learning rate. */
    List<GradientTransform> rule(Settings settings);

    /** The learning rate for recurrent networks where none is given: another than the default if a better was measured. */
    default double recurrentRate() {
        return Settings.of("optimizer \"" + name() + "\"", defaults(), Map.of()).number("lr");
    }

    /** The rule for people, {@code g} being the gradient, {@code w} the parameters, {@code t} the step from 1. */
    default String update() {
        return "";
    }

    /** Where it comes from. */
    default String paper() {
        return "";
    }

    /** Where implementations of this name differ, and which one this is. */
    default String differences() {
        return "";
    }
}
