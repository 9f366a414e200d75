package dev.namaskar.cli;

import dev.namaskar.cli.bench.BenchCellsCommand;
import dev.namaskar.cli.bench.BenchGemmCommand;
import dev.namaskar.cli.bench.BenchGenerateCommand;
import dev.namaskar.cli.bench.BenchTrainCommand;
import dev.namaskar.cli.bench.CheckGradientsCommand;
import dev.namaskar.cli.command.TuneOptions;
import dev.namaskar.cli.exchange.ExportOnnxCommand;
import dev.namaskar.cli.exchange.ExportPyTorchCommand;
import dev.namaskar.cli.exchange.ImportDl4jCommand;
import dev.namaskar.cli.exchange.ImportKerasCommand;
import dev.namaskar.cli.exchange.ImportPyTorchCommand;
import dev.namaskar.cli.exchange.InspectCommand;
import dev.namaskar.cli.options.OptionList;
import dev.namaskar.cli.series.AnomaliesCommand;
import dev.namaskar.cli.series.BacktestCommand;
import dev.namaskar.cli.series.EvaluateSeriesCommand;
import dev.namaskar.cli.series.ForecastCommand;
import dev.namaskar.cli.series.TrainSeriesCommand;
import dev.namaskar.cli.serve.ServeCommand;
import dev.namaskar.cli.serve.WatchCommand;
import dev.namaskar.cli.tasks.EvaluateTaskCommand;
import dev.namaskar.cli.tasks.PredictCommand;
import dev.namaskar.cli.tasks.TrainClassifyCommand;
import dev.namaskar.cli.tasks.TrainDescribeCommand;
import dev.namaskar.cli.tasks.TrainTagCommand;
import dev.namaskar.cli.tasks.TrainTranscribeCommand;
import dev.namaskar.cli.tasks.TrainTranslateCommand;
import dev.namaskar.cli.text.EvaluateTextCommand;
import dev.namaskar.cli.text.GenerateCommand;
import dev.namaskar.cli.text.NextCommand;
import dev.namaskar.cli.text.TrainTextCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command of the program. A new one is a class with {@link Command} and a line in {@link #ALL}. */
final class Commands {
    /** The words that call a command, and its class; two words put it into a group. */
    private record Entry(String words, Class<?> type) {
        boolean tunes() {
            return words.startsWith("tune ");
        }

        CommandLine command() {
            return tunes() ? TuneOptions.command(type, null) : new CommandLine(type);
        }

        String[] description() {
            String[] own = type.getAnnotation(Command.class).description();
            return tunes() ? new String[] {TuneOptions.description(type)} : own;
        }
    }

    private static final List<Entry> ALL = List.of(
            new Entry("demo", DemoCommand.class),
            new Entry("train text", TrainTextCommand.class),
            new Entry("next", NextCommand.class),
            new Entry("generate", GenerateCommand.class),
            new Entry("evaluate text", EvaluateTextCommand.class),
            new Entry("inspect", InspectCommand.class),
            new Entry("check gradients", CheckGradientsCommand.class),
            new Entry("import pytorch", ImportPyTorchCommand.class),
            new Entry("import keras", ImportKerasCommand.class),
            new Entry("import dl4j", ImportDl4jCommand.class),
            new Entry("export onnx", ExportOnnxCommand.class),
            new Entry("export pytorch", ExportPyTorchCommand.class),
            new Entry("train classify", TrainClassifyCommand.class),
            new Entry("train tag", TrainTagCommand.class),
            new Entry("train transcribe", TrainTranscribeCommand.class),
            new Entry("train translate", TrainTranslateCommand.class),
            new Entry("train describe", TrainDescribeCommand.class),
            new Entry("predict", PredictCommand.class),
            new Entry("evaluate classify", EvaluateTaskCommand.class),
            new Entry("evaluate tag", EvaluateTaskCommand.class),
            new Entry("evaluate transcribe", EvaluateTaskCommand.class),
            new Entry("evaluate translate", EvaluateTaskCommand.class),
            new Entry("evaluate describe", EvaluateTaskCommand.class),
            new Entry("train series", TrainSeriesCommand.class),
            new Entry("tune text", TrainTextCommand.class),
            new Entry("tune series", TrainSeriesCommand.class),
            new Entry("tune classify", TrainClassifyCommand.class),
            new Entry("tune tag", TrainTagCommand.class),
            new Entry("tune transcribe", TrainTranscribeCommand.class),
            new Entry("tune translate", TrainTranslateCommand.class),
            new Entry("tune describe", TrainDescribeCommand.class),
            new Entry("forecast", ForecastCommand.class),
            new Entry("backtest", BacktestCommand.class),
            new Entry("evaluate series", EvaluateSeriesCommand.class),
            new Entry("anomalies", AnomaliesCommand.class),
            new Entry("serve", ServeCommand.class),
            new Entry("watch", WatchCommand.class),
            new Entry("bench train", BenchTrainCommand.class),
            new Entry("bench cells", BenchCellsCommand.class),
            new Entry("bench generate", BenchGenerateCommand.class),
            new Entry("bench gemm", BenchGemmCommand.class));

    private static final Map<String, String> GROUPS = Map.of(
            "train", "Train a network.",
            "tune", "Find settings by trials, and train with the best.",
            "evaluate", "Measure a model on data it has not seen.",
            "check", "Prove that the mathematics is right.",
            "bench", "Measure speed.",
            "import", "Read a model that another library wrote.",
            "export", "Write a model for another library.");

    private Commands() {}

    /**
     * Hangs all commands under the program. Only the one that is called is built in full, since reading the options
     * of all of them would double the time to the first answer; the others lend their names and descriptions to help.
     */
    static void addTo(CommandLine program, String... args) {
        List<String> given =
                Arrays.stream(args).filter(arg -> !arg.startsWith("-")).limit(2).toList();
        for (Entry entry : ALL) {
            List<String> words = List.of(entry.words().split(" ", -1));
            CommandLine parent = words.size() == 1 ? program : group(program, words.get(0));
            String name = words.get(words.size() - 1);
            if (given.size() >= words.size() && given.subList(0, words.size()).equals(words)) {
                CommandLine command = entry.command();
                command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionList());
                parent.addSubcommand(name, command);
            } else {
                parent.addSubcommand(name, nameOnly(entry.description()));
            }
        }
    }

    private static CommandLine group(CommandLine program, String name) {
        CommandLine group = program.getSubcommands().get(name);
        if (group == null) {
            CommandSpec spec = nameOnly(GROUPS.getOrDefault(name, ""));
            group = new CommandLine(spec);
            program.addSubcommand(name, group);
        }
        return group;
    }

    private static CommandSpec nameOnly(String... description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description);
        return spec;
    }
}
