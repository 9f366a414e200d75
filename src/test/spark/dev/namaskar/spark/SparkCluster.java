package dev.namaskar.spark;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The one session of all tests that are extended with it: two executors, each a process of its own with one core and its
 * heap, begun with the first such class and stopped behind the last. Everything stays on this machine: ports are bound to
 * the loopback address, and there is no page.
 */
public final class SparkCluster implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SparkCluster.class))
                .computeIfAbsent(Session.class, type -> new Session(start("local-cluster[2,1,1024]")));
    }

    /** The session that tests share. */
    public static SparkSession session() {
        return SparkSession.active();
    }

    private record Session(SparkSession spark) implements AutoCloseable {
        @Override
        public void close() {
            spark.stop();
        }
    }

    /** A session over these masters, of executors with what is on this process's class path. */
    public static SparkSession start(String master) {
        return start(master, classPath());
    }

    /** A session over these masters, of executors with this on their class path; there may be one at a time in a process. */
    public static SparkSession start(String master, String executorClassPath) {
        // As SPARK_LOCAL_IP does for processes that are started with it.
        org.apache.spark.util.Utils.setCustomHostname("127.0.0.1");
        return SparkSession.builder()
                .master(master)
                .appName("namaskar-tests")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1")
                .config("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                .config("spark.executorEnv.SPARK_TESTING", "1")
                .config("spark.executor.extraClassPath", executorClassPath)
                .config("spark.executor.memory", "512m")
                // They live for seconds and compute little: what starts soonest is fastest.
                .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                .config("spark.executor.heartbeatInterval", "2s")
                .getOrCreate();
    }

    /** What is on this process's class path, however that was given. */
    public static String allClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The same for executors, but for what only tests have and what the jar for them lacks. */
    public static String classPath() {
        String between = System.getProperty("path.separator");
        return Arrays.stream(allClassPath().split(between))
                .filter(entry ->
                        !entry.matches(".*(junit|surefire|archunit|assertj|onnxruntime|nd4j|jmh|mkl|openblas)[^/]*"))
                .collect(Collectors.joining(between));
    }
}
