package dev.namaskar.files;

import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.Training.Standing;
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
 * {@code run.finished0.NAME}, and in the metadata the text {@code progress}: step, generator and seed, shards, and the
 * best validation loss. The place in the data and every random draw are functions of step and seed.
 *
 * @param model the network and its parameters after the last step, with the texts that were given
 * @param snapshot what a {@link dev.namaskar.train.Trainer} restores
 * @param standing what a {@link dev.namaskar.train.Training} resumes with
 * @param finished parameters of the networks before this one, in the network's layout
 */
public record Checkpoint(Model model, Snapshot snapshot, Standing standing, List<Params> finished) {
    /** What a file of this kind is called and known by. */
    public static final FileKind KIND = new FileKind("a checkpoint", file -> ModelFile.isOurs(file, true));

    static final String RUN = "progress";
    private static final String OPTIMIZER = ModelFile.RUN_PREFIX + "optimizer";
    private static final String CARRIED = ModelFile.RUN_PREFIX + "carried";
    private static final String BEST = ModelFile.RUN_PREFIX + "best.";
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

    /** The best model so far; the present one before the first validation. */
    public Model best() {
        float[] best = standing.bestParams();
        return best.length == 0
                ? model
                : new Model(model.network(), new Params(model.network().params(), best), model.texts());
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
        Params last = new Params(model.network().params(), snapshot.params());
        SafetensorsWriter writer = ModelFile.writer(new Model(model.network(), last, model.texts()))
                .metadata(RUN, Json.write(run()))
                .floats(OPTIMIZER, snapshot.optimizer(), snapshot.optimizer().length)
                .floats(CARRIED, snapshot.carried(), snapshot.carried().length);
        if (standing.bestParams().length > 0) {
            ModelFile.add(writer, BEST, best().params());
        }
        for (int i = 0; i < finished.size(); i++) {
            ModelFile.add(writer, FINISHED + i + ".", finished.get(i));
        }
        return writer;
    }

    private Map<String, Object> run() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("step", snapshot.step());
        run.put("optimizer_step", snapshot.optimizerStep());
        run.put("generator", SplitMix64.NAME);
        run.put("seed", snapshot.seed());
        run.put("shards", snapshot.shards());
        if (Double.isFinite(standing.bestLoss())) { // infinite before the first validation
            run.put("best_loss", standing.bestLoss());
        }
        run.put("best_step", standing.bestStep());
        run.put("without_gain", standing.withoutGain());
        if (Double.isFinite(standing.trainLoss())) { // not a number before the first step
            run.put("train_loss", standing.trainLoss());
        }
        run.put("finished", finished.size());
        return run;
    }

    static Checkpoint read(Safetensors file) throws IOException {
        Model model = ModelFile.read(file);
        String where = file.file() + ": " + RUN;
        String text = model.texts().get(RUN);
        if (text == null) {
            throw new MalformedFileException(
                    file.file() + ": expected a checkpoint, found a model without a run's progress");
        }
        Map<String, @Nullable Object> run = Json.readObject(where, text);
        if (!SplitMix64.NAME.equals(run.get("generator"))) {
            throw new MalformedFileException(
                    where + ": expected generator " + SplitMix64.NAME + ", found " + Json.kind(run.get("generator")));
        }
        Snapshot snapshot = new Snapshot(
                count(where, run, "step"),
                model.params().values(),
                count(where, run, "optimizer_step"),
                file.floats(file.tensor(OPTIMIZER)),
                file.floats(file.tensor(CARRIED)),
                number(where, run, "seed"),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, count(where, run, "shards"))));
        double bestLoss = run.get("best_loss") instanceof Number loss ? loss.doubleValue() : Double.POSITIVE_INFINITY;
        int withoutGain = Math.toIntExact(Math.min(Integer.MAX_VALUE, count(where, run, "without_gain")));
        Standing standing = new Standing(
                bestLoss,
                count(where, run, "best_step"),
                withoutGain,
                best(file, model.network()),
                run.get("train_loss") instanceof Number loss ? loss.doubleValue() : Double.NaN);
        Map<String, String> texts = new LinkedHashMap<>(model.texts());
        texts.remove(RUN);
        List<Params> finished = new ArrayList<>();
        long count = run.containsKey("finished") ? count(where, run, "finished") : 0;
        for (int i = 0; i < Math.min(count, MOST_FINISHED); i++) {
            finished.add(ModelFile.params(file, model.network(), FINISHED + i + "."));
        }
        return new Checkpoint(new Model(model.network(), model.params(), texts), snapshot, standing, finished);
    }

    private static float[] best(Safetensors file, Network network) throws IOException {
        if (file.tensors().keySet().stream().noneMatch(name -> name.startsWith(BEST))) {
            return new float[0];
        }
        return ModelFile.params(file, network, BEST).values();
    }

    private static long count(String where, Map<String, @Nullable Object> run, String name)
            throws MalformedFileException {
        long value = number(where, run, name);
        if (value < 0) {
            throw new MalformedFileException(where + ": expected 0 or more for \"" + name + "\", found " + value);
        }
        return value;
    }

    private static long number(String where, Map<String, @Nullable Object> run, String name)
            throws MalformedFileException {
        if (run.get(name) instanceof Long value) {
            return value;
        }
        throw new MalformedFileException(
                where + ": expected a whole number for \"" + name + "\", found " + Json.kind(run.get(name)));
    }
}
