package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million rows of ten thousand series in processes with a small heap of their own. */
class LargeTableTest {
    private static final int SERIES = 10_000;
    private static final int DAYS = 100;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void aMillionRowsNeedNoMoreThan128Megabytes() throws Exception {
        Path table = table("sales.csv", 0);
        String model = folder.resolve("m").toString();
        List<String> said = run(
                0,
                "train",
                "series",
                table.toString(),
                "--group",
                "shop",
                "--season",
                "7",
                "--horizon",
                "7",
                "--hidden",
                "8",
                "--steps",
                "40",
                "--calibration",
                "1",
                "--threads",
                "1",
                "--out",
                model);
        assertThat(said).anyMatch(line -> line.startsWith("10000 series, times from column \"day\""));
        assertThat(said).anyMatch(line -> line.startsWith("intervals: measured on 10000 windows"));

        Path forecasts = folder.resolve("f.csv");
        run(0, "forecast", table.toString(), "--model", model, "--out", forecasts.toString());
        assertThat(Files.readAllLines(forecasts)).hasSize(1 + 7 * SERIES);
    }

    @Test
    @Timeout(300)
    void badCellsByTheThousandAreCounted() throws Exception {
        Path table = table("broken.csv", 9);
        List<String> said = run(
                1,
                "train",
                "series",
                table.toString(),
                "--group",
                "shop",
                "--horizon",
                "7",
                "--out",
                folder.resolve("m").toString());
        assertThat(said)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .startsWith("error: broken.csv: 111,112 cells are not numbers: line 2, column 3 \"sales\":"
                                + " 'broken'")
                        .contains("and 111,107 more")
                        .hasSizeLessThan(400));
        assertThat(folder.resolve("m")).doesNotExist();
    }

    /** Every so many-th value is a word; 0 for none. */
    private Path table(String name, int brokenEvery) throws IOException {
        Path file = folder.resolve(name);
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("day,shop,sales");
            for (int row = 0; row < SERIES * DAYS; row++) {
                int day = row % DAYS;
                boolean broken = brokenEvery > 0 && row % brokenEvery == 0;
                String value = broken ? "broken" : Long.toString(50 + day % 7 * 10 + random.nextInt(5));
                out.write("\n" + day + "," + row / DAYS + "," + value);
            }
        }
        return file;
    }

    private List<String> run(int exit, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xshare:auto",
                "-Dnamaskar.gemm=java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(exit);
        return said.lines().toList();
    }
}
