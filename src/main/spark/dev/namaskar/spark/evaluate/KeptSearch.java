package dev.namaskar.spark.evaluate;

import dev.namaskar.tune.Tunable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The search that this executor carries trials out of, with its data written down and read once. */
final class KeptSearch {
    /** How the folders of copies begin. */
    static final String FOLDER = "namaskar-trials-";

    private record Kept(long id, Tunable<?> tunable) {}

    private static @Nullable Kept kept;

    private KeptSearch() {}

    /**
     * What is tuned.
     *
     * @param id of the data
     */
    static synchronized Tunable<?> open(long id, List<SparkTrials.Content> contents, SparkSearch<?> search)
            throws IOException {
        Kept before = kept;
        if (before != null && before.id() == id) {
            return before.tunable();
        }
        Path folder = Files.createTempDirectory(FOLDER);
        folder.toFile().deleteOnExit();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            // Two files may have the same name, and what a model remembers of a file is its name.
            Path own = Files.createDirectory(folder.resolve(String.valueOf(i)));
            own.toFile().deleteOnExit();
            Path file = Files.write(
                    own.resolve(contents.get(i).name()), contents.get(i).bytes());
            file.toFile().deleteOnExit();
            files.add(file);
        }
        Tunable<?> tunable = search.at(files).tunable();
        kept = new Kept(id, tunable);
        return tunable;
    }
}
