package dev.namaskar.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where what is written to a path ends up.
 *
 * @param path a file without links on the way, there yet or not; of what is no file the path as it was given
 * @param stream whether it is a pipe or a device, which can be written to and not replaced
 */
record Place(Path path, boolean stream) {
    private static final int MOST_LINKS = 40;

    /**
     * Finds the place.
     *
     * @throws IOException if it is a folder, a disk, or in a folder that does not exist
     */
    static Place of(Path target) throws IOException {
        if (Files.isDirectory(target) || target.toAbsolutePath().getFileName() == null) {
            throw new IOException(target + ": expected a file to write, found a folder; name a file in it");
        }
        if (Files.isRegularFile(target)) {
            return new Place(target.toRealPath(), false);
        }
        // Before links are followed by hand: those under /dev/fd lead to what has no path.
        if (Files.exists(target)) {
            OutputPipe.requireNoDisk(target);
            return new Place(target, true);
        }
        Path at = target.toAbsolutePath();
        for (int link = 0; link < MOST_LINKS; link++) {
            Path folder = at.getParent();
            Path name = at.getFileName();
            if (folder == null || name == null || !Files.isDirectory(folder)) {
                throw new IOException(target + ": the folder " + folder + " does not exist; create it first");
            }
            at = folder.toRealPath().resolve(name);
            if (!Files.isSymbolicLink(at)) {
                return new Place(at, false);
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        throw new IOException(target + ": expected a file to write, found a symbolic link that leads to itself");
    }
}
