package dev.namaskar.cli;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that a command will write: looked at before the work begins, so that a slip of the hand costs neither a file
 * nor the work.
 */
final class Outputs {
    private Outputs() {}

    /**
     * Takes hold of a file to write, or returns null where none was asked for.
     *
     * @param flag the option that named it
     * @param inputs what the command reads, which it must not be
     */
    static @Nullable AtomicFile open(String flag, @Nullable Path file, List<Path> inputs) throws IOException {
        if (file == null) {
            return null;
        }
        refuse(flag, file, inputs);
        return AtomicFile.open(file);
    }

    /** Takes hold of a file for a model. A file that is no model is somebody's work and is left as it is. */
    static AtomicFile openModel(Path file, List<Path> inputs) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
            try {
                ModelFile.read(file);
            } catch (IOException notAModel) {
                throw new IllegalArgumentException(
                        file + " exists and is not a model; it was left as it is, name another file with --out",
                        notAModel);
            }
        }
        refuse("--out", file, inputs);
        return AtomicFile.open(file);
    }

    /** Refuses to write what is read. */
    static void refuse(String flag, Path file, List<Path> inputs) throws IOException {
        for (Path input : inputs) {
            if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
                throw new IllegalArgumentException(flag + " " + file + " is what the command reads; name another file");
            }
        }
    }
}
