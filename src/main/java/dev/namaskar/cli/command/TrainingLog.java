package dev.namaskar.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.FileKind;
import dev.namaskar.files.Json;
import dev.namaskar.train.run.RunLines;
import dev.namaskar.train.run.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file of the {@linkplain RunLines lines} that tell a run, each a JSON object.
 *
 * <p>When a run is resumed the lines go behind those that are there. A run that was killed may have told of steps after
 * its last checkpoint, which are now done again, and may have left half a line: both are cut off, so that every step
 * stands in the log once.
 */
public final class TrainingLog implements AutoCloseable {
    /** A log of a run, by its first line. */
    static final FileKind KIND =
            FileKind.beginning("a log of a run", "\\{(?:\"network\":\\d+,)?\"step\":\\d+,\"(?:validation_)?loss\":");

    /** How far back lines are looked at to be cut off: more than a hundred thousand steps. */
    private static final int MOST_CUT = 1 << 24;

    private final Path file;
    private final BufferedWriter out;
    private final TrainingListener lines = new RunLines(this::write);
    private boolean mayOverlap;

    TrainingLog(Path file, boolean append) throws IOException {
        this.file = file;
        mayOverlap = append && Files.isRegularFile(file);
        out = new BufferedWriter(new OutputStreamWriter(AtomicFile.stream(file, append), UTF_8));
    }

    /** What is told to the log; the listener to attach. */
    public TrainingListener listener() {
        return lines;
    }

    private void write(Map<String, Object> line) {
        try {
            if (mayOverlap) {
                mayOverlap = false;
                cutFrom(place(line));
            }
            out.write(Json.write(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(explained(e));
        }
    }

    /** Cuts off the last lines as far as they tell of this place in the run and later ones. */
    private void cutFrom(long place) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int length = (int) Math.min(MOST_CUT, channel.size());
            long begin = channel.size() - length;
            ByteBuffer tail = ByteBuffer.allocate(length);
            while (tail.hasRemaining() && channel.read(tail, begin + tail.position()) >= 0) {}
            byte[] bytes = tail.array();
            int end = length;
            for (int start = lineStart(bytes, end); end > 0; start = lineStart(bytes, end)) {
                if (place(new String(bytes, start, end - start, UTF_8)) < place) {
                    break;
                }
                end = start;
            }
            channel.truncate(begin + end);
        }
    }

    private static int lineStart(byte[] bytes, int end) {
        int start = Math.max(0, end - 1);
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    /** Where a line stands, as a number that grows along the run: a step of one of several networks; an end behind it. */
    private static long place(Map<String, ?> told) {
        long network = told.get("network") instanceof Number number ? number.longValue() : 0;
        long behind = told.containsKey("ended") ? 1 : 0;
        return told.get("step") instanceof Number step ? (network << 40) + step.longValue() + behind : Long.MIN_VALUE;
    }

    /** What a line tells of; half a line, which only the last can be, is always cut off. */
    private static long place(String line) throws IOException {
        if (!line.endsWith("\n")) {
            return Long.MAX_VALUE;
        }
        return place(Json.readObject("log", line));
    }

    private IOException explained(IOException e) {
        return new IOException(file + ": the log could not be written (" + e.getMessage() + ")", e);
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            throw explained(e);
        }
    }
}
