package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.labelling.Transcriber;
import dev.namaskar.labelling.TranscriberTraining;
import dev.namaskar.symbols.Lexicon;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code namaskar train transcribe}. */
@Command(
        description = "Learn to read labels in their order out of recordings, channels or texts, by CTC.",
        footer = {
            "",
            "A file has the path of a WAV file (from the file's own folder on), a tab and its labels a line; or a"
                    + " text, a tab and its labels; or, with --group, it is a table with a row for each step. The network"
                    + " reads both ways, usually twelve times over the examples.",
            "Example: namaskar train transcribe digits.tsv --out digits.safetensors"
        })
public final class TrainTranscribeCommand extends TrainTaskCommand<Transcriber, TranscriberTraining> {
    @Heading(Heading.DATA)
    @Option(
            names = "--unit",
            defaultValue = "word",
            paramLabel = "UNIT",
            description = "One label is a word or a codepoint (word).")
    private String unit = "word";

    @Heading(Heading.DATA)
    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Of texts: steps for each character, the most labels that one can become (2).")
    private @Nullable Integer repeat;

    @Mixin
    private final SequenceOptions sequences = new SequenceOptions();

    @Mixin
    private final SoundOptions sound = new SoundOptions();

    /** With what is usual. */
    public TrainTranscribeCommand() {
        super(Transcriber.training());
    }

    @Override
    TranscriberTraining training(Range range) {
        sequences.checkLabel(range);
        range.effective("--repeat", sequences.columns() == null, "with --group");
        Lexicon.Cut cut = range.usage("--unit", () -> Lexicon.Cut.of(unit));
        return range.usage(() -> Transcriber.training()
                .unit(cut)
                .repeat(repeat)
                .columns(sequences.columns())
                .variants(sound.variants())
                .hop(sound.hop())
                .bands(sound.bands()));
    }
}
