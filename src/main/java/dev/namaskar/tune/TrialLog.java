package dev.namaskar.tune;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.FileKind;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON for the search, {@code {"search","measure","space",...}}, and one for each trial that has ended,
 * {@code {"trial","rung","part","settings","seed","steps","score","seconds","elapsed"}}, which is on the disk before
 * anything goes by it. A search that was killed is taken up from it: what has ended is not done again, and half a line at
 * the end is cut off.
 */
public final class TrialLog implements Closeable {
    /** A log of a search, by its first line. */
    public static final FileKind KIND = FileKind.beginning("a log of trials", "\\{\"search\":");

    private final Path file;
    private final FileChannel out;
    private final Map<Trial, TrialResult> known = new LinkedHashMap<>();
    private double elapsed;

    /**
     * Opens a log.
     *
     * @param identity what must be the same for a search to go on
     * @param resume whether to go on behind what is there, else in its place
     * @throws IOException if it cannot be read or written, or is of another search
     */
    TrialLog(Path file, Map<String, @Nullable Object> identity, boolean resume) throws IOException {
        this.file = file;
        String first = Json.write(identity);
        byte[] there = resume && Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        int length = there.length;
        while (length > 0 && there[length - 1] != '\n') {
            length--;
        }
        List<String> lines = new String(there, 0, length, UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (i == 0) {
                requireSame(Json.readObject(file.toString(), first), lines.get(i));
            } else {
                read(lines.get(i), i + 1);
            }
        }
        AtomicFile.stream(file, true).close(); // says in words what is wrong where it cannot be written
        out = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            out.truncate(length).position(length);
            if (lines.isEmpty()) {
                write(first);
            }
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    private void requireSame(Map<String, @Nullable Object> identity, String line) throws IOException {
        Map<String, @Nullable Object> found = Json.readObject(file + ", line 1", line);
        for (Map.Entry<String, @Nullable Object> entry : identity.entrySet()) {
            Object there = found.get(entry.getKey());
            if (!String.valueOf(entry.getValue()).equals(String.valueOf(there))) {
                throw new IOException(file + ": expected a log of this search, found one with another "
                        + entry.getKey() + ": " + there + " there, " + entry.getValue()
                        + " here; name another log, or ask for what it has");
            }
        }
    }

    private void read(String line, int number) throws MalformedFileException {
        String what = file + ", line " + number;
        Map<String, @Nullable Object> told = Json.readObject(what, line);
        Map<String, Object> settings = new LinkedHashMap<>();
        Json.object(what + ", settings", told.get("settings"))
                .forEach((name, value) -> settings.put(name, setting(what, name, value)));
        Trial trial = new Trial(
                (int) number(what, told, "trial"),
                (int) number(what, told, "rung"),
                number(what, told, "part"),
                settings);
        Object error = told.get("error");
        known.put(
                trial,
                new TrialResult(
                        trial,
                        told.get("seed") instanceof Long seed ? seed : 0,
                        (long) number(what, told, "steps"),
                        error == null ? number(what, told, "score") : Double.POSITIVE_INFINITY,
                        error == null ? null : String.valueOf(error),
                        number(what, told, "seconds")));
        elapsed = Math.max(elapsed, number(what, told, "elapsed"));
    }

    private static double number(String what, Map<String, @Nullable Object> told, String name)
            throws MalformedFileException {
        if (told.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new MalformedFileException(what + ": expected a number for " + name + ", found " + told.get(name));
    }

    /** A setting as it was drawn. */
    private static Object setting(String what, String name, @Nullable Object value) {
        if (value instanceof Long whole) {
            return whole.intValue();
        }
        if (value instanceof Double || value instanceof String) {
            return value;
        }
        throw new IllegalArgumentException(what + ": expected a number or a word for " + name + ", found " + value);
    }

    /** What earlier processes found. */
    Map<Trial, TrialResult> known() {
        return known;
    }

    /** Seconds of search in earlier processes. */
    double elapsed() {
        return elapsed;
    }

    /** Adds what came of a trial. */
    void add(TrialResult result, double secondsOfSearch) throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>(result.figures());
        line.put("seconds", rounded(result.seconds()));
        line.put("elapsed", rounded(secondsOfSearch));
        write(Json.write(line));
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }

    private void write(String line) throws IOException {
        try {
            ByteBuffer bytes = UTF_8.encode(line + "\n");
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(false);
        } catch (IOException e) {
            throw new IOException(file + ": the log could not be written (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
