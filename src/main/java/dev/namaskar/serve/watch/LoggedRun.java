package dev.namaskar.serve.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is known from its log, of a process that goes on, has ended or was killed. Half a line at the end is left
 * until its other half is there.
 */
public final class LoggedRun {
    private static final int CHUNK = 1 << 16;
    /** Longer than any line of a log: names and norms of thousands of slots. */
    private static final int LONGEST_LINE = 1 << 22;

    private final Path file;
    private final RunBoard board;
    private final Map<Long, RunHistory> networks = new HashMap<>();
    private final ByteArrayOutputStream half = new ByteArrayOutputStream();
    private long position;
    private long line;

    /**
     * Reads what the log has by now.
     *
     * @param board where the run is shown
     * @throws MalformedFileException if it is no log of a run
     */
    public LoggedRun(Path file, RunBoard board) throws IOException {
        this.file = file;
        this.board = board;
        readOn();
        if (networks.isEmpty() && (line > 0 || half.size() > 0)) {
            throw new MalformedFileException(file + ": expected a log of a run, as training writes with `log`, found no"
                    + " line that tells of a step");
        }
        if (networks.isEmpty()) {
            history(0);
        }
    }

    /**
     * Reads what has been written since.
     *
     * @throws MalformedFileException naming the line that is none of a log
     */
    public void readOn() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel.size() < position) {
                position = 0;
                line = 0;
                half.reset();
                networks.values().forEach(RunHistory::clear);
            }
            channel.position(position);
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            while (channel.read(chunk.clear()) > 0) {
                position += chunk.position();
                take(chunk.array(), chunk.position());
            }
        }
    }

    private void take(byte[] bytes, int count) throws MalformedFileException {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                half.write(bytes, from, i - from);
                tell(half.toString(UTF_8));
                half.reset();
                from = i + 1;
            }
        }
        half.write(bytes, from, count - from);
        if (half.size() > LONGEST_LINE) {
            throw new MalformedFileException(file + ", line " + (line + 1) + ": expected a line of a log, found one of"
                    + " more than " + LONGEST_LINE + " bytes");
        }
    }

    private void tell(String text) throws MalformedFileException {
        line++;
        Map<String, @Nullable Object> told = Json.readObject(file + ", line " + line, text);
        if (!(told.get("step") instanceof Long)) {
            throw new MalformedFileException(
                    file + ", line " + line + ": expected a line of a log of a run, with its \"step\", found none");
        }
        history(told.get("network") instanceof Long number ? number : 0).tell(told);
    }

    private RunHistory history(long network) {
        return networks.computeIfAbsent(network, number -> {
            String name = String.valueOf(file.getFileName());
            RunHistory fresh = new RunHistory(number == 0 ? name : name + " " + number, null);
            board.add(fresh);
            return fresh;
        });
    }
}
