package dev.namaskar.text;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.text.corpus.BatchSize;
import org.jspecify.annotations.Nullable;

/**
 * Which settings suit a text and a time; the guide says what of it was measured. A step of training costs
 * about {@code B T (6 W + 450 V)} operations, W being the weights that products see and V the symbols: the time and the
 * machine's speed give the operations of the whole run, F, and
 *
 * <pre>{@code
 * networks:        K = sqrt(F / (4.5e6 characters)), at most 10, and 2 from 6e6 on; each has F / K, below F again
 * updates wanted:  n = 3000 (R / 12e12)^0.35, R of F being what the recurrent layers take; at most 25 passes
 * network:         the largest that F has so many updates for, and H <= 1.6 sqrt(characters) units
 * dropout:         by passes over the text, n B T / characters, and from 20 on of the embedding too
 * learning rate:   0.01 sqrt(128 / units), units of all layers, at most 0.01, behind a warm-up of at most 100 updates
 * mean of weights: over about the last tenth of the updates
 * }</pre>
 *
 * <p>A run has the updates that its time holds, but for a small text, which has no use for more than 25 passes.
 *
 * @param size B and T
 * @param hidden units of each layer, H
 * @param layers how many
 * @param embedding width of the symbols' vectors, or 0
 * @param members networks, which share the time
 * @param dropout part dropped behind each layer
 * @param inputDropout part of the embedding that is dropped, by masks that are held over a sequence
 * @param learningRate of Adam
 * @param schedule of the rate
 * @param averaging by which rule, as a text
 * @param mostSteps that the text has a use for
 */
record BudgetRule(
        BatchSize size,
        int hidden,
        int layers,
        int embedding,
        int members,
        double dropout,
        double inputDropout,
        double learningRate,
        String schedule,
        String averaging,
        long mostSteps) {
    static final String CELL = "gru";
    /** Length of a symbol's vector. */
    static final int EMBEDDING = 64;

    private static final int[] LADDER = {32, 64, 96, 128, 192, 256, 320, 384, 448, 512, 640, 768, 896, 1024};
    /** A second layer from so many units on. */
    private static final int DEEP_FROM = 512;

    private static final int LEAST_STEPS = 100;
    /** Passes over a text beyond which a network learns it by heart alone. */
    private static final int MOST_PASSES = 25;
    /** Passes from which the embedding is dropped from. */
    private static final int MANY_PASSES = 20;

    /** Operations for each character of the text from which on two networks are better than one. */
    private static final double FOR_TWO = 6e6;
    /** Of more networks one has four, nine and so on times as many. */
    private static final double FOR_ONE = 4.5e6;

    private static final int MOST_MEMBERS = 10;

    private static final double INPUT_DROPOUT = 0.2;
    /** Updates at most before the rate is what it is. */
    private static final int WARM_UP = 100;

    private static final double USUAL_OPERATIONS = 12e12;
    /** What the softmax and its loss take for each logit, in operations of products that take as long. */
    private static final double FOR_A_LOGIT = 450;

    /**
     * What suits.
     *
     * @param settings what is asked for: layers, vectors, networks
     * @param size B and T
     * @param characters of the training part
     * @param symbols of the vocabulary
     * @param operations that the whole run may take, F
     */
    static BudgetRule of(TextSettings settings, BatchSize size, long characters, int symbols, double operations) {
        RecurrentLayers asked = settings.layers();
        int embedding = settings.embedding() == null ? EMBEDDING : settings.embedding();
        int members = settings.members() == null ? members(characters, operations) : settings.members();
        return of(asked, embedding, members, size, characters, symbols, operations / members);
    }

    /** As many as have enough to do. */
    private static int members(long characters, double operations) {
        double each = operations / Math.max(1, characters);
        return (int) Math.max(each < FOR_TWO ? 1 : 2, Math.min(MOST_MEMBERS, Math.sqrt(each / FOR_ONE)));
    }

    private static BudgetRule of(
            RecurrentLayers asked,
            int embedding,
            int members,
            BatchSize size,
            long characters,
            int symbols,
            double operations) {
        double perPass = Math.max(1.0, (double) characters) / ((double) size.streams() * size.steps());
        long most = (long) Math.max(LEAST_STEPS, MOST_PASSES * perPass);
        RecurrentLayers usual = new RecurrentLayers(CELL, 1, LADDER[0], 1, 0.0, 0f);
        RecurrentLayers best = asked.orElse(usual);
        for (int depth : new int[] {1, 2}) {
            for (int hidden : LADDER) {
                if ((depth == 2 && hidden < DEEP_FROM) || hidden > 1.6 * Math.sqrt((double) characters)) {
                    continue;
                }
                RecurrentLayers next = asked.orElse(usual.withHidden(hidden).withLayers(depth));
                double cost = cost(next, embedding, size, symbols);
                double steps = operations / cost;
                double recurrent = steps * (cost - costOfLogits(orLeast(next.hidden()), size, symbols));
                if (steps >= Math.min((double) most, wanted(recurrent))) {
                    best = next;
                }
            }
        }
        double steps = Math.min((double) most, operations / cost(best, embedding, size, symbols));
        double passes = steps / perPass;
        int hidden = orLeast(best.hidden());
        int layers = best.layers() == null ? 1 : best.layers();
        return new BudgetRule(
                size,
                hidden,
                layers,
                embedding,
                members,
                dropout(passes),
                embedding > 0 && passes >= MANY_PASSES ? INPUT_DROPOUT : 0,
                rate(hidden * layers),
                "linear-warmup(" + (int) Math.max(1, Math.min(WARM_UP, steps / 15)) + ")*cosine",
                averaging(steps),
                most);
    }

    private static int orLeast(@Nullable Integer hidden) {
        return hidden == null ? LADDER[0] : hidden;
    }

    /** Updates that recurrent layers want which work so much in all of them. */
    private static double wanted(double recurrent) {
        return Math.max(LEAST_STEPS, 3000 * Math.pow(recurrent / USUAL_OPERATIONS, 0.35));
    }

    private static double rate(int units) {
        return Math.round(1e5 * Math.min(0.01, 0.01 * Math.sqrt(128.0 / units))) / 1e5;
    }

    private static double dropout(double passes) {
        return Math.min(5, (int) (passes / 4)) / 10.0;
    }

    private static String averaging(double steps) {
        double window = Math.max(5, Math.min(1000, steps / 12));
        return "ema:" + Math.round((1 - 1 / window) * 1e4) / 1e4;
    }

    private static double cost(RecurrentLayers layers, int embedding, BatchSize size, int symbols) {
        return costOfStep(CharacterModel.spec(layers, embedding, symbols), size);
    }

    /** Of the last layer and the loss. */
    private static double costOfLogits(int hidden, BatchSize size, int symbols) {
        return (6.0 * (hidden + 1) + FOR_A_LOGIT) * size.streams() * size.steps() * symbols;
    }

    /** {@code B T (6 W + 450 V)}. */
    static double costOfStep(NetworkSpec spec, BatchSize size) {
        ParamLayout params = spec.build().params();
        // the first layer's rows of its table are looked up, not multiplied
        int weights = params.size() - params.slots().get(0).size();
        return (6.0 * weights + FOR_A_LOGIT * spec.outputWidth()) * size.streams() * size.steps();
    }

    /** The layers that are asked for, and where nothing is, these. */
    RecurrentLayers layersFor(RecurrentLayers asked) {
        return asked.orElse(new RecurrentLayers(CELL, 1, hidden, layers, dropout, 0f));
    }
}
