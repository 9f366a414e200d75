package dev.namaskar.spark.evaluate;

import dev.namaskar.spark.FileCopies;
import dev.namaskar.tune.Tunable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The search that this executor carries trials out of, with its data written down and read once. */
final class KeptSearch {
    private record Kept(long id, Tunable<?> tunable) {}

    private static @Nullable Kept kept;

    private KeptSearch() {}

    /**
     * What is tuned.
     *
     * @param id of the data
     */
    static synchronized Tunable<?> open(long id, FileCopies copies, SparkSearch<?> search) throws IOException {
        Kept before = kept;
        if (before != null && before.id() == id) {
            return before.tunable();
        }
        Tunable<?> tunable = search.at(copies.write()).tunable();
        kept = new Kept(id, tunable);
        return tunable;
    }
}
