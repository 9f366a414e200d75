package dev.namaskar.text;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.text.corpus.BatchSize;

/**
 * Which settings suit a text and a time; the guide says what of it was measured. A step of training costs
 * about {@code 6 B T W} operations, W being the weights that products see: the time and the machine's speed give the
 * operations of the whole run, F, and
 *
 * <pre>{@code
 * updates wanted:  n = 3000 (F / 12e12)^0.35          network: the largest with 6 B T W n <= F
 * dropout:         by passes over the text, n B T / characters
 * learning rate:   0.007 up to 320 units, 0.005 up to 640, else 0.003, behind a warm-up of at most 100 updates
 * mean of weights: over about the last tenth of the updates
 * }</pre>
 *
 * @param batch B
 * @param seqLen T
 * @param hidden units of each layer
 * @param layers how many
 * @param dropout part dropped behind each layer
 * @param learningRate of Adam
 * @param schedule of the rate
 * @param averaging by which rule, as a text
 */
record BudgetRule(
        int batch,
        int seqLen,
        int hidden,
        int layers,
        double dropout,
        double learningRate,
        String schedule,
        String averaging) {
    static final String CELL = "gru";
    private static final int[] LADDER = {32, 64, 96, 128, 192, 256, 320, 384, 448, 512, 640, 768, 896, 1024};
    /** A second layer from so many units on. */
    private static final int DEEP_FROM = 512;

    /** Updates at most before the rate is what it is. */
    private static final int WARM_UP = 100;

    private static final double USUAL_OPERATIONS = 12e12;

    /**
     * What suits.
     *
     * @param asked layers, as far as they are asked for
     * @param embedding width of the symbols' vectors, or 0
     * @param size B and T
     * @param characters of the training part
     * @param symbols of the vocabulary
     * @param operations that the whole run may take, F
     */
    static BudgetRule of(
            RecurrentLayers asked, int embedding, BatchSize size, long characters, int symbols, double operations) {
        double wanted = Math.max(100, 3000 * Math.pow(operations / USUAL_OPERATIONS, 0.35));
        RecurrentLayers usual = new RecurrentLayers(CELL, 1, LADDER[0], 1, 0.0, 0f);
        RecurrentLayers best = asked.orElse(usual);
        for (int depth : new int[] {1, 2}) {
            for (int hidden : LADDER) {
                if (depth == 2 && hidden < DEEP_FROM) {
                    continue;
                }
                RecurrentLayers next = asked.orElse(usual.withHidden(hidden).withLayers(depth));
                if (wanted * cost(next, embedding, size, symbols) <= operations) {
                    best = next;
                }
            }
        }
        double steps = operations / cost(best, embedding, size, symbols);
        double passes = steps * size.streams() * size.steps() / Math.max(1, characters);
        int hidden = best.hidden() == null ? LADDER[0] : best.hidden();
        return new BudgetRule(
                size.streams(),
                size.steps(),
                hidden,
                best.layers() == null ? 1 : best.layers(),
                dropout(passes),
                hidden <= 320 ? 7e-3 : hidden <= 640 ? 5e-3 : 3e-3,
                "linear-warmup(" + (int) Math.max(1, Math.min(WARM_UP, steps / 15)) + ")*cosine",
                averaging(steps));
    }

    private static double dropout(double passes) {
        double[] from = {2, 5, 10, 20, 40};
        int level = 0;
        while (level < from.length && passes >= from[level]) {
            level++;
        }
        return level / 10.0;
    }

    private static String averaging(double steps) {
        double window = Math.max(5, Math.min(1000, steps / 12));
        return "ema:" + Math.round((1 - 1 / window) * 1e4) / 1e4;
    }

    private static double cost(RecurrentLayers layers, int embedding, BatchSize size, int symbols) {
        return costOfStep(CharacterModel.spec(layers, embedding, symbols), size);
    }

    /** {@code 6 B T W}. */
    static double costOfStep(NetworkSpec spec, BatchSize size) {
        ParamLayout params = spec.build().params();
        // the first layer's rows of its table are looked up, not multiplied
        int weights = params.size() - params.slots().get(0).size();
        return 6.0 * size.streams() * size.steps() * weights;
    }

    /** The layers that are asked for, and where nothing is, these. */
    RecurrentLayers layersFor(RecurrentLayers asked) {
        return asked.orElse(new RecurrentLayers(CELL, 1, hidden, layers, dropout, 0f));
    }
}
