package dev.namaskar.cli.spark;

import dev.namaskar.cli.command.TuneOptions;
import dev.namaskar.spark.evaluate.SparkSearch;
import dev.namaskar.spark.evaluate.SparkTrials;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The search that a command line asks for, as executors begin it: by the same command line over their copies of its files. */
record SearchOnSpark(CopiedCommand command) implements SparkSearch<Object> {
    /** Who carries out the trials of a command line. */
    static TuneOptions.Elsewhere of(List<String> words) {
        return files -> SparkTrials.of(SparkMain.session(), files, new SearchOnSpark(CopiedCommand.of(words, files)));
    }

    @Override
    public Tuning<Object> at(List<Path> copies) throws IOException {
        @SuppressWarnings("unchecked") // of whatever model: trials are told by their settings and scores
        Tuning<Object> tuning = (Tuning<Object>) command.parse(copies).search();
        return tuning;
    }
}
