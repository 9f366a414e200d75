package dev.namaskar.spark.stages;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model as the bytes of its file, which is how it travels and is stored; broadcast, it is read once by each executor.
 *
 * @param <M> the model
 */
final class CarriedModel<M> implements Serializable {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;
    private final Reader<M> reader;
    private transient @Nullable M model;

    /** Reads a model from its file. */
    interface Reader<M> extends Serializable {
        M read(Path file) throws IOException;
    }

    /** Writes a model to a file. */
    interface Writer {
        void write(Path file) throws IOException;
    }

    CarriedModel(byte[] bytes, Reader<M> reader) {
        this.bytes = bytes;
        this.reader = reader;
    }

    /** A model that is at hand. */
    static <M> CarriedModel<M> of(Writer writer, Reader<M> reader) throws IOException {
        Path file = Files.createTempFile("namaskar-model-", ".safetensors");
        try {
            writer.write(file);
            return new CarriedModel<>(Files.readAllBytes(file), reader);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * The model.
     *
     * @throws UncheckedIOException if the bytes are those of another kind of model
     */
    synchronized M model() {
        M read = model;
        if (read == null) {
            read = through(file -> {
                try {
                    Files.write(file, bytes);
                    return reader.read(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            });
            model = read;
        }
        return read;
    }

    private static <T> T through(Function<Path, T> use) {
        try {
            Path file = Files.createTempFile("namaskar-model-", ".safetensors");
            try {
                return use.apply(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
