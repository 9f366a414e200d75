package dev.namaskar.series.evaluate;

/**
 * The service by which a metric of one's own joins every report: a public class that implements this and is named in
 * {@code META-INF/services/dev.namaskar.series.evaluate.NamedMetric} on the class path.
 */
public interface NamedMetric {
    /** Its name in reports and JSON. */
    String name();

    /** The metric. */
    Metric metric();
}
