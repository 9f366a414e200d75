package dev.namaskar.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.FileKind;
import dev.namaskar.files.Json;
import dev.namaskar.train.Progress;
import dev.namaskar.train.Tally;
import dev.namaskar.train.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON for each step, {@code {"step","loss","lr","gradient_norm","ms"}} (and what
 * the objective counts, as CTC's {@code "blank_share"}), and for each validation,
 * {@code {"step","validation_loss","best"}}; where several networks are trained one after the other, each line begins
 * with {@code "network"}.
 *
 * <p>When a run is resumed the lines go behind those that are there. A run that was killed may have told of steps after
 * its last checkpoint, which are now done again, and may have left half a line: both are cut off, so that every step
 * stands in the log once.
 */
public final class TrainingLog implements TrainingListener, AutoCloseable {
    /** A log of a run, by its first line. */
    static final FileKind KIND =
            FileKind.beginning("a log of a run", "\\{(?:\"network\":\\d+,)?\"step\":\\d+,\"(?:validation_)?loss\":");

    /** How far back lines are looked at to be cut off: more than a hundred thousand steps. */
    private static final int MOST_CUT = 1 << 24;

    private final Path file;
    private final BufferedWriter out;
    private boolean mayOverlap;
    private int network;

    TrainingLog(Path file, boolean append) throws IOException {
        this.file = file;
        mayOverlap = append && Files.isRegularFile(file);
        out = new BufferedWriter(new OutputStreamWriter(AtomicFile.stream(file, append), UTF_8));
    }

    @Override
    public void onRun(int number, int of, String what) {
        network = of > 1 ? number : 0;
    }

    private Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        if (network > 0) {
            line.put("network", network);
        }
        return line;
    }

    @Override
    public void onStep(Progress progress) {
        Map<String, Object> line = line();
        line.put("step", progress.step());
        line.put("loss", progress.loss());
        line.put("lr", progress.learningRate());
        if (Double.isFinite(progress.gradientNorm())) {
            line.put("gradient_norm", progress.gradientNorm());
        }
        Tally tally = progress.tally();
        if (tally != null) {
            line.put(tally.name(), tally.share());
        }
        line.put("ms", progress.stepSeconds() * 1e3);
        write(progress.step(), line);
    }

    @Override
    public void onValidation(long step, double loss, boolean best) {
        Map<String, Object> line = line();
        line.put("step", step);
        line.put("validation_loss", loss);
        line.put("best", best);
        write(step, line);
    }

    private void write(long step, Map<String, Object> line) {
        try {
            if (mayOverlap) {
                mayOverlap = false;
                cutFrom(place(network, step));
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

    /** A step of one of several networks as a number that grows along the run. */
    private static long place(long network, long step) {
        return (network << 40) + step;
    }

    /** What a line tells of; half a line, which only the last can be, is always cut off. */
    private static long place(String line) throws IOException {
        if (!line.endsWith("\n")) {
            return Long.MAX_VALUE;
        }
        Map<String, @Nullable Object> told = Json.readObject("log", line);
        return told.get("step") instanceof Long step
                ? place(told.get("network") instanceof Long number ? number : 0, step)
                : Long.MIN_VALUE;
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
