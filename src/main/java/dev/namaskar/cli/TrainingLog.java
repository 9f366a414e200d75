package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.io.Json;
import dev.namaskar.train.Progress;
import dev.namaskar.train.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of JSON for each step, {@code {"step","loss","lr","gradient_norm","ms"}}, and for each validation,
 * {@code {"step","validation_loss","best"}}; where several networks are trained one after the other, each line begins
 * with {@code "network"}. Appended to what the file has when a run is resumed.
 */
final class TrainingLog implements TrainingListener, AutoCloseable {
    private final BufferedWriter out;
    private int network;

    TrainingLog(Path file, boolean append) throws IOException {
        out = append
                ? Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : Files.newBufferedWriter(file, UTF_8);
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
        line.put("ms", progress.stepSeconds() * 1e3);
        write(line);
    }

    @Override
    public void onValidation(long step, double loss, boolean best) {
        Map<String, Object> line = line();
        line.put("step", step);
        line.put("validation_loss", loss);
        line.put("best", best);
        write(line);
    }

    private void write(Map<String, Object> line) {
        try {
            out.write(Json.write(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
