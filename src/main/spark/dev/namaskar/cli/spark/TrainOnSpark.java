package dev.namaskar.cli.spark;

import dev.namaskar.cli.command.TrainCommand;
import dev.namaskar.cli.options.Range;
import dev.namaskar.train.settings.RunSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A {@code train} command whose data are Hadoop's and whose steps are taken by rounds of replicas. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
abstract class TrainOnSpark<T> extends TrainCommand<T> {
    @Mixin
    RoundOptions rounds;

    TrainOnSpark(RunSettings usual) {
        super(usual);
    }

    @Override
    protected final List<Path> inputs() {
        return List.of();
    }

    @Override
    protected final Sought<?> sought(Range range) {
        throw new IllegalStateException("this command searches nothing");
    }
}
