package dev.namaskar.text;

import dev.namaskar.files.Json;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Bigrams;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.text.corpus.TextUnit;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A training run over a text: its settings and its results. */
public final class TextReport {
    /** Counting pairs of neighbours takes a while and some memory; beyond this the baseline is left out. */
    private static final long MOST_FOR_BIGRAMS = 20_000_000;

    /**
     * How a run ended.
     *
     * @param model the best by validation
     * @param loss its loss over {@link TextData#scored}, in nats per character
     * @param result how the run ended
     * @param seconds of training, validations left out
     * @param settings that it ran with, the matrix products that were chosen among them
     * @param asked what was asked for and chosen
     */
    record Outcome(
            CharacterModel model,
            double loss,
            Training.Result result,
            double seconds,
            TrainerSettings settings,
            TextSettings asked) {}

    private final Outcome outcome;
    private final boolean validated;
    private final double bigrams;
    private final int symbolsPerStep;
    private final Map<String, Object> origin;
    private final Map<String, @Nullable Object> figures;

    TextReport(
            Corpus corpus,
            TextData data,
            Outcome outcome,
            @Nullable TextPlan plan,
            Map<String, @Nullable Object> earlier) {
        this.outcome = outcome;
        validated = data.heldOut().length() > 0;
        bigrams = bigrams(data);
        symbolsPerStep = data.batches().rows() * data.batches().steps();
        origin = origin(corpus, data);
        figures = figures(data);
        if (plan != null) {
            figures.put("plan", RecordCodec.PLAIN.write(plan));
        }
        figures.putAll(earlier);
    }

    /** Nats per character of character bigrams, not a number where there is nothing to measure it on. */
    private static double bigrams(TextData data) {
        long heldOut = data.heldOut().length();
        if (heldOut < 2
                || data.train().length() > MOST_FOR_BIGRAMS
                || data.vocabulary().unit() == Unit.BYTE) {
            return Double.NaN;
        }
        return Bigrams.count(data.train(), data.vocabulary().size()).nats(data.heldOut());
    }

    private static Map<String, Object> origin(Corpus corpus, TextData data) {
        Map<String, Object> origin = new LinkedHashMap<>();
        // Names and contents, never the folders of the machine that the model was made on.
        origin.put("name", corpus.fileName());
        origin.put("fingerprint", String.format(Locale.ROOT, "%016x", corpus.fingerprint()));
        origin.put("characters", corpus.characters());
        origin.put("val_fraction", data.valFraction());
        origin.put("reading", data.reading().label());
        return origin;
    }

    private Map<String, @Nullable Object> figures(TextData data) {
        NetworkSpec network = TextEnsemble.each(outcome.model());
        int members = TextEnsemble.count(outcome.model());
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (members > 1) {
            all.put("ensemble", members);
        }
        all.put("cell", common(network, layer -> layer.cell().name()));
        all.put("order", common(network, Recurrent::order));
        all.put("hidden", common(network, Recurrent::hidden));
        all.put("layers", RecurrentLayers.in(network).size());
        all.put("batch", data.batches().rows());
        all.put("seq_len", data.batches().steps());
        Vocabulary symbols = data.vocabulary();
        if (symbols.unit() != Unit.CODEPOINT) {
            all.put("unit", TextUnit.label(symbols));
            double perCharacter = symbolsPerCharacter(data);
            all.put("train_nats_per_char", rounded(outcome.result().trainLoss() * perCharacter, 4));
        }
        all.put("seed", outcome.settings().seed());
        all.put("gemm", String.valueOf(outcome.settings().gemm()));
        all.putAll(outcome.asked().run().update().identity());
        if (outcome.asked().smoothing() > 0) {
            all.put("smoothing", outcome.asked().smoothing());
        }
        all.put("steps", outcome.result().steps());
        all.put("train_nats", rounded(outcome.result().trainLoss(), 4));
        all.put("val_nats", validated ? rounded(outcome.loss(), 4) : null);
        all.put("val_bpc", validated ? rounded(outcome.loss() / Math.log(2), 4) : null);
        all.put("bigram_nats", Double.isNaN(bigrams) ? null : rounded(bigrams, 4));
        all.put("ended", outcome.result().reason());
        return all;
    }

    /** In the beginning of the text that is trained on. */
    private static double symbolsPerCharacter(TextData data) {
        int[] some = new int[(int) Math.min(1 << 16, data.train().length())];
        data.train().read(0, some, 0, some.length);
        long characters = 0;
        for (int symbol : some) {
            characters += data.vocabulary().characters(symbol);
        }
        return (double) some.length / Math.max(1, characters);
    }

    /** What all recurrent layers share; the list of what each has if they differ, as layers made elsewhere may. */
    private static <T> Object common(NetworkSpec network, Function<Recurrent, T> property) {
        List<T> all = RecurrentLayers.each(network, property);
        return all.stream().distinct().count() == 1 ? all.get(0) : all;
    }

    private static @Nullable Double rounded(double number, int digits) {
        double scale = Math.pow(10, digits);
        return Double.isFinite(number) ? Math.round(number * scale) / scale : null;
    }

    /** Whether a part of the text was held out, over which the loss is. */
    public boolean validated() {
        return validated;
    }

    /** Mean nats per character of the best parameters, over what was held out or else over the training text. */
    public double loss() {
        return outcome.loss();
    }

    /** How the run ended. */
    public Training.Result result() {
        return outcome.result();
    }

    /** Settings and results by the names that the command line prints: the same for the same run. */
    public Map<String, @Nullable Object> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /** How fast it was: reported, but not stored, so that the same run leaves the same bytes. */
    public Map<String, @Nullable Object> speed() {
        double perStep = outcome.result().medianStepSeconds();
        Map<String, @Nullable Object> speed = new LinkedHashMap<>();
        speed.put("threads", outcome.settings().threads());
        speed.put("ms_per_step", rounded(perStep * 1e3, 3));
        speed.put("chars_per_s", rounded(symbolsPerStep / perStep, 0));
        speed.put("seconds", rounded(outcome.seconds(), 2));
        return speed;
    }

    /** Where the model's knowledge is from, as the model remembers it. */
    Map<String, String> texts() {
        return Map.of("corpus", Json.write(origin), "run", Json.write(figures));
    }

    /** {@code validation 1.6713 nats per character (2.4112 bits), bigrams 2.4819; 2000 steps in 74.2 s}. */
    @Override
    public String toString() {
        String loss = validated
                ? String.format(
                        Locale.ROOT,
                        "validation %.4f nats per character (%.4f bits)",
                        outcome.loss(),
                        outcome.loss() / Math.log(2))
                : String.format(Locale.ROOT, "training %.4f nats per character", outcome.loss());
        int members = TextEnsemble.count(outcome.model());
        String baseline = Double.isNaN(bigrams) ? "" : String.format(Locale.ROOT, ", bigrams %.4f", bigrams);
        return String.format(
                Locale.ROOT,
                "%s%s; %s%d steps in %.1f s",
                loss,
                baseline,
                members > 1 ? members + " networks of " : "",
                outcome.result().steps(),
                outcome.seconds());
    }
}
