package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.net.attention.AttentionScore;
import dev.namaskar.translation.TargetTraining;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command has in common that trains a model to write targets. */
final class TargetOptions {
    @Heading(Heading.NETWORK)
    @Option(
            names = "--attention",
            defaultValue = "general",
            paramLabel = "SCORE",
            description = "How attention scores: general, dot or additive (general).")
    private String attention = "general";

    @Heading(Heading.TRAINING)
    @Option(
            names = "--smoothing",
            defaultValue = "0.1",
            paramLabel = "S",
            description = "Label smoothing: the part of a right symbol that all symbols share (0.1).")
    private double smoothing;

    @Heading(Heading.DATA)
    @Option(
            names = "--longest",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Refuse targets of more symbols than this (1000).")
    private int longest;

    @Mixin
    private final EnsembleOption ensemble = new EnsembleOption();

    /** Passes on what is asked for. */
    <S extends TargetTraining<?, S>> S apply(S training, Range range) {
        AttentionScore score = range.usage(() -> AttentionScore.named(attention));
        return range.usage(() ->
                training.attention(score).smoothing(smoothing).longest(longest).ensemble(ensemble.members));
    }
}
