package dev.namaskar.exchange.keras;

import dev.namaskar.files.MalformedFileException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HDF5 file in memory, read without trust: links that lead elsewhere are not followed, sizes are checked before
 * numbers are read, and whatever goes wrong inside the library is one named error.
 */
public final class Hdf5 implements Closeable {
    private final String file;
    private final long bytes;
    private final HdfFile root;

    private Hdf5(String file, long bytes, HdfFile root) {
        this.file = file;
        this.bytes = bytes;
        this.root = root;
    }

    /** A file that is in memory; {@code file} is what messages call it. */
    public static Hdf5 of(String file, byte[] content) throws MalformedFileException {
        return new Hdf5(file, content.length, guarded(file, () -> HdfFile.fromBytes(content)));
    }

    /** Biases that Keras has not are at most as many as the weights beside them, so a file pays for a third at least. */
    void requireRoomFor(long parameters) throws MalformedFileException {
        if (parameters * Float.BYTES / 3 > bytes) {
            throw new MalformedFileException(
                    file + ": expected weights of " + parameters + " parameters, found a file of " + bytes + " bytes");
        }
    }

    /** The text attribute of the file's root, or null. */
    @Nullable
    String text(String attribute) throws MalformedFileException {
        return guarded(file, () -> {
            Attribute found = root.getAttributes().get(attribute);
            return found != null && found.getData() instanceof String text ? text : null;
        });
    }

    /** Whether the root has an attribute of this name. */
    boolean has(String attribute) throws MalformedFileException {
        return guarded(file, () -> root.getAttributes().containsKey(attribute));
    }

    /** The texts of a group's attribute; the root is the group without a name. */
    List<String> texts(String group, String attribute) throws MalformedFileException {
        return guarded(file, () -> {
            Attribute found =
                    (group.isEmpty() ? root : node(group)).getAttributes().get(attribute);
            List<String> texts = new ArrayList<>();
            if (found != null && found.getData() instanceof Object[] values) {
                Arrays.stream(values).forEach(value -> texts.add(String.valueOf(value)));
            }
            return texts;
        });
    }

    /** Whether there is something at this path. */
    boolean contains(String path) throws MalformedFileException {
        return guarded(file, () -> find(path) != null);
    }

    /** The dataset at this path as floats, row-major, if it has this shape. */
    float[] floats(String path, int... shape) throws MalformedFileException {
        return guarded(file, () -> {
            if (!(node(path) instanceof Dataset data)) {
                throw new IllegalArgumentException("expected a dataset at " + path + ", found a group");
            }
            if (!Arrays.equals(data.getDimensions(), shape)) {
                throw new IllegalArgumentException("expected " + Arrays.toString(shape) + ", got "
                        + Arrays.toString(data.getDimensions()) + " for " + path);
            }
            if (!data.getFilters().isEmpty() || data.getStorageInBytes() > bytes || data.getSizeInBytes() > bytes) {
                throw new IllegalArgumentException("expected plain numbers of at most " + bytes + " bytes for " + path
                        + ", found " + data.getSizeInBytes() + " bytes or a compressed dataset");
            }
            return finite(path, data.getDataFlat());
        });
    }

    private static float[] finite(String path, Object numbers) {
        float[] values;
        if (numbers instanceof float[] floats) {
            values = floats;
        } else if (numbers instanceof double[] doubles) {
            values = new float[doubles.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) doubles[i];
            }
        } else {
            throw new IllegalArgumentException("expected floats or doubles for " + path + ", found "
                    + numbers.getClass().getSimpleName());
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "expected finite numbers, found " + values[i] + " at index " + i + " of " + path);
            }
        }
        return values;
    }

    private Node node(String path) {
        Node node = find(path);
        if (node == null) {
            throw new IllegalArgumentException("expected something at " + path + ", found nothing");
        }
        return node;
    }

    private @Nullable Node find(String path) {
        Node node = root;
        for (String name : path.split("/", -1)) {
            Node child = node instanceof Group group ? group.getChildren().get(name) : null;
            if (child == null) {
                return null;
            }
            if (child.isLink()) {
                throw new IllegalArgumentException("links such as " + path + " are not followed");
            }
            node = child;
        }
        return node;
    }

    /** The library was written for files that mean well: it answers others with any exception, or recursion without end. */
    @SuppressWarnings("CatchingUnchecked")
    private static <T extends @Nullable Object> T guarded(String file, Supplier<T> read) throws MalformedFileException {
        try {
            return read.get();
        } catch (RuntimeException e) {
            String message = e.getMessage() == null
                    ? "expected an HDF5 file, found something else or one that is damaged"
                    : e.getMessage();
            int end = message.indexOf('\n');
            throw new MalformedFileException(file + ": " + (end < 0 ? message : message.substring(0, end)), e);
        } catch (StackOverflowError e) {
            throw new MalformedFileException(file + ": expected an HDF5 file, found one that refers to itself", e);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
