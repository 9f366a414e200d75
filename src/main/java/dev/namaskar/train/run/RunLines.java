package dev.namaskar.train.run;

import dev.namaskar.train.SlotNorms;
import dev.namaskar.train.Tally;
import dev.namaskar.train.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run told in lines, as a log keeps them and a page shows them. Each is a map with {@code step} and one of
 *
 * <ul>
 *   <li>{@code loss, lr, gradient_norm, ms} after every step, and what the objective counts, as CTC's {@code blank_share};
 *   <li>{@code validation_loss, best} after every validation;
 *   <li>{@code slots} now and then: for each the norms of {@code gradient}, {@code weight} and {@code update};
 *   <li>{@code sample} now and then and at the end: what the model says by now, as {@link Sample} has it;
 *   <li>{@code ended}: why the run has, if there was a step.
 * </ul>
 *
 * Where several networks are trained one after the other, each line begins with {@code network}.
 */
public final class RunLines implements TrainingListener {
    /** Norms are measured at most this often, and writing samples takes at most this part of the time. */
    private static final double SECONDS_BETWEEN_NORMS = 0.5;

    private static final double SECONDS_BETWEEN_SAMPLES = 4;
    /** Of a run of hours the later part needs fewer: the time to the next grows with the time that is over. */
    private static final double GROWTH = 0.02;

    private static final double SHARE_OF_TIME = 0.01;

    private final Consumer<Map<String, Object>> to;
    private @Nullable Trainer trainer;
    private List<String> slots = List.of();
    private @Nullable Function<float[], Sample> sampler;
    private int network;
    private boolean begun;
    private double nextNorms;
    private double nextSample;
    private long sampled;

    /** Tells a run to this. */
    public RunLines(Consumer<Map<String, Object>> to) {
        this.to = to;
    }

    @Override
    public void onRun(int number, int of, String what) {
        network = of > 1 ? number : 0;
    }

    @Override
    public void onSampler(Function<float[], Sample> samples) {
        sampler = samples;
    }

    @Override
    public void onBegin(Trainer ofRun) {
        trainer = ofRun;
        slots = ofRun.params().layout().slots().stream()
                .map(slot -> slot.name())
                .toList();
        ofRun.measureNext();
        nextNorms = 0;
        nextSample = SECONDS_BETWEEN_SAMPLES / 2;
        sampled = -1;
    }

    @Override
    public void onStep(Progress progress) {
        begun = true;
        Map<String, Object> line = line(progress.step());
        line.put("loss", progress.loss());
        line.put("lr", progress.learningRate());
        if (Double.isFinite(progress.gradientNorm())) {
            line.put("gradient_norm", progress.gradientNorm());
        }
        Tally tally = progress.tally();
        if (tally != null) {
            line.put(tally.name(), tally.share());
        }
        line.put("ms", progress.stepSeconds() * 1e3);
        to.accept(line);
        if (trainer != null) {
            tellNorms(trainer, progress);
            if (progress.seconds() >= nextSample) {
                double took = tellSample(trainer, progress.step());
                nextSample = progress.seconds()
                        + took
                        + Math.max(
                                SECONDS_BETWEEN_SAMPLES, Math.max(GROWTH * progress.seconds(), took / SHARE_OF_TIME));
            }
        }
    }

    private void tellNorms(Trainer of, Progress progress) {
        SlotNorms norms = of.norms();
        if (norms != null && norms.step() == progress.step()) {
            Map<String, Object> all = new LinkedHashMap<>();
            for (int i = 0; i < slots.size(); i++) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("gradient", norms.gradient()[i]);
                one.put("weight", norms.parameters()[i]);
                one.put("update", norms.update()[i]);
                all.put(slots.get(i), one);
            }
            Map<String, Object> line = line(progress.step());
            line.put("slots", all);
            to.accept(line);
            nextNorms = progress.seconds() + Math.max(SECONDS_BETWEEN_NORMS, GROWTH * progress.seconds());
        }
        if (progress.seconds() >= nextNorms) {
            of.measureNext();
        }
    }

    /** Returns how many seconds it took. */
    private double tellSample(Trainer of, long step) {
        if (sampler == null) {
            return 0;
        }
        long from = System.nanoTime();
        Map<String, Object> line = line(step);
        line.put("sample", sampler.apply(of.averaged()).toJson());
        to.accept(line);
        sampled = step;
        return (System.nanoTime() - from) * 1e-9;
    }

    @Override
    public void onValidation(long step, double loss, boolean best) {
        Map<String, Object> line = line(step);
        line.put("validation_loss", loss);
        line.put("best", best);
        to.accept(line);
    }

    @Override
    public void onEnd(Training.Result result, Standing standing) {
        if (begun) {
            if (trainer != null && sampled < result.steps()) {
                tellSample(trainer, result.steps());
            }
            Map<String, Object> line = line(result.steps());
            line.put("ended", result.reason());
            to.accept(line);
        }
    }

    private Map<String, Object> line(long step) {
        Map<String, Object> line = new LinkedHashMap<>();
        if (network > 0) {
            line.put("network", network);
        }
        line.put("step", step);
        return line;
    }
}
