package dev.namaskar.cli.bench;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.Range;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.text.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench cells}: every cell on one text, at equal steps and at equal time. */
@Command(
        description = "Compare cells on a text: time of a step, loss at equal steps and at equal time.",
        footer = {
            "",
            "Each cell is trained for --steps at each rate of --lr, and at the best of them again for as many steps as "
                    + "--seconds hold by its own median step. Losses are those of the last tenth of the text, which is "
                    + "not trained on.",
            "Example: namaskar bench cells play.txt --hidden 128 --steps 600 --lr 0.004,0.008,0.016"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class BenchCellsCommand extends ReportingCommand {
    @Parameters(paramLabel = "CORPUS", description = "A text of UTF-8.")
    private Path corpus;

    @Option(
            names = "--cells",
            split = ",",
            paramLabel = "CELL",
            description = "Which (all that come with the program).")
    private List<String> cells = Cells.all().stream().map(Cell::name).toList();

    @Option(names = "--hidden", paramLabel = "N", description = "Units of each layer (default ${DEFAULT-VALUE}).")
    private int hidden = 128;

    @Option(names = "--layers", paramLabel = "N", description = "Recurrent layers (default ${DEFAULT-VALUE}).")
    private int layers = 1;

    @Option(names = "--steps", paramLabel = "N", description = "Updates, the same for each (default ${DEFAULT-VALUE}).")
    private int steps = 600;

    @Option(names = "--seconds", paramLabel = "S", description = "Time, the same for each (default ${DEFAULT-VALUE}).")
    private double seconds = 6;

    @Option(
            names = "--lr",
            split = ",",
            paramLabel = "X",
            description = "Learning rates to choose from (default ${DEFAULT-VALUE}).")
    private List<Double> rates = List.of(0.004, 0.008, 0.016);

    @Mixin
    private final BenchThreads workers = new BenchThreads();

    /** A cell's best run of so many steps, and its run of so many seconds. */
    private record Row(String cell, double rate, TrainedText bySteps, TrainedText byTime) {
        private double milliseconds() {
            return bySteps.report().result().medianStepSeconds() * 1e3;
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("cell", cell);
            map.put("parameters", bySteps.model().params().values().length);
            map.put("lr", rate);
            map.put("ms_per_step", milliseconds());
            map.put("nats_equal_steps", bySteps.report().loss());
            map.put("steps_equal_time", byTime.report().result().steps());
            map.put("nats_equal_time", byTime.report().loss());
            return map;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-9s %10d %7s %7.2f ms %11.4f %11d %10.4f",
                    cell,
                    bySteps.model().params().values().length,
                    rate,
                    milliseconds(),
                    bySteps.report().loss(),
                    byTime.report().result().steps(),
                    byTime.report().loss());
        }
    }

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--layers", 1, layers);
        range.atLeast("--steps", 1, steps);
        range.above("--seconds", 0, seconds);
        rates.forEach(rate -> range.above("--lr", 0, rate));
        cells.forEach(cell -> range.usage("--cells", () -> Cells.named(cell)));
        int threads = workers.count(range);
        List<Row> rows = new ArrayList<>();
        try (Corpus text = Corpus.read(List.of(corpus), Unit.CODEPOINT)) {
            for (String cell : cells) {
                rows.add(row(cell, text, threads));
                note(rows.get(rows.size() - 1).toString());
            }
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("hidden", hidden);
        result.put("layers", layers);
        result.put("threads", threads);
        result.put("steps", steps);
        result.put("seconds", seconds);
        result.put("cells", rows.stream().map(Row::toMap).toList());
        StringBuilder table =
                new StringBuilder("cell      parameters      lr     a step  same steps  steps then  same time");
        rows.forEach(row -> table.append(System.lineSeparator()).append(row));
        print(result, table);
        return 0;
    }

    private Row row(String cell, Corpus text, int threads) throws IOException {
        double bestRate = rates.get(0);
        TrainedText best = training(cell, bestRate, threads).steps(steps).fit(text);
        for (double rate : rates.subList(1, rates.size())) {
            TrainedText trained = training(cell, rate, threads).steps(steps).fit(text);
            if (trained.report().loss() < best.report().loss()) {
                best = trained;
                bestRate = rate;
            }
        }
        long fitting = Math.max(1, Math.round(seconds / best.report().result().medianStepSeconds()));
        return new Row(
                cell,
                bestRate,
                best,
                training(cell, bestRate, threads).steps(fitting).fit(text));
    }

    private TextTraining training(String cell, double rate, int threads) {
        return CharacterModel.training()
                .cell(cell)
                .hidden(hidden)
                .layers(l -> l.withLayers(layers))
                .learningRate(rate)
                .threads(threads);
    }
}
