package dev.namaskar.spark.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that this executor worked on last, each with its data open and where it stands: Spark sends a replica where
 * it was, and a round then begins at once. Whatever is not here is opened anew, with the same result.
 */
final class OpenReplicas {
    private static final int MOST = 8;

    private static final Map<Key, Replica> OPEN = new LinkedHashMap<>();

    private OpenReplicas() {}

    private record Key(String run, int number) {}

    /** Takes a replica out, so that nobody else works with it; null where it is not open. */
    static @Nullable Replica take(String run, int number) {
        synchronized (OPEN) {
            return OPEN.remove(new Key(run, number));
        }
    }

    /** Keeps a replica open, in the place of the oldest. */
    static void keep(String run, int number, Replica replica) {
        synchronized (OPEN) {
            close(OPEN.put(new Key(run, number), replica));
            while (OPEN.size() > MOST) {
                close(OPEN.remove(OPEN.keySet().iterator().next()));
            }
        }
    }

    /** Closes those of all other runs, which have ended. */
    static void closeAllBut(Collection<String> runs) {
        close(key -> !runs.contains(key.run()));
    }

    /** Closes those of a run; returns how many that were. */
    static int close(String run) {
        return close(key -> key.run().equals(run));
    }

    /** The runs whose replicas are open, one for each. */
    static List<String> runs() {
        synchronized (OPEN) {
            return OPEN.keySet().stream().map(Key::run).toList();
        }
    }

    private static int close(Predicate<Key> which) {
        synchronized (OPEN) {
            int closed = 0;
            for (Iterator<Map.Entry<Key, Replica>> all = OPEN.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Key, Replica> each = all.next();
                if (which.test(each.getKey())) {
                    all.remove();
                    close(each.getValue());
                    closed++;
                }
            }
            return closed;
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
