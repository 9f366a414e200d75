package dev.namaskar.serve.watch;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.namaskar.files.Json;
import dev.namaskar.testing.Browser;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live view of runs, in a browser. */
@Timeout(180)
class WatchPageTest {
    private static final String TEXT = "the quick brown fox jumps over the lazy dog. ".repeat(40);
    private static final Pattern SOME_STEPS = Pattern.compile("step [1-9].*");

    @TempDir
    Path dir;

    private Browser browser;
    private RunBoard board;
    private WatchServer server;

    @BeforeEach
    void open() throws IOException {
        browser = Browser.open();
        board = new RunBoard();
        server = WatchServer.open(board, 0);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    private Thread train() {
        WatchedRun run = new WatchedRun("fox", board);
        Thread thread = new Thread(() -> {
            CharacterModel.training()
                    .hidden(8)
                    .seqLen(16)
                    .steps(100_000_000)
                    .threads(1)
                    .listen(run)
                    .on(TEXT);
            run.close();
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits until the chart's picture is another than this. */
    private static void awaitOther(Page page, byte[] before) {
        page.waitForCondition(() -> !java.util.Arrays.equals(before, picture(page)));
    }

    private static byte[] picture(Page page) {
        return page.locator("section[aria-labelledby=loss-title] .chart").screenshot();
    }

    private static long step(Page page) {
        String text = page.locator("#run-0 [data-part=progress]").textContent();
        return Long.parseLong(text.replaceAll("^step ([0-9\u2009]+).*", "$1").replace("\u2009", ""));
    }

    @Test
    void aRunIsWatchedPausedReopenedAndStoppedFromThePage() throws Exception {
        Thread training = train();
        Page page = browser.at(server.address().toString());
        Locator card = page.getByRole(
                com.microsoft.playwright.options.AriaRole.REGION,
                new Page.GetByRoleOptions().setName("fox").setExact(true));
        assertThat(card.locator("[data-part=state]")).hasText("running");
        assertThat(card.locator("[data-part=progress]")).hasText(SOME_STEPS);
        awaitOther(page, picture(page));

        // What is zoomed to stays when data come.
        page.locator("section[aria-labelledby=loss-title] .chart").focus();
        page.keyboard().press("+");
        String from = page.locator(".chart").first().getAttribute("data-from");
        long seen = step(page);
        page.waitForCondition(() -> step(page) > seen);
        assertThat(page.locator(".chart").first()).hasAttribute("data-from", from);
        assertThat(page.url()).contains("zoom=");
        page.keyboard().press("0");
        page.getByText("log", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.url()).contains("scale=log").doesNotContain("zoom=");

        Browser.picture(page, "watch");

        card.getByText("Pause").click();
        assertThat(card.locator("[data-part=state]")).hasText("paused");
        assertThat(card.getByText("Go on")).isVisible();
        page.waitForCondition(() -> {
            long then = step(page);
            page.waitForTimeout(500);
            return step(page) == then;
        });
        long paused = step(page);

        // Whoever comes later sees all of it, at the same address the same view.
        String address = page.url();
        page.close();
        Page again = browser.at(address);
        assertThat(again.locator("#run-0 [data-part=state]")).hasText("paused");
        again.waitForCondition(() -> step(again) == paused);
        assertThat(again.getByLabel("log", new Page.GetByLabelOptions().setExact(true)))
                .isChecked();
        assertThat(again.locator("tbody tr")).hasCount(6);
        again.locator("#run-0").getByText("Go on").click();
        again.waitForCondition(() -> step(again) > paused);

        again.onDialog(Dialog::accept);
        again.locator("#run-0 button.bad").click();
        assertThat(again.locator("#run-0 [data-part=state]")).hasText("ended");
        training.join();
        assertThat(again.locator("#run-0 [data-part=progress]"))
                .containsText("stopped after step "
                        + board.run(0).since(new RunHistory.Seen()).get("step"));
        assertThat(again.locator("#run-0 button.bad")).isHidden();
        browser.assertKeptToItself(server.address());
    }

    @Test
    void logsAreShownOverOneAnotherAndThemselvesInThePhonesWidth() throws IOException {
        StringBuilder quick = new StringBuilder();
        StringBuilder slow = new StringBuilder();
        for (int i = 1; i <= 3000; i++) {
            quick.append("{\"step\":" + i + ",\"loss\":" + 4 / Math.sqrt(i) + ",\"lr\":0.01,\"ms\":1}\n");
            slow.append("{\"step\":" + i + ",\"loss\":" + (4 - i / 1000.0) + ",\"lr\":0.01,\"ms\":1}\n");
        }
        quick.append("{\"step\":3000,\"validation_loss\":0.5,\"best\":true}\n");
        quick.append("{\"step\":3000,\"sample\":\"<b>the quick</b>\"}\n");
        quick.append("{\"step\":3000,\"ended\":\"all 3000 steps done\"}\n");
        new LoggedRun(Files.writeString(dir.resolve("quick.jsonl"), quick), board);
        new LoggedRun(Files.writeString(dir.resolve("slow.jsonl"), slow + "{\"step\":30"), board);
        Page page = browser.at(server.address().toString(), 390, 844, ColorScheme.DARK);

        assertThat(page.locator(".run")).hasCount(2);
        assertThat(page.locator("#run-0")).containsText("all 3000 steps done");
        assertThat(page.locator("#run-1 [data-part=state]")).hasText("from its log");
        assertThat(page.locator("#run-0 [data-part=best]")).hasText("0.5");
        assertThat(page.locator("#run-0").getByText("Pause")).isHidden();
        assertThat(page.locator("section[aria-labelledby=loss-title] .chart"))
                .hasAttribute("aria-label", Pattern.compile("Loss.*quick.*; slow.*"));
        // What a model writes is text, whatever it looks like.
        page.locator("#run-0").getByText("Details").click();
        assertThat(page.locator("pre.sample")).hasText("<b>the quick</b>");
        byte[] both = picture(page);
        page.locator("#run-1").getByText("show").click();
        awaitOther(page, both);
        assertThat(page.url()).contains("hide=1").contains("run=0");
        Browser.assertAccessible(page);
        browser.assertKeptToItself(server.address());
    }

    @Test
    void whatEveryKindOfModelSaysIsShownAsWhatItIs() throws IOException {
        Page page = browser.at(server.address().toString());
        assertThat(page.locator("#connection")).hasText("No run has begun yet.");
        assertThat(page.locator(".chart").first()).isHidden();
        String step = "{\"step\":1,\"loss\":1,\"lr\":0.1,\"ms\":1}\n";
        for (Sample sample : List.of(
                new Sample.Answers(List.of(
                        new Sample.Answer("<i>eins</i>", "German", "German"),
                        new Sample.Answer("due", "Italian", "Spanish"))),
                new Sample.Forecast(
                        "sales", new double[] {1, Double.NaN, 3}, new double[] {4, 5}, new double[] {6, 5}, true))) {
            String line = Json.write(Map.of("step", 1, "sample", sample.toJson()));
            String name = sample.getClass().getSimpleName();
            new LoggedRun(Files.writeString(dir.resolve(name), step + line + "\n"), board);
        }
        page.locator("#run-0").getByText("Details").click();
        assertThat(page.locator("table.answers tbody tr").first()).containsText("<i>eins</i>");
        assertThat(page.locator("table.answers .verdict")).hasText(new String[] {"right", "wrong"});
        assertThat(page.locator("[data-part=sample-note]")).hasText("1 of 2 right");
        page.locator("#run-1").getByText("Details").click();
        assertThat(page.locator("section[aria-labelledby=samples-title] .chart"))
                .hasAttribute("aria-label", "Forecast of 2 steps of sales, off by 1 on average");
        assertThat(page.locator("table.answers")).isHidden();
        Browser.assertAccessible(page);
        browser.assertKeptToItself(server.address());
    }

    @Test
    void ordersFromElsewhereAndForNoRunAreRefused() throws Exception {
        WatchedRun run = new WatchedRun("fox", board);
        new LoggedRun(Files.writeString(dir.resolve("log"), "{\"step\":1,\"loss\":1,\"lr\":0,\"ms\":1}\n"), board);
        assertThat(order("0/stop", "text/plain")).isEqualTo(415);
        assertThat(order("1/stop", "application/json")).isEqualTo(400);
        assertThat(order("7/stop", "application/json")).isEqualTo(404);
        assertThat(order("-1/stop", "application/json")).isEqualTo(404);
        assertThat(order("0/explode", "application/json")).isEqualTo(404);
        assertThat(run.asksToStop()).isFalse();
        assertThat(order("0/stop", "application/json")).isEqualTo(200);
        assertThat(run.asksToStop()).isTrue();
    }

    private int order(String what, String type) throws Exception {
        URI at = server.address().resolve("runs/" + what);
        return java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(at)
                                .header("Content-Type", type)
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
