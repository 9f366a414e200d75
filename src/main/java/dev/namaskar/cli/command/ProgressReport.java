package dev.namaskar.cli.command;

import dev.namaskar.cli.options.TrainingOptions;
import dev.namaskar.train.Tally;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How a run goes, on standard error: a bar with loss, speed and time left on a terminal, plain lines elsewhere. */
public final class ProgressReport implements TrainingListener, AutoCloseable {
    private static final double SECONDS_BETWEEN_LINES = 5;
    /** The shown loss is a moving average over about so many steps. */
    private static final double SMOOTHING = 20;

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean verbose;
    private @Nullable ProgressBar bar;
    private double loss = Double.NaN;
    private double secondsPerStep = Double.NaN;
    private double told;

    /**
     * Reports to a terminal if the launcher saw one: Java cannot tell whether standard error is one.
     *
     * @param training whether to say first what the run works with
     */
    public ProgressReport(PrintWriter err, TrainingOptions training) {
        this.err = err;
        verbose = training.verbose();
        terminal = Boolean.getBoolean("namaskar.terminal");
    }

    @Override
    public void onBegin(Trainer trainer) {
        if (verbose) {
            err.println(trainer.describe());
        }
    }

    @Override
    public void onRun(int number, int of, String what) {
        loss = Double.NaN;
        secondsPerStep = Double.NaN;
        told = 0;
        if (bar != null) {
            bar.close();
            bar = null;
        }
        if (of > 1) {
            err.println("network " + number + " of " + of + ", " + what);
        }
    }

    @Override
    public void onStep(Progress progress) {
        double weight = Math.max(1 / SMOOTHING, 1.0 / progress.step());
        loss = Double.isNaN(loss) ? progress.loss() : loss + weight * (progress.loss() - loss);
        secondsPerStep = Double.isNaN(secondsPerStep)
                ? progress.stepSeconds()
                : secondsPerStep + weight * (progress.stepSeconds() - secondsPerStep);
        boolean last = progress.step() == progress.totalSteps();
        if (terminal) {
            show(progress);
        } else if (last || progress.seconds() - told >= SECONDS_BETWEEN_LINES) {
            told = progress.seconds();
            err.println(line(progress));
        }
    }

    private void show(Progress progress) {
        ProgressBar shown = bar;
        if (shown == null) {
            shown = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
            bar = shown;
        }
        if (progress.totalSteps() != Long.MAX_VALUE) {
            shown.maxHint(progress.totalSteps());
        }
        shown.stepTo(progress.step());
        shown.setExtraMessage(
                String.format(Locale.ROOT, "loss %.4f%s, %.1f ms/step", loss, counted(progress), secondsPerStep * 1e3));
    }

    private String line(Progress progress) {
        boolean open = progress.totalSteps() == Long.MAX_VALUE;
        return String.format(
                Locale.ROOT,
                "step %d%s  loss %.4f%s  %.1f ms/step%s",
                progress.step(),
                open ? "" : "/" + progress.totalSteps(),
                loss,
                counted(progress),
                secondsPerStep * 1e3,
                open
                        ? ""
                        : "  " + left(Math.max(0, progress.totalSteps() - progress.step()) * secondsPerStep) + " left");
    }

    private static String counted(Progress progress) {
        Tally tally = progress.tally();
        return tally == null
                ? ""
                : String.format(Locale.ROOT, "  %s %.2f", tally.name().replace('_', ' '), tally.share());
    }

    private static String left(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60
                ? whole + " s"
                : whole < 3600
                        ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                        : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
    }

    @Override
    public void onValidation(long step, double validationLoss, boolean best) {
        if (!terminal) {
            err.println(String.format(
                    Locale.ROOT, "step %d  validation %.4f%s", step, validationLoss, best ? "  (best so far)" : ""));
        }
    }

    @Override
    public void onAveraging(long step) {
        if (!terminal && step > 1) {
            err.println("step " + step + "  averaging begins");
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
        err.flush();
    }
}
