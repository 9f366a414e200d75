package dev.namaskar.serve.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a run: thinned without lying, handed out piece by piece without losing any, read from logs. */
class RunHistoryTest {
    @TempDir
    Path dir;

    private static Map<String, @Nullable Object> step(long step, double loss) {
        return Map.of("step", step, "loss", loss, "lr", 0.01, "gradient_norm", 2 * loss, "ms", 3.0);
    }

    private static List<?> list(Map<String, ?> map, String key) {
        return (List<?>) Objects.requireNonNull(map.get(key));
    }

    private static double at(Object row, int column) {
        return ((Number) ((List<?>) row).get(column)).doubleValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 2048, 2049, 5000, 20_000})
    void anyNumberOfStepsIsThinnedToPointsThatKeepMeanLowestAndHighest(int steps) {
        Random random = new Random(steps);
        double[] losses = random.doubles(steps).toArray();
        RunHistory history = new RunHistory("run", null);
        for (int i = 0; i < steps; i++) {
            history.tell(step(i + 1, losses[i]));
        }
        List<?> points = list(Objects.requireNonNull(history.since(new RunHistory.Seen())), "points");

        assertThat(points).hasSizeLessThanOrEqualTo(ThinnedSteps.MOST);
        assertThat(points.size()).isGreaterThanOrEqualTo(Math.min(steps, ThinnedSteps.MOST / 2));
        int from = 0;
        for (Object point : points) {
            int count = (int) at(point, 1);
            double sum = 0;
            double lowest = 2;
            double highest = -1;
            for (int i = from; i < from + count; i++) {
                sum += losses[i];
                lowest = Math.min(lowest, losses[i]);
                highest = Math.max(highest, losses[i]);
            }
            from += count;
            assertThat(at(point, 0)).isEqualTo(from);
            assertThat(at(point, 2)).isCloseTo(sum / count, within(1e-12));
            assertThat(at(point, 3)).isEqualTo(lowest);
            assertThat(at(point, 4)).isEqualTo(highest);
            assertThat(at(point, 6)).isCloseTo(2 * sum / count, within(1e-12));
        }
        assertThat(from).isEqualTo(steps);
    }

    /** Puts news together as a page does. */
    private static void apply(List<Object> points, Map<String, ?> news) {
        int from = ((Number) Objects.requireNonNull(news.get("from"))).intValue();
        points.subList(from, points.size()).clear();
        points.addAll(list(news, "points"));
    }

    @Test
    void whoReadsNowAndThenEndsWithWhatSomebodyNewSees() {
        Random random = new Random(3);
        RunHistory history = new RunHistory("run", new RunSwitch());
        RunHistory.Seen seen = new RunHistory.Seen();
        List<Object> pieces = new ArrayList<>();
        int validations = 0;
        int told = 0;
        for (int i = 1; i <= 9000; i++) {
            history.tell(step(i, random.nextDouble()));
            if (i % 100 == 0) {
                history.tell(Map.of("step", i, "validation_loss", random.nextDouble(), "best", false));
                told++;
            }
            if (random.nextInt(30) == 0) {
                Map<String, @Nullable Object> news = Objects.requireNonNull(history.since(seen));
                apply(pieces, news);
                validations += list(news, "validations").size();
                assertThat(history.since(seen)).isNull();
            }
        }
        Map<String, @Nullable Object> rest = history.since(seen);
        if (rest != null) {
            apply(pieces, rest);
            validations += list(rest, "validations").size();
        }

        assertThat(pieces).isEqualTo(list(Objects.requireNonNull(history.since(new RunHistory.Seen())), "points"));
        assertThat(validations).isEqualTo(told);
    }

    @Test
    void aTurnedSwitchIsNews() {
        RunSwitch control = new RunSwitch();
        RunHistory history = new RunHistory("run", control);
        RunHistory.Seen seen = new RunHistory.Seen();
        history.since(seen);
        control.pause();
        assertThat(history.since(seen)).containsEntry("state", "paused").containsEntry("controlled", true);
        control.stop();
        control.go();
        assertThat(history.since(seen)).containsEntry("state", "stopping");
        history.end("over");
        assertThat(history.since(seen))
                .containsEntry("state", "ended")
                .containsEntry("controlled", false)
                .containsEntry("ended", "over");
    }

    @Test
    void aLogIsReadOnAsItGrowsAndHalfALineWaits() throws IOException {
        Path log = Files.writeString(
                dir.resolve("log.jsonl"), "{\"step\":1,\"loss\":4.5,\"lr\":0.1,\"ms\":1}\n{\"step\":2,\"lo");
        RunBoard board = new RunBoard();
        RunBoard.Reader reader = new RunBoard.Reader();
        LoggedRun run = new LoggedRun(log, board);
        assertThat(list(board.news(reader).get(0), "points")).hasSize(1);

        Files.writeString(
                log,
                "ss\":4,\"lr\":0.1,\"ms\":1}\n{\"step\":2,\"validation_loss\":3.5,\"best\":true}\n",
                StandardOpenOption.APPEND);
        run.readOn();
        Map<String, @Nullable Object> news = board.news(reader).get(0);
        assertThat(list(news, "points")).hasSize(2);
        assertThat(list(news, "validations")).hasSize(1);
        assertThat(news).containsEntry("state", "logged");

        Files.writeString(log, "{\"step\":2,\"ended\":\"all 2 steps done\"}\n", StandardOpenOption.APPEND);
        run.readOn();
        assertThat(board.news(reader).get(0))
                .containsEntry("state", "ended")
                .containsEntry("ended", "all 2 steps done");

        // Another run writes the log anew.
        Files.writeString(log, "{\"step\":1,\"loss\":9,\"lr\":0.1,\"ms\":1}\n");
        run.readOn();
        news = board.news(reader).get(0);
        assertThat(news).containsEntry("anew", true).containsEntry("state", "logged");
        assertThat(list(news, "points")).hasSize(1);
    }

    @Test
    void networksOfAnEnsembleAreRunsOfTheirOwn() throws IOException {
        Path log = Files.writeString(dir.resolve("log.jsonl"), """
            {"network":1,"step":1,"loss":4,"lr":0.1,"ms":1}
            {"network":2,"step":1,"loss":3,"lr":0.1,"ms":1}
            """);
        RunBoard board = new RunBoard();
        new LoggedRun(log, board);
        assertThat(board.runs()).extracting(RunHistory::name).containsExactly("log.jsonl 1", "log.jsonl 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"to be or not to be\n", "{\"step\":1,\"loss\":2}\n[]\n", "{\"loss\":2}\n", "{\"step\":1,\n"})
    void whatIsNoLogIsRefusedByLine(String text) throws IOException {
        Path file = Files.writeString(dir.resolve("other.txt"), text);
        assertThatThrownBy(() -> new LoggedRun(file, new RunBoard()))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("other.txt, line ");
    }
}
