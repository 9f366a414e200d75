package dev.namaskar.cli.spark;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.spark.train.RoundSettings;
import dev.namaskar.spark.train.SparkTraining;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How replicas train together. */
@Heading(Heading.TRAINING)
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class RoundOptions {
    @Option(
            names = "--replicas",
            defaultValue = "1",
            paramLabel = "R",
            description = "Trainers that meet after each round (1).")
    private int replicas;

    @Option(names = "--round-steps", defaultValue = "100", paramLabel = "H", description = "Steps between (100).")
    private int steps;

    @Option(
            names = "--outer",
            paramLabel = "NAME",
            description = "The optimizer of the replicas' mean move: sgd:lr=1 takes their mean,"
                    + " nesterov:lr=0.7,momentum=0.9 is DiLoCo (nesterov:lr=1,momentum=0.3 for several of a text, else"
                    + " sgd:lr=1).")
    private @Nullable String outer;

    @Option(
            names = "--rounds-dir",
            required = true,
            paramLabel = "DIR",
            description = "Where replicas keep their states: a Hadoop path that the driver and all executors reach.")
    private String folder;

    /** What is asked for, over what is usual for so many replicas and steps. */
    RoundSettings settings(Range range, BiFunction<Integer, Integer, RoundSettings> task) {
        String asked = outer;
        RoundSettings usual = range.usage(() -> task.apply(replicas, steps));
        return asked == null ? usual : range.usage(() -> usual.withOuter(OptimizerSpec.parse(asked)));
    }

    SparkTraining training(RoundSettings settings, Checkpoints kept) {
        return SparkTraining.of(SparkMain.session(), settings, folder).checkpoint(kept.file(), kept.resume());
    }
}
