package dev.namaskar.cli.options;

import dev.namaskar.text.TextTraining;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.text.corpus.TextUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a text that is learnt from is cut into symbols and read. */
@Heading(Heading.DATA)
public final class TextReadingOptions {
    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description = "One symbol is a codepoint, a byte, or, on one machine, bpe:N (byte pairs joined into pieces,"
                    + " learnt from the text, N symbols in all) or word:N (words, and bytes for what is rare)"
                    + " (codepoint, or as the model of --from).")
    private @Nullable String unit;

    @Option(
            names = "--read",
            defaultValue = "auto",
            paramLabel = "HOW",
            description = "As a stream, as words, or auto (${DEFAULT-VALUE}).")
    private String read = "auto";

    @Option(names = "--seq-len", paramLabel = "T", description = "Steps between updates (64; fewer for a short text).")
    private @Nullable Integer seqLen;

    /** Refuses pieces, which a cluster does not learn. */
    public TextReadingOptions requireNoPieces(Range range) {
        range.require(
                unit == null || !unit.matches("(bpe|word)(:.*)?"), "--unit", "codepoint or byte on a cluster", unit);
        return this;
    }

    /** Trains as is asked for. */
    public void apply(Range range, TextTraining training) {
        range.require(List.of("auto", "stream", "words").contains(read), "--read", "auto, stream or words", read);
        training.reading(Reading.named(read));
        range.usage(() -> training.seqLen(seqLen));
        String symbol = unit;
        if (symbol != null) {
            training.unit(range.usage("--unit", () -> TextUnit.parse(symbol)));
        }
    }
}
