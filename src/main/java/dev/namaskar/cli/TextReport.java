package dev.namaskar.cli;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.Bigrams;
import dev.namaskar.text.Corpus;
import dev.namaskar.text.Reading;
import dev.namaskar.text.TextData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a run over a text says of its data and of what came of it. */
final class TextReport {
    /** Counting pairs of neighbours takes a while and some memory; beyond this the baseline is left out. */
    private static final long MOST_FOR_BIGRAMS = 20_000_000;

    private final Corpus corpus;
    private final TextData data;
    private final double bigrams;

    /** A report on this data. */
    TextReport(Corpus corpus, TextData data) {
        this.corpus = corpus;
        this.data = data;
        bigrams = bigrams(data);
    }

    /** The data in a line. */
    String describe() {
        String held = data.heldOut().length() == 0
                ? "nothing held out"
                : String.format(Locale.ROOT, "the last %s %% held out", percent(data.valFraction()));
        return String.format(
                Locale.ROOT,
                "%s: %d characters, %d symbols, read as %s, %s, batch %d, sequence length %d; %s, as %s",
                corpus.name(),
                corpus.characters(),
                data.vocabulary().size(),
                data.reading() == Reading.WORDS ? "a list of words" : "a stream",
                held,
                data.batches().rows(),
                data.batches().steps(),
                data.reading() == Reading.WORDS ? "a list of words" : "a stream",
                data.choice().why());
    }

    private static String percent(double fraction) {
        double percent = Math.round(fraction * 1e4) / 1e2;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
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

    /** Where the model's knowledge is from. */
    Map<String, Object> origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        // Names and contents, never the folders of the machine that the model was made on.
        origin.put("name", corpus.fileName());
        origin.put("fingerprint", String.format(Locale.ROOT, "%016x", corpus.fingerprint()));
        origin.put("characters", corpus.characters());
        origin.put("val_fraction", data.valFraction());
        origin.put("reading", data.reading().label());
        return origin;
    }

    /** What was asked for and what came of it, as the peers name it. */
    Map<String, @Nullable Object> figures(TextRun.Outcome outcome, long seed) {
        boolean validated = data.heldOut().length() > 0;
        NetworkSpec network = outcome.model().network().spec();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("cell", common(network, layer -> layer.cell().name()));
        figures.put("order", common(network, Recurrent::order));
        figures.put("hidden", common(network, Recurrent::hidden));
        figures.put("layers", NetworkOptions.each(network, Recurrent::cell).size());
        figures.put("batch", data.batches().rows());
        figures.put("seq_len", data.batches().steps());
        figures.put("seed", seed);
        figures.put("steps", outcome.result().steps());
        figures.put("train_nats", rounded(outcome.result().trainLoss(), 4));
        figures.put("val_nats", validated ? rounded(outcome.loss(), 4) : null);
        figures.put("val_bpc", validated ? rounded(outcome.loss() / Math.log(2), 4) : null);
        figures.put("bigram_nats", Double.isNaN(bigrams) ? null : rounded(bigrams, 4));
        figures.put("ended", outcome.result().reason());
        return figures;
    }

    /** What all recurrent layers share; the list of what each has if they differ, as layers made elsewhere may. */
    private static <T> Object common(NetworkSpec network, Function<Recurrent, T> property) {
        List<T> all = NetworkOptions.each(network, property);
        return all.stream().distinct().count() == 1 ? all.get(0) : all;
    }

    /** How fast it was: told, but not stored, so that the same run leaves the same bytes. */
    Map<String, @Nullable Object> speed(TextRun.Outcome outcome, int threads) {
        double perStep = outcome.result().medianStepSeconds();
        Map<String, @Nullable Object> speed = new LinkedHashMap<>();
        speed.put("threads", threads);
        speed.put("ms_per_step", rounded(perStep * 1e3, 3));
        speed.put("chars_per_s", rounded(data.batches().rows() * data.batches().steps() / perStep, 0));
        speed.put("seconds", rounded(outcome.seconds(), 2));
        return speed;
    }

    private static @Nullable Double rounded(double number, int digits) {
        double scale = Math.pow(10, digits);
        return Double.isFinite(number) ? Math.round(number * scale) / scale : null;
    }

    /** What came of it, in a line. */
    String summary(TextRun.Outcome outcome) {
        String validation = data.heldOut().length() == 0
                ? String.format(Locale.ROOT, "training %.4f nats per character", outcome.loss())
                : String.format(
                        Locale.ROOT,
                        "validation %.4f nats per character (%.4f bits)",
                        outcome.loss(),
                        outcome.loss() / Math.log(2));
        String baseline = Double.isNaN(bigrams) ? "" : String.format(Locale.ROOT, ", bigrams %.4f", bigrams);
        return String.format(
                Locale.ROOT,
                "%s%s; %d steps in %.1f s",
                validation,
                baseline,
                outcome.result().steps(),
                outcome.seconds());
    }
}
