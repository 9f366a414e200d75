package dev.namaskar.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code namaskar serve} in a process of its own, on a port that was free. */
public final class ServedProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path errors;
    private final URI address;

    /** Starts it, and returns when it answers. */
    public ServedProcess(Path folder, Object... arguments) throws IOException {
        errors = Files.createTempFile(folder, "serve", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--port",
                "0"));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = process.inputReader();
        String line = out.readLine();
        assertThat(line).as(log()).startsWith("http://");
        address = URI.create(line);
    }

    /** Where it answers. */
    public URI address() {
        return address;
    }

    /** What it has logged. */
    public String log() throws IOException {
        return Files.readString(errors);
    }

    /** Asks it to end, as a service is asked. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    public int exit() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
