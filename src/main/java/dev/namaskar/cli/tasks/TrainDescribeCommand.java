package dev.namaskar.cli.tasks;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.translation.DescriptionModel;
import dev.namaskar.translation.DescriptionTraining;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code namaskar train describe}. */
@Command(
        description = "Learn to write a text for a vector: a colour's name, a caption for a picture's features.",
        footer = {
            "",
            "A file is a table with a heading: a column of texts, and columns of numbers or of colours as #c93f38.",
            "Example: namaskar train describe colours.csv --text name --columns hex --out colours.safetensors"
        })
public final class TrainDescribeCommand extends TrainTaskCommand<DescriptionModel, DescriptionTraining> {
    @Heading(Heading.DATA)
    @Option(
            names = "--text",
            defaultValue = "text",
            paramLabel = "COL",
            description = "The column of the texts (text).")
    private String text = "text";

    @Heading(Heading.DATA)
    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COL",
            description = "The columns of the vector, in its order (all but the texts').")
    private List<String> columns = List.of();

    @Heading(Heading.DATA)
    @Option(
            names = "--unit",
            defaultValue = "codepoint",
            paramLabel = "UNIT",
            description = "One symbol of a text is a codepoint or a word (codepoint).")
    private String unit = "codepoint";

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    /** With what is usual. */
    public TrainDescribeCommand() {
        super(DescriptionModel.training());
    }

    @Override
    DescriptionTraining training(Range range) {
        return targets.apply(DescriptionModel.training(), range)
                .columns(text, columns.toArray(String[]::new))
                .unit(TrainTranslateCommand.unit(range, "--unit", unit));
    }
}
