package dev.namaskar.spark.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that this executor worked on last, each with its data open and where it stands: Spark sends a replica where
 * it was, and a round then begins at once. Whatever is not here is opened anew, with the same result.
 */
final class KeptReplicas {
    private static final int MOST = 8;

    private static final Map<String, Replica> KEPT = new LinkedHashMap<>();

    private KeptReplicas() {}

    /** Takes a replica out, so that nobody else works with it; null where it is not kept. */
    static @Nullable Replica take(String key) {
        synchronized (KEPT) {
            return KEPT.remove(key);
        }
    }

    /** Keeps a replica in the place of the oldest. */
    static void keep(String key, Replica replica) {
        synchronized (KEPT) {
            close(KEPT.put(key, replica));
            Iterator<Replica> oldest = KEPT.values().iterator();
            while (KEPT.size() > MOST) {
                close(oldest.next());
                oldest.remove();
            }
        }
    }

    private static void close(@Nullable Replica replica) {
        try {
            if (replica != null) {
                replica.opened().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
