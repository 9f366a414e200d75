package dev.namaskar.files;

import java.io.IOException;

/** Asks before taking much memory, so that a file too large for this JVM ends in a sentence. */
public final class HeapRoom {
    // Below this the answer is always yes and not worth the question.
    private static final long SMALL = 1 << 20;

    private HeapRoom() {}

    /**
     * Checks that an array of this size fits into what the heap may still grow by.
     *
     * @throws MalformedFileException if it does not
     */
    public static void require(String what, long bytes) throws IOException {
        if (bytes <= SMALL) {
            return;
        }
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        // Garbage counts as used here, so be lenient: refuse only what cannot fit into an empty heap beside little
        // else.
        long room = Math.max(runtime.maxMemory() - used, runtime.maxMemory() / 2);
        if (bytes > room) {
            throw new MalformedFileException(what + ": " + (bytes >> 20) + " MB do not fit into the " + (room >> 20)
                    + " MB of memory that are left; if the file is right, give Java more with -Xmx");
        }
    }
}
