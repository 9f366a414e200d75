package dev.namaskar.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Spark is there for this package and its tests, in processes of its own, and nowhere else. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class SparkBuildTest {
    private static final String SPARK_PROFILE = "/project/profiles/profile[id='spark']";

    private static NodeList pom(String path) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        XPath xpath = XPathFactory.newInstance().newXPath();
        return (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    }

    @Test
    void sparkIsProvidedAndOnlyInAProfileThatTheLauncherLeavesOut() throws Exception {
        String spark = "//dependency[groupId='org.apache.spark']";

        assertThat(pom(spark).getLength()).isEqualTo(2);
        assertThat(pom(SPARK_PROFILE + spark + "[scope='provided']").getLength())
                .isEqualTo(2);
        assertThat(pom(SPARK_PROFILE + "/activation/property/name").item(0).getTextContent())
                .isEqualTo("!without.spark");
        assertThat(Files.readString(Path.of("namaskar"))).contains(" -Dwithout.spark package");
    }

    @Test
    void nothingThatTheLauncherCompilesKnowsSpark() throws Exception {
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(source, UTF_8))
                        .as(source.toString())
                        .doesNotContain("org.apache.spark", "dev.namaskar.spark");
            }
        }
    }

    @Test
    void executorsAreProcessesOfTheirOwn() {
        JavaSparkContext context = new JavaSparkContext(SparkCluster.session().sparkContext());
        Set<String> processes = new HashSet<>(context.parallelize(List.of(1, 2, 3, 4), 4)
                .map(number -> ManagementFactory.getRuntimeMXBean().getName())
                .collect());

        assertThat(processes)
                .isNotEmpty()
                .doesNotContain(ManagementFactory.getRuntimeMXBean().getName());
    }
}
