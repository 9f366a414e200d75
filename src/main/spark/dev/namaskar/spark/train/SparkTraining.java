package dev.namaskar.spark.train;

import dev.namaskar.files.Checkpoints;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.spark.FileCopies;
import dev.namaskar.spark.table.SeriesRow;
import dev.namaskar.spark.table.SeriesTable;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskRecipe;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import dev.namaskar.text.TextRecipe;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.train.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Trains models on a cluster by {@linkplain RoundSettings rounds}. What is trained, how, and who watches is said to the same
 * builders as on one machine; a run's {@code steps} are those of each replica.
 *
 * <pre>{@code
 * SparkTraining cluster = SparkTraining.of(spark, RoundSettings.of(8, 100), "hdfs:///runs/play");
 * TrainedText trained = cluster.text(CharacterModel.training().cell("gru").steps(20_000), "hdfs:///texts/*.txt");
 * SeriesModel model = cluster.series(SeriesModel.training().horizon(48), SeriesTable.of(rows, columns));
 * }</pre>
 */
public final class SparkTraining {
    /** Series that settings and intervals are chosen from, at most. */
    public static final int MOST_LOOKED_AT = 100_000;

    private final JavaSparkContext context;
    private final RoundSettings settings;
    private final String folder;
    private final @Nullable Path checkpoint;
    private final boolean resume;
    private final int lookedAt;
    private final Consumer<String> notes;

    private SparkTraining(
            JavaSparkContext context,
            RoundSettings settings,
            String folder,
            @Nullable Path checkpoint,
            boolean resume,
            int lookedAt,
            Consumer<String> notes) {
        this.context = context;
        this.settings = settings;
        this.folder = folder;
        this.checkpoint = checkpoint;
        this.resume = resume;
        this.lookedAt = lookedAt;
        this.notes = notes;
    }

    /**
     * A training on a session's cluster.
     *
     * @param folder where replicas keep their states between rounds: a Hadoop path that the driver and all executors reach,
     *     of one run at a time
     */
    public static SparkTraining of(SparkSession spark, RoundSettings settings, String folder) {
        return new SparkTraining(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                settings,
                folder,
                null,
                false,
                MOST_LOOKED_AT,
                note -> {});
    }

    /**
     * Stores a checkpoint after every round, beside the driver.
     *
     * @param resume whether to go on from it, if it is there
     */
    public SparkTraining checkpoint(Path file, boolean resume) {
        return new SparkTraining(context, settings, folder, file, resume, lookedAt, notes);
    }

    /**
     * Chooses settings and intervals of forecasters from so many series, the first by their names, which the driver holds;
     * with all of them they are those of one machine. Networks learn from all series whatever is said here.
     */
    public SparkTraining lookAt(int series) {
        return new SparkTraining(context, settings, folder, checkpoint, resume, series, notes);
    }

    /** Told what was found and decided, a sentence each. */
    public SparkTraining notes(Consumer<String> to) {
        return new SparkTraining(context, settings, folder, checkpoint, resume, lookedAt, to);
    }

    private @Nullable Checkpoints checkpoints() {
        return checkpoint == null ? null : new Checkpoints(checkpoint, settings.steps(), resume);
    }

    /**
     * Trains a character model.
     *
     * @param training what to train and how
     * @param paths of files of UTF-8, folders, or patterns of them
     * @throws IllegalArgumentException if they are no text, or a replica's part is shorter than a batch
     * @throws IOException if a file cannot be read, or the folder holds another run
     */
    public TrainedText text(TextTraining training, String... paths) throws IOException {
        TextBlocks.Surveyed text = TextBlocks.survey(context, List.of(paths), training.unit());
        Checkpoints kept = checkpoints();
        List<ReplicaRounds<?>> begun = new ArrayList<>();
        TextTraining all = training.rounds(recipe -> begun(begun, rounds(recipe, text.blocks())));
        try (Corpus corpus = text.corpus()) {
            return (kept == null ? all : all.checkpoints(kept)).fit(corpus);
        } finally {
            begun.forEach(ReplicaRounds::close);
        }
    }

