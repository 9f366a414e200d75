package dev.namaskar.files;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.run.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that can go on: the model as it is, everything the next steps depend on, the best model so far, and the networks
 * that were finished before this one was begun.
 *
 * <p>As a file it is a {@link ModelFile model file} with more: {@code run.optimizer} and {@code run.carried} (the
 * optimizer's and the carried state), the best parameters as {@code run.best.NAME}, those of finished networks as
 * {@code run.finished0.NAME}, a mean of the weights as {@code run.average}, and in the metadata the text
 * {@code progress}: step, generator and seed, shards, the libraries of its matrix products, and the best validation loss. The place in the data and every random draw are functions of step and seed.
 *
 * @param model the network and its parameters after the last step, with the texts that were given
 * @param snapshot what a {@link dev.namaskar.train.Trainer} restores
 * @param standing what a {@link dev.namaskar.train.run.Training} resumes with
 * @param finished parameters of the networks before this one, in the network's layout
 */
public record Checkpoint(Model model, Snapshot snapshot, Standing standing, List<Params> finished) {
    /** What a file of this kind is called and known by. */
    public static final FileKind KIND = new FileKind("a checkpoint", file -> ModelFile.isOurs(file, true));

    static final String RUN = "progress";
    private static final String OPTIMIZER = ModelFile.RUN_PREFIX + "optimizer";
    private static final String CARRIED = ModelFile.RUN_PREFIX + "carried";
    private static final String BEST = ModelFile.RUN_PREFIX + "best.";
    private static final String AVERAGE = ModelFile.RUN_PREFIX + "average";
    private static final String FINISHED = ModelFile.RUN_PREFIX + "finished";
    private static final int MOST_FINISHED = 1000;

    /** Copies the list. */
    public Checkpoint {
        finished = List.copyOf(finished);
    }

    /** The checkpoint of a run's only network. */
    public Checkpoint(Model model, Snapshot snapshot, Standing standing) {
        this(model, snapshot, standing, List.of());
    }

    /** The best model so far; before the first validation the present one, or the mean that is taken of its weights. */
    public Model best() {
        float[] best = standing.bestParams();
        Snapshot.Average average = snapshot.average();
        if (best.length == 0 && average != null && average.count() > 0) {
            best = average.mean();
        }
        if (best.length == 0) {
            return model;
        }
        Params shown = new Params(model.params().layout(), best);
        return new Model(model.networks(), shown, model.texts());
    }

    /** Reads a checkpoint. */
    public static Checkpoint read(Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return read(file);
        }
    }

    /** Writes a checkpoint; what was there before stays until the new file is complete. */
    public void write(Path target) throws IOException {
        writer().write(target);
    }

    /** Ready for writing. */
    SafetensorsWriter writer() {
        Params last = new Params(model.params().layout(), snapshot.params());
        SafetensorsWriter writer = ModelFile.writer(new Model(model.networks(), last, model.texts()))
                .metadata(RUN, Json.write(RecordCodec.PLAIN.write(progress())))
                .floats(OPTIMIZER, snapshot.optimizer(), snapshot.optimizer().length)
                .floats(CARRIED, snapshot.carried(), snapshot.carried().length);
        Snapshot.Average average = snapshot.average();
        if (average != null) {
            writer.floats(AVERAGE, average.mean(), average.mean().length);
        }
        if (standing.bestParams().length > 0) {
            ModelFile.add(writer, BEST, best().params());
        }
        for (int i = 0; i < finished.size(); i++) {
            ModelFile.add(writer, FINISHED + i + ".", finished.get(i));
        }
        return writer;
    }

    /** The text {@code progress}; what is not known yet is left out. */
    private record Progress(
            long step,
            long optimizerStep,
            String generator,
            long seed,
            int shards,
            @Nullable Double bestLoss,
            long bestStep,
            int withoutGain,
            @Nullable Double trainLoss,
            @Nullable Integer finished,
            @Nullable Mean average,
            @Nullable List<Double> recentLosses,
            @Nullable Long length,
            @Nullable String gemm) {
        Progress {
            if (!generator.equals(SplitMix64.NAME)) {
                throw new IllegalArgumentException("expected generator " + SplitMix64.NAME + ", found " + generator);
            }
            if (step < 0 || optimizerStep < 0 || shards < 1 || bestStep < 0 || withoutGain < 0) {
                throw new IllegalArgumentException("expected counts of 0 or more, found step " + step
                        + ", optimizer_step " + optimizerStep + ", shards " + shards + ", best_step " + bestStep
                        + ", without_gain " + withoutGain);
            }
        }
    }

    private record Mean(double decay, long count) {
        Mean {
            if (!(decay >= 0 && decay < 1) || count < 0) {
                throw new IllegalArgumentException(
                        "expected a decay in [0, 1) and a count of 0 or more for \"average\"," + " found " + decay
                                + " and " + count);
            }
        }
    }

    private Progress progress() {
        GemmChoice gemm = snapshot.gemm();
        Snapshot.Average average = snapshot.average();
        return new Progress(
                snapshot.step(),
                snapshot.optimizerStep(),
                SplitMix64.NAME,
                snapshot.seed(),
                snapshot.shards(),
                finite(standing.bestLoss()),
                standing.bestStep(),
                standing.withoutGain(),
                finite(standing.trainLoss()),
                finished.size(),
                average == null ? null : new Mean(average.decay(), average.count()),
                standing.recentLosses().isEmpty() ? null : standing.recentLosses(),
                standing.length() == 0 ? null : standing.length(),
                gemm == null ? null : gemm.toString());
    }

    private static @Nullable Double finite(double loss) {
        return Double.isFinite(loss) ? loss : null;
    }

    static Checkpoint read(Safetensors file) throws IOException {
        Model model = ModelFile.read(file);
        String where = file.file() + ": " + RUN;
        String text = model.texts().get(RUN);
        if (text == null) {
            throw new MalformedFileException(
                    file.file() + ": expected a checkpoint, found a model without a run's progress");
        }
        Progress run = progress(where, Json.readObject(where, text));
        Mean mean = run.average();
        Snapshot snapshot = new Snapshot(
                run.step(),
                model.params().values(),
                run.optimizerStep(),
                file.floats(file.tensor(OPTIMIZER)),
                file.floats(file.tensor(CARRIED)),
                run.seed(),
                run.shards(),
                mean == null
                        ? null
                        : new Snapshot.Average(mean.decay(), mean.count(), file.floats(file.tensor(AVERAGE))),
                products(where, run.gemm()));
        Standing standing = new Standing(
                run.bestLoss() == null ? Double.POSITIVE_INFINITY : run.bestLoss(),
                run.bestStep(),
                run.withoutGain(),
                best(file, model.params().layout()),
                run.trainLoss() == null ? Double.NaN : run.trainLoss(),
                run.recentLosses() == null ? List.of() : run.recentLosses(),
                run.length() == null ? 0 : run.length());
        Map<String, String> texts = new LinkedHashMap<>(model.texts());
        texts.remove(RUN);
        List<Params> finished = new ArrayList<>();
        int count = run.finished() == null ? 0 : run.finished();
        for (int i = 0; i < Math.min(count, MOST_FINISHED); i++) {
            finished.add(ModelFile.params(file, model.params().layout(), FINISHED + i + "."));
        }
        return new Checkpoint(new Model(model.networks(), model.params(), texts), snapshot, standing, finished);
    }

    private static Progress progress(String where, Map<String, @Nullable Object> map) throws MalformedFileException {
        try {
            return RecordCodec.PLAIN.read("progress", Progress.class, map);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(where + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable GemmChoice products(String where, @Nullable String spelled) throws MalformedFileException {
        try {
            return GemmChoice.wished(spelled);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(where + ": " + e.getMessage(), e);
        }
    }

    private static float[] best(Safetensors file, ParamLayout layout) throws IOException {
        if (file.tensors().keySet().stream().noneMatch(name -> name.startsWith(BEST))) {
            return new float[0];
        }
        return ModelFile.params(file, layout, BEST).values();
    }
}
