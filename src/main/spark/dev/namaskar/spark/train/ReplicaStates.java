package dev.namaskar.spark.train;

import dev.namaskar.train.Snapshot;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What replicas remember between rounds, as files that all executors reach: a folder a round, a file a replica. A file is
 * complete when it has its name, and whoever computes a round again writes the same bytes. With them a round depends on
 * nothing that an executor could take with it.
 */
final class ReplicaStates implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int MAGIC = 0x6e6d726f; // "nmro"
    private static final String LAST = "rounds-of-run";
    private static final String ROUND = "step-";

    private final String folder;
    private final String id;
    private final SerializableConfiguration hadoop;

    private ReplicaStates(String folder, String id, SerializableConfiguration hadoop) {
        this.folder = folder;
        this.id = id;
        this.hadoop = hadoop;
    }

    /** What an optimizer and its parameters were. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle for one file, never compared
    record Outer(String settings, int paramsHash, long steps, float[] values) {}

    /** A new run's; an earlier run's in the same folder are removed. */
    static ReplicaStates begin(String folder, SerializableConfiguration hadoop) throws IOException {
        FileSystem files = new Path(folder).getFileSystem(hadoop.value());
        Path last = new Path(folder, LAST);
        if (files.exists(last)) {
            files.delete(new Path(folder, ROUND + readId(files, last)), true);
        }
        String id = UUID.randomUUID().toString();
        files.mkdirs(new Path(folder, ROUND + id));
        try (var out = files.create(last, true)) {
            out.writeUTF(id);
        }
        return new ReplicaStates(folder, id, hadoop);
    }

    /**
     * Those of the run that the folder holds.
     *
     * @throws IOException if it holds none
     */
    static ReplicaStates last(String folder, SerializableConfiguration hadoop) throws IOException {
        FileSystem files = new Path(folder).getFileSystem(hadoop.value());
        Path last = new Path(folder, LAST);
        if (!files.exists(last)) {
            throw new IOException(
                    folder + ": expected the states of a run's replicas, found none; go on with the folder"
                            + " that the run began with, or without `resume`");
        }
        return new ReplicaStates(folder, readId(files, last), hadoop);
    }

    private static String readId(FileSystem files, Path last) throws IOException {
        try (var in = files.open(last)) {
            return in.readUTF();
        }
    }

    /** The run, by a name that no other has. */
    String id() {
        return id;
    }

    private Path round(long step) {
        return new Path(new Path(folder, ROUND + id), String.format(Locale.ROOT, "%012d", step));
    }

    private FileSystem files() throws IOException {
        return new Path(folder).getFileSystem(hadoop.value());
    }

    /** Stores where a replica stands, but for its parameters, which the next round gives it. */
    void write(int replica, Snapshot snapshot) throws IOException {
        write(new Path(round(snapshot.step()), "replica-" + replica), out -> {
            out.writeLong(snapshot.step());
            out.writeLong(snapshot.optimizerStep());
            write(out, snapshot.optimizer());
            write(out, snapshot.carried());
        });
    }

    /** Where a replica stood after so many steps, with these parameters. */
    Snapshot read(int replica, long step, float[] params, Snapshot like) throws IOException {
        Path file = new Path(round(step), "replica-" + replica);
        try (DataInputStream in = open(file)) {
            if (in.readLong() != step) {
                throw new IOException(file + ": expected the state after step " + step + "; something wrote over it");
            }
            long optimizerStep = in.readLong();
            return new Snapshot(
                    step, params, optimizerStep, floats(in), floats(in), like.seed(), like.shards(), null, like.gemm());
        }
    }

    /** Stores the outer optimizer's state, and of which parameters. */
    void write(long step, Outer outer) throws IOException {
        write(new Path(round(step), "outer"), out -> {
            out.writeUTF(outer.settings());
            out.writeInt(outer.paramsHash());
            out.writeLong(outer.steps());
            write(out, outer.values());
        });
    }

    /**
     * The outer optimizer's state after so many steps.
     *
     * @param settings it was made with
     * @param params of the run then
     * @throws IOException if the folder holds another run's states, or none of that step
     */
    Outer readOuter(long step, String settings, float[] params) throws IOException {
        Path file = new Path(round(step), "outer");
        if (!files().exists(file)) {
            throw new IOException(folder + ": expected the replicas' states after step " + step
                    + ", where the checkpoint stands, found none; they are of another run");
        }
        try (DataInputStream in = open(file)) {
            Outer found = new Outer(in.readUTF(), in.readInt(), in.readLong(), floats(in));
            if (!found.settings().equals(settings)) {
                throw new IOException(folder + ": the run began with " + found.settings() + ", found " + settings
                        + "; resume with the settings that it began with");
            }
            if (found.paramsHash() != Arrays.hashCode(params)) {
                throw new IOException(folder + ": the replicas' states after step " + step
                        + " are of another run than the checkpoint");
            }
            return found;
        }
    }

    /** Removes what rounds before this one left. */
    void removeBefore(long step) throws IOException {
        for (FileStatus round : files().listStatus(round(step).getParent())) {
            if (round.getPath().getName().compareTo(round(step).getName()) < 0) {
                files().delete(round.getPath(), true);
            }
        }
    }

    private interface Content {
        void to(DataOutputStream out) throws IOException;
    }

    /** Beside, and moved into place: two attempts may write the same at once. */
    private void write(Path target, Content content) throws IOException {
        FileSystem files = files();
        Path beside = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
        try (DataOutputStream out = files.create(beside, true)) {
            out.writeInt(MAGIC);
            content.to(out);
        }
        if (files.exists(target) || !files.rename(beside, target)) {
            files.delete(beside, false);
            if (!files.exists(target)) {
                throw new IOException(target + " could not be written");
            }
        }
    }

    private DataInputStream open(Path file) throws IOException {
        DataInputStream in = files().open(file);
        if (in.readInt() != MAGIC) {
            in.close();
            throw new IOException(file + ": expected a replica's state, found something else");
        }
        return in;
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    private static float[] floats(DataInputStream in) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(in.readInt(), Float.BYTES)];
        in.readFully(bytes);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
