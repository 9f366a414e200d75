package dev.namaskar.serve.classroom;

import dev.namaskar.decoding.Softmax;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network unrolled over a word: it reads each letter and predicts the next, {@code h_t = cell(x_t, h_{t-1})}, {@code y_t =
 * W_hy h_t + b_y}, and {@code L} is the mean of the steps' cross entropies. Every number is computed by the library's own
 * passes, those of the way back too: what reaches a state from later steps is the initial state's gradient of a pass that
 * begins there.
 *
 * <pre>{@code
 * Lesson lesson = Lesson.of(LessonSettings.USUAL);
 * lesson.steps().forEach(step -> System.out.println(step.loss()));
 * }</pre>
 */
public final class Lesson {
    private final LessonSettings settings;
    private final Vocabulary letters;
    private final int[] word;
    private final Network network;
    private final Params params;
    private final Pass pass;
    private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
    private final List<Double> losses = new ArrayList<>();
    private final List<LessonStep> steps;

    private Lesson(LessonSettings settings) {
        this.settings = settings;
        letters = Vocabulary.of(settings.word(), Unit.CODEPOINT);
        word = letters.encode(settings.word());
        network = NetworkSpec.tokens(letters.size())
                .recurrent(settings.cell(), settings.hidden())
                .dense(letters.size())
                .build();
        params = network.initialize(settings.seed());
        train();
        pass = Pass.of(network, params.values(), GemmLibrary.JAVA, true).withInputGradients();
        steps = unroll();
    }

    /**
     * Trains and unrolls.
     *
     * @throws IllegalArgumentException if the learning rate is so high that the loss leaves all bounds
     */
    public static Lesson of(LessonSettings settings) {
        return new Lesson(settings);
    }

    /** What it is about. */
    public LessonSettings settings() {
        return settings;
    }

    /** The letters that the network knows, in the order of its logits. */
    public Vocabulary letters() {
        return letters;
    }

    /** The network. */
    public Network network() {
        return network;
    }

    /** Its parameters after the updates. */
    public Params params() {
        return params;
    }

    /** The steps in their order, one less than there are letters. */
    public List<LessonStep> steps() {
        return steps;
    }

    /** L before each update, and after the last. */
    public List<Double> losses() {
        return List.copyOf(losses);
    }

    private int length() {
        return word.length - 1;
    }

    /** The word from a letter on, as a network reads it. */
    private Sequences from(int t) {
        return Sequences.ofTokens(length() - t, 1, Arrays.copyOfRange(word, t, length()));
    }

    private void train() {
        Optimizer descent = Optimizers.sgd(settings.rate());
        OptimizerState state = descent.init(params);
        var weights = network.weights(GemmLibrary.JAVA);
        Pass training = new Pass(network, weights, GemmLibrary.JAVA.open());
        for (int update = 0; ; update++) {
            weights.load(params.values(), true);
            Frames out = forward(training, 0, network.zeroState(1));
            losses.add(Arrays.stream(compare(out)).average().orElseThrow());
            if (!Double.isFinite(losses.get(update))) {
                throw new IllegalArgumentException(
                        "`rate`: expected one at which the loss stays finite, found " + settings.rate()
                                + ", with which it is " + losses.get(update) + " after " + update + " updates");
            }
            if (update == settings.updates()) {
                return;
            }
            descent.update(params.values(), training.backward(), state);
        }
    }

    private Frames forward(Pass by, int t, State initial) {
        return by.forward(from(t), initial, initial.copy(), true, 0, 0);
    }

    /** Each step's loss; the gradient of their mean goes into the output's. */
    private double[] compare(Frames out) {
        double[] values = new double[length()];
        float[] weights = new float[length()];
        Arrays.fill(weights, 1f / length());
        Targets next = Targets.classes(Arrays.copyOfRange(word, 1, word.length));
        loss.compute(out.values(), out.gradients(), out.at(), length(), letters.size(), next, 0, weights, values);
        return values;
    }

    private List<LessonStep> unroll() {
        int width = letters.size();
        Frames out = forward(pass, 0, network.zeroState(1));
        double[] values = compare(out);
        float[] y = Arrays.copyOfRange(out.values(), out.at(), out.at() + length() * width);
        float[] dy = Arrays.copyOfRange(out.gradients(), out.at(), out.at() + length() * width);
        State state = network.zeroState(1);
        List<LessonStep> all = new ArrayList<>();
        for (int t = 0; t < length(); t++) {
            pass.forward(Sequences.ofTokens(1, 1, word[t]), state, state, true, 0, 0);
            float[] logits = Arrays.copyOfRange(y, t * width, (t + 1) * width);
            float[] dLogits = Arrays.copyOfRange(dy, t * width, (t + 1) * width);
            all.add(new LessonStep(
                    word[t],
                    word[t + 1],
                    state.values().clone(),
                    logits,
                    probabilities(logits),
                    values[t],
                    dLogits,
                    throughHead(hidden(state), dLogits),
                    back(t + 1, state, dy, false),
                    t + 1 == length() ? last(state, dLogits) : back(t + 1, state, dy, true)));
        }
        return List.copyOf(all);
    }

    /** h, of all that the cell carries. */
    private static float[] hidden(State state) {
        return state.get("h_l0");
    }

    private static double[] probabilities(float[] logits) {
        double[] weights = new double[logits.length];
        double sum = Softmax.weights(logits, weights);
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /**
     * The gradient that reaches a state from the steps behind it.
     *
     * @param t the first of those steps
     * @param dy dL/dy of all steps
     * @param onlyLast whether the last step's loss alone counts, as a whole
     */
    private float[] back(int t, State state, float[] dy, boolean onlyLast) {
        if (t == length()) {
            return new float[state.values().length];
        }
        int width = letters.size();
        Frames out = forward(pass, t, state);
        float[] gradients = out.gradients();
        System.arraycopy(dy, t * width, gradients, out.at(), (length() - t) * width);
        if (onlyLast) {
            int last = out.at() + (length() - 1 - t) * width;
            Arrays.fill(gradients, out.at(), last, 0);
            scale(gradients, last, width);
        }
        pass.backward();
        return pass.initialStateGradient().values().clone();
    }

    /** The gradient of the last step's own loss, undivided, at its own state; of what the output does not see it is 0. */
    private float[] last(State state, float[] dLogits) {
        float[] whole = dLogits.clone();
        scale(whole, 0, whole.length);
        float[] own = throughHead(hidden(state), whole);
        State gradient = network.zeroState(1);
        gradient.set("h_l0", own);
        return gradient.values();
    }

    /** Undoes the mean over the steps. */
    private void scale(float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] *= length();
        }
    }

    /** {@code W_hy' dy}, by the output layer on its own. */
    private float[] throughHead(float[] h, float[] dLogits) {
        Network head = NetworkSpec.values(h.length).dense(letters.size()).build();
        Params own = Params.zeros(head.params());
        head.params().slots().forEach(slot -> own.set(slot.name(), params.get(slot.name())));
        Pass alone = Pass.of(head, own.values(), GemmLibrary.JAVA, true).withInputGradients();
        State nothing = head.zeroState(1);
        Frames out = alone.forward(Sequences.ofValues(1, 1, h), nothing, nothing, true, 0, 0);
        System.arraycopy(dLogits, 0, out.gradients(), out.at(), dLogits.length);
        alone.backward();
        return alone.inputGradient().clone();
    }
}
