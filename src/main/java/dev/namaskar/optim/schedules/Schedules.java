package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;
import dev.namaskar.params.Catalog;
import java.util.List;

/**
 * The schedules by name. {@code named("linear-warmup(100)*cosine(2000,0.1)")} multiplies two;
 * {@code named("constant@500>exponential(0.99)")} plays the first for 500 updates, then the second.
 */
public final class Schedules {
    private static final Catalog<NamedSchedule> CATALOG = new Catalog<>(
            "schedule",
            NamedSchedule.class,
            NamedSchedule::name,
            List.of(
                    ConstantRate.DEFINITION,
                    StepDecay.DEFINITION,
                    ExponentialDecay.DEFINITION,
                    LinearWarmup.DEFINITION,
                    CosineDecay.DEFINITION,
                    CosineDecay.ANNEALING,
                    WarmRestarts.DEFINITION,
                    OneCycle.DEFINITION,
                    InverseSquareRoot.DEFINITION,
                    ReduceOnPlateau.DEFINITION));

    private Schedules() {}

    /** All there are, the built-in ones first in the table's order. */
    public static List<NamedSchedule> all() {
        return CATALOG.all();
    }

    /** The schedule of this text, which says all of its numbers, as {@link Schedule#spec} does. */
    public static Schedule named(String spec) {
        return named(spec, 0);
    }

    /**
     * The schedule of this text.
     *
     * @param totalSteps how many updates the run has, for schedules whose text does not say; 0 if that is not known
     */
    public static Schedule named(String spec, int totalSteps) {
        return new ScheduleParser(spec, totalSteps).parse();
    }

    static Schedule make(Call call, int totalSteps) {
        return CATALOG.get(call.name()).make(call, totalSteps);
    }

    /** {@link ConstantRate}. */
    public static Schedule constant() {
        return new ConstantRate();
    }

    /** {@link StepDecay}. */
    public static Schedule step(int every, double factor) {
        return new StepDecay(every, factor);
    }

    /** {@link ExponentialDecay}. */
    public static Schedule exponential(double factor) {
        return new ExponentialDecay(factor);
    }

    /** {@link LinearWarmup}. */
    public static Schedule linearWarmup(int steps) {
        return new LinearWarmup(steps);
    }

    /** {@link CosineDecay} that stays at its end. */
    public static Schedule cosine(int steps, double end) {
        return new CosineDecay(steps, end, false);
    }

    /** {@link WarmRestarts}. */
    public static Schedule warmRestarts(int first, int growth) {
        return new WarmRestarts(first, growth, 0);
    }

    /** {@link OneCycle} with PyTorch's defaults. */
    public static Schedule oneCycle(int steps) {
        return new OneCycle(steps, 0.3, 25, 1e4);
    }

    /** {@link InverseSquareRoot}. */
    public static Schedule inverseSquareRoot(int warmup) {
        return new InverseSquareRoot(warmup);
    }

    /** {@link ReduceOnPlateau} with PyTorch's other defaults. */
    public static Schedule reduceOnPlateau(double factor, int patience) {
        return new ReduceOnPlateau(factor, patience, 1e-4, 0, 0);
    }

    /** The built-in schedules as a table in Markdown. */
    public static String table() {
        StringBuilder table = new StringBuilder("""
            | schedule | factor on the learning rate at update k = 0, 1, ... |
            |---|---|
            """);
        for (NamedSchedule each : CATALOG.builtIn()) {
            table.append("| `" + each.form() + "` | " + each.factor() + " |\n");
        }
        return table.toString();
    }
}
