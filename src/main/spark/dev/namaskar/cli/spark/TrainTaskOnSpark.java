package dev.namaskar.cli.spark;

import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.tasks.TrainTaskCommand;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.spark.train.RoundSettings;
import dev.namaskar.spark.train.SparkTask;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of one machine that learn files of examples, with steps that replicas take. */
final class TrainTaskOnSpark implements TrainTaskCommand.Elsewhere {
    private final RoundOptions rounds;
    private final List<String> words;
    private RoundSettings settings = RoundSettings.of(1, 1);

    private TrainTaskOnSpark(RoundOptions rounds, List<String> words) {
        this.rounds = rounds;
        this.words = words;
    }

    /** Such a command with the options of rounds; the words are the command line's. */
    static CommandLine command(Class<?> type, List<String> words) {
        try {
            TrainTaskCommand<?, ?> train =
                    (TrainTaskCommand<?, ?>) type.getDeclaredConstructor().newInstance();
            RoundOptions rounds = new RoundOptions();
            train.learnBy(new TrainTaskOnSpark(rounds, words));
            CommandSpec spec = CommandSpec.forAnnotatedObject(train);
            spec.addMixin("rounds", CommandSpec.forAnnotatedObject(rounds));
            String[] one = spec.usageMessage().description();
            spec.usageMessage()
                    .description(one[0] + " On a cluster; --steps are each replica's.")
                    .footer();
            return new CommandLine(spec);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("expected a command with a constructor of nothing, found " + type, e);
        }
    }

    @Override
    public void check(Range range) {
        settings = rounds.settings(range, RoundSettings::of);
    }

    @Override
    public <M extends TaskModel, S extends TaskTraining<M, S>> Trained<M> fit(
            TrainTaskCommand<M, S> command, List<Path> files, @Nullable Checkpoints kept, UnaryOperator<S> here)
            throws IOException {
        return rounds.training(settings, Objects.requireNonNull(kept))
                .task(files, new Copied<M, S>(CopiedCommand.of(words, files)), here);
    }

    private record Copied<M extends TaskModel, S extends TaskTraining<M, S>>(CopiedCommand command)
            implements SparkTask<M, S> {
        @Override
        public Trained<M> fit(List<Path> files, UnaryOperator<S> placed) throws IOException {
            @SuppressWarnings("unchecked") // the command that these words are parsed to on every machine
            TrainTaskCommand<M, S> parsed = (TrainTaskCommand<M, S>) command.parse(files);
            return parsed.fit(placed);
        }
    }
}
