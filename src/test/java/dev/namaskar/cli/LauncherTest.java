package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Java that only tells how it was called: in which locale, and with which arguments. */
class LauncherTest {
    @TempDir
    Path dir;

    private Path launcher = Path.of("");

    @BeforeEach
    void install() throws IOException {
        Path source = Path.of("namaskar");
        assumeTrue(
                Files.isReadable(source) && Files.isExecutable(Path.of("/bin/sh")), "needs the launcher and a shell");
        launcher = program("namaskar", Files.readString(source));
        Files.createDirectories(dir.resolve("src/main"));
        Files.writeString(dir.resolve("pom.xml"), "<project/>");
        Path room = Files.createDirectories(dir.resolve("target/launcher"));
        for (String built : List.of("namaskar.jar", "classpath.txt", "classes-17.0.1.jsa", "stamp")) {
            Files.writeString(room.resolve(built), built.equals("classpath.txt") ? room + "/namaskar.jar\n" : "");
        }
        Files.writeString(dir.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        program("bin/javac", "#!/bin/sh\n");
        program(
                "bin/java",
                "#!/bin/sh\nprintf '%s\\n' \"$LC_ALL\"; locale charmap 2>/dev/null\nprintf '[%s]' \"$@\"\n");
    }

    private Path program(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(Map<String, String> locale, String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", launcher.toString());
        builder.command().addAll(List.of(args));
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(locale);
        builder.environment().put("JAVA_HOME", dir.toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void whateverLocaleIsNamedArgumentsAreUnicode() throws Exception {
        for (Map<String, String> locale : List.of(
                Map.<String, String>of(),
                Map.of("LC_ALL", "en_US.UTF-8"),
                Map.of("LC_ALL", "xx_YY.UTF-8"),
                Map.of("LC_ALL", "de_DE"),
                Map.of("LANG", "pt_BR.UTF-8"),
                Map.of("LC_CTYPE", "UTF-8"),
                Map.of("LC_ALL", "", "LC_CTYPE", "ja_JP.utf8", "LANG", "C"),
                Map.of("LC_ALL", "C"),
                Map.of("LANG", "POSIX"),
                Map.of("LC_ALL", "C.UTF-8"))) {
            String said = run(locale, "next", "नमस्");
            assertThat(said).as("%s", locale).contains("[next][नमस्]");
            assertThat(said.lines().limit(2)).as("%s", locale).anyMatch(line -> line.matches("(?i).*utf-?8"));
        }
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        String said =
                run(Map.of("LC_ALL", "C.UTF-8"), "generate", "--prime", "@a  b", "--", "$x 'q' \"d\" \\", "*", "");
        assertThat(said).contains("[generate][--prime][@a  b][--][$x 'q' \"d\" \\][*][]");
    }
}
