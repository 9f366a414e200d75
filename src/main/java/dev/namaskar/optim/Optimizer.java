package dev.namaskar.optim;

import dev.namaskar.kernels.Reductions;
import dev.namaskar.optim.schedules.ReduceOnPlateau;
import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chain of gradient transforms and a learning-rate schedule over one flat {@code float[]}.
 *
 * <pre>{@code
 * Optimizer adam = Optimizers.adam(2e-3).clipByGlobalNorm(5).with(Schedules.cosine(2000, 0.1));
 * OptimizerState state = adam.init(params);
 * adam.project(params.values(), state);            // moves nothing, save for Sutskever's Nesterov
 * ... gradient at params.values() ...
 * adam.update(params.values(), gradient, state);
 * }</pre>
 *
 * <p>An optimizer is immutable and may be shared; what changes is in the {@link OptimizerState}. Each {@code with}-like
 * method returns another optimizer. The chain runs in this order, whatever the order of the calls: clip by global norm,
 * clip by value, weight decay into the gradient, the named rule, decoupled weight decay; then
 * {@code params -= gradient}.
 *
 * <p>Not-a-number or infinite gradients: with clipping by global norm, {@link #begin} throws
 * {@link NonFiniteGradientException} and leaves parameters and state as they were. Without it they flow through, as
 * in PyTorch: the entries they stand at become not-a-number or infinite and stay so, others are untouched.
 */
public final class Optimizer {
    private final String name;
    private final double learningRate;
    private final Map<String, Object> ruleSettings;
    private final List<GradientTransform> rule;
    private final Regularization regularization;
    private final Schedule schedule;
    private final TransformChain chain;

    private Optimizer(
            String name,
            double learningRate,
            Map<String, Object> ruleSettings,
            List<GradientTransform> rule,
            Regularization regularization,
            Schedule schedule) {
        this.name = name;
        this.learningRate = learningRate;
        this.ruleSettings = ruleSettings;
        this.rule = rule;
        this.regularization = regularization;
        this.schedule = schedule;
        this.chain = new TransformChain(regularization.around(rule));
    }

    /**
     * An optimizer from transforms of one's own; the last of them multiplies by the learning rate.
     *
     * @param ruleSettings what to show and to store for this rule besides the learning rate
     */
    public static Optimizer of(
            String name, double learningRate, Map<String, Object> ruleSettings, GradientTransform... rule) {
        Settings.require(learningRate >= 0 && Double.isFinite(learningRate), "lr", "0 or more", learningRate);
        return new Optimizer(
                name,
                learningRate,
                Collections.unmodifiableMap(new LinkedHashMap<>(ruleSettings)),
                List.of(rule),
                Regularization.NONE,
                Schedules.constant());
    }

    /** With this schedule instead of the one before. */
    public Optimizer with(Schedule newSchedule) {
        return new Optimizer(name, learningRate, ruleSettings, rule, regularization, newSchedule);
    }

    private Optimizer with(Regularization newRegularization) {
        return new Optimizer(name, learningRate, ruleSettings, rule, newRegularization, schedule);
    }

    /** Scales a gradient whose norm over all trainable parameters passes this down to it; 0 for no limit. */
    public Optimizer clipByGlobalNorm(double norm) {
        return with(regularization.withClip(norm));
    }

    /** Cuts every entry of the gradient to {@code +-limit}, after clipping by norm; 0 for no limit. */
    public Optimizer clipByValue(double limit) {
        return with(regularization.withClipValue(limit));
    }

    /** Adds {@code rate * w} to the gradient, PyTorch's {@code weight_decay} (L2); with or without biases. */
    public Optimizer weightDecay(double rate, boolean biasesToo) {
        return with(regularization.withDecay(rate, false, biasesToo));
    }

    /** Shrinks weights by {@code lr * rate * w} beside the rule (Loshchilov and Hutter 2019); with or without biases. */
    public Optimizer decoupledWeightDecay(double rate, boolean biasesToo) {
        return with(regularization.withDecay(rate, true, biasesToo));
    }

    /** Weight decay of recurrent weights is so many times that of others; 0 leaves them alone. */
    public Optimizer recurrentDecay(double factor) {
        return with(regularization.withRecurrentDecay(factor));
    }

    /**
     * Leaves slots whose name fits one of these patterns ({@code *} for any characters, {@code ?} for one) as they are,
     * beside those that it leaves alone already.
     */
    public Optimizer freeze(String... patterns) {
        return with(regularization.withFrozen(patterns));
    }

    /** The rule's name. */
    public String name() {
        return name;
    }

    /** The learning rate that the schedule's factors multiply. */
    public double learningRate() {
        return learningRate;
    }

    /** The schedule. */
    public Schedule schedule() {
        return schedule;
    }

    /** Everything that {@link Optimizers#named} needs to make this optimizer again: numbers, booleans and text. */
    public Map<String, Object> settings() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("lr", learningRate);
        all.putAll(ruleSettings);
        all.putAll(regularization.settings());
        all.put("schedule", schedule.spec());
        return all;
    }

    /** A fresh state for this many nameless parameters. */
    public OptimizerState init(int size) {
        if (regularization.selectsSlots() || chain.selectsSlots()) {
            throw new IllegalArgumentException(
                    "freezing and leaving biases out go by the names of slots; call init(Params) instead of init(int)");
        }
        return init(size, null);
    }

    /** A fresh state for parameters in named slots. */
    public OptimizerState init(Params params) {
        return init(params.layout().size(), params.layout());
    }

    /** A state that goes on from {@link OptimizerState#step} and {@link OptimizerState#values} of an earlier one. */
    public OptimizerState restore(Params params, long step, float[] values) {
        OptimizerState state = init(params);
        state.load(step, values);
        return state;
    }

    /** As {@link #restore(Params, long, float[])}, for nameless parameters. */
    public OptimizerState restore(int size, long step, float[] values) {
        OptimizerState state = init(size);
        state.load(step, values);
        return state;
    }

    /**
     * A state that goes on from one of an optimizer that differs in nothing but its schedule: step and moments are
     * copied, the schedule's memory starts afresh.
     */
    public OptimizerState restore(Params params, OptimizerState otherSchedule) {
        OptimizerState state = init(params);
        state.load(otherSchedule.step(), otherSchedule.valuesWith(state.scheduleMemory()));
        return state;
    }

    private OptimizerState init(int size, @Nullable ParamLayout layout) {
        List<TransformState> states = chain.init(size, layout);
        double[] memory = new double[schedule.memorySize()];
        schedule.init(memory, 0);
        Ranges trainable = Ranges.chosen(size, layout, regularization.trainable(layout));
        return new OptimizerState(size, layout, states, trainable, memory);
    }

    /**
     * Moves parameters to where the gradient shall be taken; call it before every gradient. Only Sutskever's Nesterov
     * moves anything. {@link #update} comes back from there. Modified: {@code params}.
     */
    public void project(float[] params, OptimizerState state) {
        checkSize("parameters", params, state);
        chain.move(params, state, true);
    }

    /**
     * Comes back from {@link #project}, up to rounding, when there will be no update: a loss that is no number, a
     * training cut short. Modified: {@code params}.
     */
    public void unproject(float[] params, OptimizerState state) {
        checkSize("parameters", params, state);
        chain.move(params, state, false);
    }

    /** One whole update on this thread. Modified: {@code params}; {@code gradient}, which becomes what was subtracted. */
    public void update(float[] params, float[] gradient, OptimizerState state) {
        checkSize("parameters", params, state);
        begin(gradient, state);
        apply(params, gradient, state, 0, state.size());
    }

    /** Begins an update and takes the gradient's norm, if the chain needs it, on this thread. */
    public void begin(float[] gradient, OptimizerState state) {
        checkSize("gradients", gradient, state);
        double sum = Double.NaN;
        if (needsNorm()) {
            sum = 0;
            for (int block = 0; block < normBlocks(state); block++) {
                sum += sumOfSquares(gradient, state, block);
            }
        }
        begin(gradient, state, sum);
    }

    /**
     * Begins an update: advances the step, takes the learning rate from the schedule, and computes every factor that
     * is the same for all parameters. Then {@link #apply} over all of them, in any parts.
     *
     * @param sumOfSquares of the gradient, {@link #sumOfSquares} of all blocks added in their order; ignored if
     *     {@link #needsNorm} is false
     * @throws NonFiniteGradientException if the norm is needed and not finite; nothing has changed then
     */
    public void begin(float[] gradient, OptimizerState state, double sumOfSquares) {
        checkSize("gradients", gradient, state);
        if (chain.projects() && !state.projected()) {
            throw new IllegalStateException("\"" + name
                    + "\" takes its gradient at a point ahead; call project(params, state) before computing it");
        }
        double norm = Math.sqrt(sumOfSquares);
        if (needsNorm() && !Double.isFinite(norm)) {
            throw NonFiniteGradientException.find(gradient, state);
        }
        double rate = learningRate * schedule.factor(state.step(), state.scheduleMemory(), 0);
        state.advance(rate, norm);
        chain.begin(state);
    }

    /** Whether the chain needs the gradient's norm, so that {@link #begin} wants a sum of squares. */
    public boolean needsNorm() {
        return chain.needsNorm();
    }

    /** Into how many blocks {@link #sumOfSquares} divides the gradient. */
    public int normBlocks(OptimizerState state) {
        return (int) (((long) state.size() + Reductions.BLOCK - 1) / Reductions.BLOCK);
    }

    /** Sum of squares of one block of the gradient, frozen slots left out: the same bits from any thread. */
    public double sumOfSquares(float[] gradient, OptimizerState state, int block) {
        int from = block * Reductions.BLOCK;
        int to = from + Math.min(state.size() - from, Reductions.BLOCK);
        Ranges live = state.trainable();
        double sum = 0;
        for (int r = live.firstEndingAfter(from); r < live.count() && live.from(r) < to; r++) {
            sum += Reductions.sumOfSquares(gradient, Math.max(from, live.from(r)), Math.min(to, live.to(r)));
        }
        return sum;
    }

    /**
     * Applies the update begun last to {@code from <= i < to}. Any partition into ranges, on any threads, gives the
     * same bits; each index has to come exactly once. Allocates nothing. Modified: {@code params} and
     * {@code gradient} in this range; frozen slots keep both.
     */
    public void apply(float[] params, float[] gradient, OptimizerState state, int from, int to) {
        if (from < 0 || to > state.size() || from > to) {
            throw new IllegalArgumentException(
                    "expected a range within 0.." + state.size() + ", found " + from + ".." + to);
        }
        if (state.step() == 0) {
            throw new IllegalStateException("call begin(gradient, state) before apply");
        }
        chain.apply(params, gradient, state, from, to);
    }

    /**
     * What the update made last took from the parameters, of what {@link #apply} left in {@code gradient}: nothing of
     * frozen slots. Modified: {@code gradient}, which is returned.
     */
    public float[] subtracted(float[] gradient, OptimizerState state) {
        checkSize("gradients", gradient, state);
        Ranges live = state.trainable();
        int end = 0;
        for (int r = 0; r < live.count(); r++) {
            Arrays.fill(gradient, end, live.from(r), 0);
            end = live.to(r);
        }
        Arrays.fill(gradient, end, gradient.length, 0);
        return gradient;
    }

    /** Reports a validation loss to the schedule; only {@link ReduceOnPlateau} listens. Modified: {@code state}. */
    public void report(double validationLoss, OptimizerState state) {
        schedule.report(validationLoss, state.scheduleMemory(), 0);
    }

    private static void checkSize(String what, float[] array, OptimizerState state) {
        if (array.length != state.size()) {
            throw new IllegalArgumentException(
                    "expected " + state.size() + " " + what + ", as the optimizer state has, found " + array.length);
        }
    }
}
