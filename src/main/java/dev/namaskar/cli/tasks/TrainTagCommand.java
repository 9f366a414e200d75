package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.labelling.Tagger;
import dev.namaskar.labelling.TaggerTraining;
import dev.namaskar.symbols.Lexicon;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code namaskar train tag}. */
@Command(
        description = "Learn to tag every token of a sentence.",
        footer = {
            "",
            "A file has a token, a tab and its tag a line, and a blank line between sentences; or, with --group, it is"
                    + " a table with a row for each step, whose other columns are channels. By codepoint the network"
                    + " reads the sentence's characters, both ways, so that it knows words it has never seen. Usually"
                    + " it goes over the examples twelve times.",
            "Example: namaskar train tag train.tsv --validation dev.tsv --out tags.safetensors"
        })
public final class TrainTagCommand extends TrainTaskCommand<Tagger, TaggerTraining> {
    @Heading(Heading.DATA)
    @Option(
            names = "--unit",
            defaultValue = "codepoint",
            paramLabel = "UNIT",
            description = "One symbol is a codepoint or a whole word (codepoint).")
    private String unit = "codepoint";

    @Mixin
    private final EnsembleOption ensemble = new EnsembleOption();

    @Mixin
    private final SequenceOptions sequences = new SequenceOptions();

    /** With what is usual. */
    public TrainTagCommand() {
        super(Tagger.training());
    }

    @Override
    TaggerTraining training(Range range) {
        sequences.check(range);
        Lexicon.Cut cut = range.usage("--unit", () -> Lexicon.Cut.of(unit));
        return range.usage(
                () -> Tagger.training().unit(cut).ensemble(ensemble.members).columns(sequences.columns()));
    }
}
