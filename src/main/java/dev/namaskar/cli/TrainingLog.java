package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.io.Json;
import dev.namaskar.train.Progress;
import dev.namaskar.train.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of JSON for each step, {@code {"step","loss","lr","gradient_norm","ms"}}, and for each validation,
 * {@code {"step","validation_loss","best"}}.
 *
 * <p>When a run is resumed the lines go behind those that are there. A run that was killed may have told of steps after
 * its last checkpoint, which are now done again, and may have left half a line: both are cut off, so that every step
 * stands in the log once.
 */
final class TrainingLog implements TrainingListener, AutoCloseable {
    /** How far back lines are looked at to be cut off: more than a hundred thousand steps. */
    private static final int MOST_CUT = 1 << 24;

    private final Path file;
    private final BufferedWriter out;
    private boolean mayOverlap;

    TrainingLog(Path file, boolean append) throws IOException {
        this.file = file;
        mayOverlap = append;
        out = append
                ? Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : Files.newBufferedWriter(file, UTF_8);
    }

    @Override
    public void onStep(Progress progress) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", progress.step());
        line.put("loss", progress.loss());
        line.put("lr", progress.learningRate());
        if (Double.isFinite(progress.gradientNorm())) {
            line.put("gradient_norm", progress.gradientNorm());
        }
        line.put("ms", progress.stepSeconds() * 1e3);
        write(progress.step(), line);
    }

    @Override
    public void onValidation(long step, double loss, boolean best) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("validation_loss", loss);
        line.put("best", best);
        write(step, line);
    }

    private void write(long step, Map<String, Object> line) {
        try {
            if (mayOverlap) {
                mayOverlap = false;
                cutFrom(step);
            }
            out.write(Json.write(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(explained(e));
        }
    }

    /** Cuts off the last lines as far as they tell of this step and later ones of the same run. */
    private void cutFrom(long step) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int length = (int) Math.min(MOST_CUT, channel.size());
            long begin = channel.size() - length;
            ByteBuffer tail = ByteBuffer.allocate(length);
            while (tail.hasRemaining() && channel.read(tail, begin + tail.position()) >= 0) {}
            byte[] bytes = tail.array();
            int end = length;
            long after = Long.MAX_VALUE;
            while (end > 0) {
                int start = lineStart(bytes, end);
                long told = step(new String(bytes, start, end - start, UTF_8));
                // Where steps begin anew, going backwards, another run ends.
                if (told < step || told > after) {
                    break;
                }
                after = told;
                end = start;
            }
            channel.truncate(begin + end);
        }
    }

    private static int lineStart(byte[] bytes, int end) {
        int start = end - 1;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    /** The step that a line tells of; of half a line, which only the last can be, a step that is always cut off. */
    private static long step(String line) throws IOException {
        if (!line.endsWith("\n")) {
            return Long.MAX_VALUE;
        }
        return Json.readObject("log", line).get("step") instanceof Long step ? step : Long.MIN_VALUE;
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
