package dev.namaskar.serve.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * What the server counts, in the text form that Prometheus reads (version 0.0.4): requests by route, method and status, how
 * long they took, and whatever else is added.
 */
public final class Metrics {
    private static final double[] SECONDS = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};

    private final Map<String, Long> requests = new TreeMap<>();
    private final Map<String, long[]> buckets = new TreeMap<>();
    private final Map<String, Double> sums = new TreeMap<>();
    private final List<Gauge> gauges = new ArrayList<>();
    private final Map<String, Long> characters = new TreeMap<>();

    private record Gauge(String name, String help, DoubleSupplier value) {}

    /** Adds a value that goes up and down, asked for when somebody looks. */
    public synchronized void gauge(String name, String help, DoubleSupplier value) {
        gauges.add(new Gauge(name, help, value));
    }

    /** Counts characters that a model read or wrote. */
    public synchronized void characters(String model, long read, long written) {
        characters.merge(label("model", model) + "," + label("direction", "read"), read, Long::sum);
        characters.merge(label("model", model) + "," + label("direction", "written"), written, Long::sum);
    }

    synchronized void request(String route, String method, int status, double seconds) {
        String known = method.matches("GET|HEAD|POST|DELETE") ? method : "other";
        requests.merge(
                label("route", route) + "," + label("method", known) + "," + label("status", Integer.toString(status)),
                1L,
                Long::sum);
        long[] counts = buckets.computeIfAbsent(label("route", route), name -> new long[SECONDS.length + 1]);
        for (int i = 0; i <= SECONDS.length; i++) {
            if (i == SECONDS.length || seconds <= SECONDS[i]) {
                counts[i]++;
            }
        }
        sums.merge(label("route", route), seconds, Double::sum);
    }

    private static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + '"';
    }

    /** Everything, as text. */
    public synchronized String text() {
        StringBuilder text = new StringBuilder();
        head(text, "namaskar_requests_total", "Requests that were answered.", "counter");
        requests.forEach((labels, count) -> line(text, "namaskar_requests_total", labels, count));
        head(text, "namaskar_request_seconds", "Time from a request to the end of its answer.", "histogram");
        buckets.forEach((labels, counts) -> {
            for (int i = 0; i <= SECONDS.length; i++) {
                String most = i == SECONDS.length ? "+Inf" : number(SECONDS[i]);
                line(text, "namaskar_request_seconds_bucket", labels + "," + label("le", most), (double) counts[i]);
            }
            line(text, "namaskar_request_seconds_sum", labels, sums.getOrDefault(labels, 0.0));
            line(text, "namaskar_request_seconds_count", labels, (double) counts[SECONDS.length]);
        });
        head(text, "namaskar_characters_total", "Characters that models read and wrote.", "counter");
        characters.forEach((labels, count) -> line(text, "namaskar_characters_total", labels, count));
        for (Gauge gauge : gauges) {
            head(text, gauge.name(), gauge.help(), "gauge");
            line(text, gauge.name(), "", gauge.value().getAsDouble());
        }
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(number(value)).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
