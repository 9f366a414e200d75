package dev.namaskar.cli.options;

import dev.namaskar.series.Backtest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The origins of a back-test. */
@Heading(Heading.DATA)
public final class FoldOptions {
    @Option(names = "--folds", paramLabel = "N", description = "Number of origins (${DEFAULT-VALUE}).")
    private int folds;

    @Option(
            names = "--stride",
            paramLabel = "N",
            description = "Steps between origins (the horizon, or less to leave half of the series before the first).")
    private @Nullable Integer stride;

    @Option(names = "--refit", description = "Train anew at every origin, not only at the first.")
    private boolean refit;

    /** With so many origins where none are asked for. */
    public FoldOptions(int usual) {
        folds = usual;
    }

    /** Refuses what no back-test can have. */
    public void check(Range range) {
        range.atLeast("--folds", 1, folds);
        range.atLeast("--stride", 1, stride);
    }

    /** How many there are. */
    public int count() {
        return folds;
    }

    /** A back-test of these origins. */
    public Backtest of(Backtest all) {
        Backtest some = all.folds(folds).refit(refit);
        return stride == null ? some : some.stride(stride);
    }
}
