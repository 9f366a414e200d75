package dev.namaskar.text;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.text.corpus.TextUnit;
import dev.namaskar.train.settings.RunSettings;
import org.jspecify.annotations.Nullable;

/** What is asked of a text's training; what is null, or left open within, is chosen. */
record TextSettings(
        RunSettings run,
        RecurrentLayers layers,
        @Nullable Integer embedding,
        @Nullable TextUnit unit,
        @Nullable Reading reading,
        @Nullable Integer seqLen,
        VariationalDropout variational,
        double smoothing,
        @Nullable Integer members) {
    static final TextSettings NONE = new TextSettings(
            RunSettings.NONE, RecurrentLayers.NONE, null, null, null, null, VariationalDropout.NONE, 0, null);

    TextSettings withRun(RunSettings other) {
        return new TextSettings(other, layers, embedding, unit, reading, seqLen, variational, smoothing, members);
    }

    TextSettings withLayers(RecurrentLayers other) {
        return new TextSettings(run, other, embedding, unit, reading, seqLen, variational, smoothing, members);
    }

    TextSettings withEmbedding(@Nullable Integer width) {
        return new TextSettings(run, layers, width, unit, reading, seqLen, variational, smoothing, members);
    }

    TextSettings withUnit(TextUnit symbol) {
        return new TextSettings(run, layers, embedding, symbol, reading, seqLen, variational, smoothing, members);
    }

    TextSettings withReading(@Nullable Reading how) {
        return new TextSettings(run, layers, embedding, unit, how, seqLen, variational, smoothing, members);
    }

    TextSettings withSeqLen(@Nullable Integer steps) {
        return new TextSettings(run, layers, embedding, unit, reading, steps, variational, smoothing, members);
    }

    TextSettings withVariational(VariationalDropout rates) {
        return new TextSettings(run, layers, embedding, unit, reading, seqLen, rates, smoothing, members);
    }

    TextSettings withSmoothing(double part) {
        return new TextSettings(run, layers, embedding, unit, reading, seqLen, variational, part, members);
    }

    TextSettings withMembers(@Nullable Integer networks) {
        return new TextSettings(run, layers, embedding, unit, reading, seqLen, variational, smoothing, networks);
    }

    /** A fresh network between so many symbols and their logits. */
    NetworkSpec network(int symbols) {
        return variational.in(CharacterModel.spec(layers, embedding == null ? 0 : embedding, symbols));
    }

    /** What is asked of the data. */
    TextData.Wish wish() {
        return new TextData.Wish(reading, run.data().valFraction(), run.data().batch(), seqLen, run.seed());
    }

    /** Whether the time is the only limit, so that what is not asked for is chosen for it. */
    boolean byTimeAlone() {
        return run.length().minutes() != null
                && run.length().steps() == null
                && run.length().epochs() == null;
    }
}
