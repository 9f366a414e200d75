package dev.namaskar.optim;

import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Call;
import dev.namaskar.params.Catalog;
import dev.namaskar.params.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The optimizers by name. Besides its own settings each takes {@code weight_decay}, {@code decoupled_weight_decay},
 * {@code decay_biases}, {@code recurrent_decay} (a factor of weight decay for recurrent weights), {@code clip} (global norm), {@code clip_value}, {@code freeze} (patterns of slot names, with
 * commas or semicolons between) and {@code schedule} ({@link Schedules#named}).
 */
public final class Optimizers {
    private static final Catalog<NamedOptimizer> CATALOG = new Catalog<>(
            "optimizer",
            NamedOptimizer.class,
            NamedOptimizer::name,
            List.of(
                    Sgd.DEFINITION,
                    Momentum.DEFINITION,
                    MomentumAverage.DEFINITION,
                    Momentum.NESTEROV,
                    NesterovLookahead.DEFINITION,
                    Adagrad.DEFINITION,
                    Adadelta.DEFINITION,
                    RmsProp.DEFINITION,
                    Adam.DEFINITION,
                    Adam.ADAMW,
                    AdaMax.DEFINITION,
                    Nadam.DEFINITION,
                    Nadam.SIMPLE,
                    Adam.AMSGRAD));

    private static final Map<String, Object> COMMON = Settings.defaults(
            "weight_decay",
            0.0,
            "decoupled_weight_decay",
            false,
            "decay_biases",
            true,
            "recurrent_decay",
            1.0,
            "clip",
            0.0,
            "clip_value",
            0.0,
            "freeze",
            "",
            "schedule",
            "constant");

    private Optimizers() {}

    /** All there are, the built-in ones first in the table's order. */
    public static List<NamedOptimizer> all() {
        return CATALOG.all();
    }

    /** The optimizer of this name with its defaults. */
    public static Optimizer named(String name) {
        return named(name, Map.of());
    }

    /**
     * The optimizer of this name.
     *
     * @param settings what differs from the defaults: numbers, booleans, or text that reads as such
     */
    public static Optimizer named(String name, Map<String, ?> settings) {
        Settings all = settings(name, settings);
        return make(name, all, Schedules.named(all.text("schedule")));
    }

    /** All settings of the optimizer of this name, those that were given in the place of its defaults. */
    static Settings settings(String name, Map<String, ?> given) {
        NamedOptimizer definition = definition(name);
        Map<String, Object> usual = new LinkedHashMap<>(COMMON);
        usual.putAll(definition.defaults());
        return Settings.of("optimizer \"" + definition.name() + "\"", usual, given);
    }

    /** The optimizer of this name with all of its settings and this schedule. */
    static Optimizer make(String name, Settings s, Schedule schedule) {
        NamedOptimizer definition = definition(name);
        Map<String, Object> own = new LinkedHashMap<>();
        for (String key : definition.defaults().keySet()) {
            if (!key.equals("lr") && !COMMON.containsKey(key)) {
                own.put(key, s.value(key));
            }
        }
        Optimizer optimizer = Optimizer.of(
                        definition.name(),
                        s.number("lr"),
                        own,
                        definition.rule(s).toArray(GradientTransform[]::new))
                .clipByGlobalNorm(s.number("clip"))
                .clipByValue(s.number("clip_value"))
                .recurrentDecay(s.number("recurrent_decay"))
                .freeze(patterns(s.text("freeze")))
                .with(schedule);
        return s.flag("decoupled_weight_decay")
                ? optimizer.decoupledWeightDecay(s.number("weight_decay"), s.flag("decay_biases"))
                : optimizer.weightDecay(s.number("weight_decay"), s.flag("decay_biases"));
    }

    /** The line of this name in the table, or a service's. */
    static NamedOptimizer definition(String name) {
        return CATALOG.get(name);
    }

    private static String[] patterns(String text) {
        return Arrays.stream(text.split("[,;]", -1))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toArray(String[]::new);
    }

    /** {@link Sgd}. */
    public static Optimizer sgd(double learningRate) {
        return named("sgd", Map.of("lr", learningRate));
    }

    /** {@link Momentum} as a sum. */
    public static Optimizer momentum(double learningRate, double momentum) {
        return named("momentum", Map.of("lr", learningRate, "momentum", momentum));
    }

    /** {@link Momentum} with PyTorch's form of Nesterov's step. */
    public static Optimizer nesterov(double learningRate, double momentum) {
        return named("nesterov", Map.of("lr", learningRate, "momentum", momentum));
    }

    /** {@link RmsProp}. */
    public static Optimizer rmsProp(double learningRate) {
        return named("rmsprop", Map.of("lr", learningRate));
    }

    /** {@link Adam}. */
    public static Optimizer adam(double learningRate) {
        return named("adam", Map.of("lr", learningRate));
    }

    /** {@link Adam} with decoupled weight decay. */
    public static Optimizer adamW(double learningRate, double weightDecay) {
        return named("adamw", Map.of("lr", learningRate, "weight_decay", weightDecay));
    }

    /** The built-in optimizers as a table in Markdown. */
    public static String table() {
        StringBuilder table = new StringBuilder("""
            | name | update rule | defaults | paper | where implementations differ |
            |---|---|---|---|---|
            """);
        for (NamedOptimizer each : CATALOG.builtIn()) {
            StringJoiner defaults = new StringJoiner(", ");
            each.defaults()
                    .forEach((key, value) ->
                            defaults.add(key + " " + Settings.shown(value) + measured(key, value, each)));
            table.append("| `" + each.name() + "` | `" + each.update() + "` | " + defaults + " | " + each.paper()
                    + " | " + each.differences() + " |\n");
        }
        return table.toString();
    }

    private static String measured(String key, Object value, NamedOptimizer each) {
        return key.equals("lr") && !value.equals(each.recurrentRate())
                ? " (" + Call.number(each.recurrentRate()) + " for recurrent networks)"
                : "";
    }
}
