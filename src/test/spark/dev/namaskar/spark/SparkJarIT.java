package dev.namaskar.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar for clusters holds what executors need, and nothing that they bring. */
class SparkJarIT {
    @Test
    void holdsTheLibraryAndNotSpark() throws Exception {
        String runtime = System.getProperty("runtime.jar", "");
        assumeTrue(!runtime.isEmpty(), "runs after Maven has made the jars, in mvn verify");
        Path jar = Path.of(runtime.replace("-runtime.jar", "-spark.jar"));
        List<String> names;
        try (JarFile file = new JarFile(jar.toFile())) {
            names = file.stream().map(ZipEntry::getName).toList();
        }

        assertThat(names)
                .contains(
                        "dev/namaskar/spark/train/ReplicaRounds.class",
                        "dev/namaskar/cli/spark/SparkMain.class",
                        "dev/namaskar/series/SeriesModel.class",
                        "picocli/CommandLine.class",
                        "dev/namaskar/shaded/gson/stream/JsonReader.class")
                .noneMatch(name ->
                        name.matches("(org/apache/(spark|hadoop|logging)|scala|com/fasterxml|org/slf4j|com/google)/.*"))
                .noneMatch(name -> name.matches("org/(nd4j|knowm)/.*"));
        assertThat(jar.toFile().length()).isLessThan(60_000_000);
    }

    @Test
    void theRuntimeJarKnowsNothingOfIt() throws Exception {
        String runtime = System.getProperty("runtime.jar", "");
        assumeTrue(!runtime.isEmpty(), "runs after Maven has made the jars, in mvn verify");
        try (JarFile file = new JarFile(runtime)) {
            assertThat(file.stream().map(ZipEntry::getName)).noneMatch(name -> name.contains("spark"));
        }
    }
}
