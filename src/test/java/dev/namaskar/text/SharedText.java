package dev.namaskar.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real texts beside the project, read in place; a test that needs one is skipped where it is absent. */
public final class SharedText {
    public static final String SHAKESPEARE = "tinyshakespeare.txt";
    public static final String DEVANAGARI = "bhagavad-gita-sanskrit-devanagari.txt";
    public static final String CHINESE = "quan-tang-shi-8000-zh-Hant.txt";

    private SharedText() {}

    public static Path file(String name) {
        Path file = Path.of(System.getProperty("shared.dir", "../shared"), "data", "text", name);
        assumeTrue(Files.isReadable(file), () -> file + " is absent; set -Dshared.dir");
        return file;
    }
}
