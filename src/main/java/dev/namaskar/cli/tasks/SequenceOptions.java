package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.labelling.data.SequenceFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which columns of a table with a row for each step are no channels. */
@Heading(Heading.DATA)
public final class SequenceOptions {
    @Option(
            names = "--group",
            paramLabel = "COL",
            description = "Read a table with a row for each step; this column names the sequence.")
    private @Nullable String group;

    @Option(names = "--label", paramLabel = "COL", description = "With --group: the column of the label (label).")
    private @Nullable String label;

    /** Refuses a column of labels that would change nothing. */
    void checkLabel(Range range) {
        range.effective("--label", group != null, "without --group");
    }

    /** Refuses what would change nothing, where a unit is of texts. */
    void check(Range range) {
        checkLabel(range);
        range.effective("--unit", group == null, "with --group");
    }

    /** The columns that are asked for, or null for no table. */
    SequenceFile.@Nullable Columns columns() {
        return group == null ? null : new SequenceFile.Columns(group, label == null ? "label" : label);
    }
}
