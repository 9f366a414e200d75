package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.ClassifierTraining;
import dev.namaskar.labelling.ReadOut;
import dev.namaskar.symbols.Lexicon;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code namaskar train classify}. */
@Command(
        description = "Learn to label whole sequences: texts, recordings, or series of channels.",
        footer = {
            "",
            "A file has a text or the path of a WAV file, a tab and its label a line; or it is a table whose heading"
                    + " names a column text and one label; or one of sktime's (.ts);"
                    + " or, with --group, a table"
                    + " with a row for each step, whose other columns are channels. The network reads both ways,"
                    + " usually twelve times over the examples.",
            "Example: namaskar train classify names.tsv --out names.safetensors --balance 0.5"
        })
public final class TrainClassifyCommand extends TrainTaskCommand<Classifier, ClassifierTraining> {
    @Heading(Heading.DATA)
    @Option(
            names = "--unit",
            defaultValue = "codepoint",
            paramLabel = "UNIT",
            description = "One symbol of a text is a codepoint or a word (codepoint).")
    private String unit = "codepoint";

    @Mixin
    private final EnsembleOption ensemble = new EnsembleOption();

    @Mixin
    private final SequenceOptions sequences = new SequenceOptions();

    @Heading(Heading.NETWORK)
    @Option(
            names = "--read-out",
            defaultValue = "ends",
            paramLabel = "HOW",
            description = "What is read of the steps: both ends, their mean or their maximum (ends).")
    private String readOut = "ends";

    @Heading(Heading.TRAINING)
    @Option(
            names = "--balance",
            defaultValue = "0",
            paramLabel = "P",
            description =
                    "How much rare labels are made equal to common ones, from 0 (examples weigh alike) to 1 (labels"
                            + " do) (0).")
    private double balance;

    @Mixin
    private final SoundOptions sound = new SoundOptions();

    /** With what is usual. */
    public TrainClassifyCommand() {
        super(Classifier.training());
    }

    @Override
    ClassifierTraining training(Range range) {
        sequences.check(range);
        Lexicon.Cut cut = range.usage("--unit", () -> Lexicon.Cut.of(unit));
        ReadOut how = range.usage("--read-out", () -> ReadOut.of(readOut));
        return range.usage(() -> Classifier.training()
                .unit(cut)
                .readOut(how)
                .balance(balance)
                .ensemble(ensemble.members)
                .columns(sequences.columns())
                .variants(sound.variants())
                .hop(sound.hop())
                .bands(sound.bands()));
    }
}