    /**
     * Trains a model of a task on files of examples, which go to every executor and are held there whole; each replica
     * learns every R-th example.
     *
     * <pre>{@code
     * SparkTask<Classifier, ClassifierTraining> names =
     *         (files, placed) -> placed.apply(Classifier.training().steps(500)).fit(files.get(0));
     * Trained<Classifier> trained = cluster.task(List.of(Path.of("names.tsv")), names, training -> training);
     * }</pre>
     *
     * @param files the examples, on the driver's machine
     * @param task what to train and how, the same on all machines
     * @param here what else holds for the driver alone, such as listeners
     * @throws IllegalArgumentException if examples do not fit the task, or are fewer than replicas
     * @throws IOException if a file cannot be read, or the folder holds another run
     */
    public <M extends TaskModel, S extends TaskTraining<M, S>> Trained<M> task(
            List<Path> files, SparkTask<M, S> task, UnaryOperator<S> here) throws IOException {
        int replicas = settings.replicas();
        List<Integer> numbers = IntStream.range(0, replicas).boxed().toList();
        JavaRDD<Integer> parts = context.parallelize(numbers, replicas);
        Broadcast<FileCopies> data = context.broadcast(FileCopies.of(files));
        List<ReplicaRounds<?>> begun = new ArrayList<>();
        Function<TaskRecipe, Rounds> rounds = recipe -> {
            begun.forEach(ReplicaRounds::close); // networks are trained one after the other
            begun.clear();
            TaskReplicas<M, S> made = new TaskReplicas<>(task, data, replicas, recipe.seed());
            return begun(begun, new ReplicaRounds<>(context, parts, made, settings, folder));
        };
        try {
            Trained<M> trained = task.fit(
                    files,
                    training -> here.apply(training).checkpoints(checkpoints()).rounds(rounds));
            if (begun.isEmpty()) {
                throw new IllegalStateException(SparkTask.NOT_PLACED);
            }
            return trained;
        } finally {
            begun.forEach(ReplicaRounds::close);
            data.destroy();
        }
    }

    private static Rounds begun(List<ReplicaRounds<?>> all, ReplicaRounds<?> next) {
        all.add(next);
        return next;
    }

    private ReplicaRounds<TextPart> rounds(TextRecipe recipe, TextBlocks blocks) {
        List<TextPart> parts = new ArrayList<>();
        int replicas = settings.replicas();
        for (int r = 0; r < replicas; r++) {
            long from = TextBlocks.cut(recipe.trained(), r, replicas);
            long to = TextBlocks.cut(recipe.trained(), r + 1, replicas);
            TextBlocks around = recipe.reading() == Reading.WORDS || to <= from ? blocks : blocks.around(from, to);
            parts.add(new TextPart(around, from, to, recipe.trained()));
        }
        JavaRDD<TextPart> placed = context.parallelize(parts, replicas).persist(StorageLevel.MEMORY_ONLY());
        return new ReplicaRounds<>(context, placed, new TextReplicas(recipe.text()), settings, folder);
    }

    /**
     * Trains a forecaster.
     *
     * @param training what to train and how
     * @throws IllegalArgumentException when series are too short
     */
    public SeriesModel series(SeriesTraining training, SeriesTable rows) {
        Table table = rows.table(lookedAt);
        JavaRDD<SeriesRow> parts = rows.parts(settings.replicas()).persist(StorageLevel.DISK_ONLY());
        List<ReplicaRounds<?>> begun = new ArrayList<>();
        try {
            long all = table.series().size() < lookedAt ? table.series().size() : parts.count();
            if (all > lookedAt) {
                notes.accept("settings and intervals are chosen from the first " + lookedAt + " of " + all + " series");
            }
            SeriesTraining placed = training.fitting(how -> how.rounds(run -> {
                begun.forEach(ReplicaRounds::close); // networks are trained one after the other
                begun.clear();
                return begun(
                        begun, new ReplicaRounds<>(context, parts, new SeriesReplicas(run.text()), settings, folder));
            }));
            Checkpoints kept = checkpoints();
            return (kept == null ? placed : placed.checkpoints(kept)).on(table);
        } finally {
            begun.forEach(ReplicaRounds::close);
            parts.unpersist(false);
        }
    }
}
