package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.translation.TranslationModel;
import dev.namaskar.translation.TranslationTraining;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code namaskar train translate}. */
@Command(
        description = "Learn to write a text for a text: a translation, a pronunciation, another notation.",
        footer = {
            "",
            "A file has a source, a tab and a target a line; several lines of one source say that each target is right."
                    + " Recurrent layers read the source both ways, one layer more writes and attends to them, usually"
                    + " twenty times over the examples.",
            "Example: namaskar train translate words.tsv --out words.safetensors --hidden 256"
        })
public final class TrainTranslateCommand extends TrainTaskCommand<TranslationModel, TranslationTraining> {
    @Heading(Heading.DATA)
    @Option(
            names = "--source-unit",
            paramLabel = "UNIT",
            description = "One symbol of a source is a codepoint or a word (word where most have blanks with words of"
                    + " at most three characters between, as phonemes are; else codepoint).")
    private @Nullable String sourceUnit;

    @Heading(Heading.DATA)
    @Option(names = "--target-unit", paramLabel = "UNIT", description = "The same of a target.")
    private @Nullable String targetUnit;

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    /** With what is usual. */
    public TrainTranslateCommand() {
        super(TranslationModel.training());
    }

    @Override
    TranslationTraining training(Range range) {
        Lexicon.Cut source = unit(range, "--source-unit", sourceUnit);
        Lexicon.Cut target = unit(range, "--target-unit", targetUnit);
        return targets.apply(TranslationModel.training(), range)
                .sourceUnit(source)
                .targetUnit(target);
    }

    static Lexicon.@Nullable Cut unit(Range range, String option, @Nullable String unit) {
        return unit == null ? null : range.usage(option, () -> Lexicon.Cut.of(unit));
    }
}
