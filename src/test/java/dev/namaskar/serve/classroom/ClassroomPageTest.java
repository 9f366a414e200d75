package dev.namaskar.serve.classroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.namaskar.serve.RunningServer;
import dev.namaskar.serve.Server;
import dev.namaskar.testing.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classroom, in a browser: what it shows are the library's numbers. */
@Timeout(180)
class ClassroomPageTest {
    private Browser browser;
    private RunningServer server;

    @BeforeEach
    void open() throws IOException {
        server = Server.of().port(0).start();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        server.close();
    }

    /** The number in a row and column of one of the two tables. */
    private static double number(Page page, int table, int row, int column) {
        Locator cell = page.locator("table")
                .nth(table)
                .locator("tbody tr")
                .nth(row)
                .locator("td")
                .nth(column);
        return Double.parseDouble(cell.getAttribute("data-value"));
    }

    @Test
    void stepsForwardAndBackShowTheLibrarysNumbers() {
        browser = Browser.open();
        Page page = browser.at(server.address() + "#classroom");
        Locator told = page.locator("[data-part=told]");
        assertThat(told).containsText("Forward, step 1 of 7: reads n");
        page.getByText("train 100×").click();
        assertThat(page.locator("[data-part=standing]")).containsText("100 updates");
        Lesson lesson = Lesson.of(new LessonSettings("namaskar", "rnn", 6, 0.5, 100, 1));

        for (int i = 0; i < 2; i++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(told).containsText("Forward, step 3 of 7: reads m");
        LessonStep third = lesson.steps().get(2);
        assertThat(number(page, 0, 4, 1)).isCloseTo(third.state()[4], within(1e-7));
        assertThat(number(page, 0, 4, 0)).isCloseTo(lesson.steps().get(1).state()[4], within(1e-7));
        assertThat(number(page, 1, 1, 1)).isCloseTo(third.probabilities()[1], within(1e-12));
        page.getByText("step ›").click();
        assertThat(told).containsText("Forward, step 4 of 7");
        page.keyboard().press("End");
        assertThat(told).containsText("Back, step 1 of 7");
        for (int i = 0; i < 4; i++) {
            page.getByText("‹ back").click();
        }
        assertThat(told).containsText("Back, step 5 of 7");
        LessonStep fifth = lesson.steps().get(4);
        assertThat(number(page, 0, 2, 0)).isCloseTo(fifth.dOwn()[2], within(1e-7));
        assertThat(number(page, 0, 2, 1)).isCloseTo(fifth.dLater()[2], within(1e-7));
        assertThat(number(page, 1, 0, 1)).isCloseTo(fifth.dLogits()[0], within(1e-7));
        Browser.picture(page, "classroom");

        // The address is the lesson: whoever has it sees the same.
        Page other = browser.at(page.url(), 390, 844, ColorScheme.DARK);
        assertThat(other.locator("[data-part=told]")).containsText("Back, step 5 of 7");
        assertThat(number(other, 0, 2, 1)).isEqualTo(number(page, 0, 2, 1));
        Browser.assertAccessible(other);
        Browser.assertAccessible(page);
        browser.assertKeptToItself(server.address());
    }

    @Test
    void theLearnerChangesTheWordTheCellAndTheUnits() {
        browser = Browser.open();
        Page page = browser.at(server.address() + "#classroom");
        page.locator("#word").fill("naman");
        assertThat(page.locator("[data-part=told]")).containsText("of 4");
        page.getByText("LSTM", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("tbody").first().locator("tr")).hasCount(12);
        Locator units = page.locator("#hidden");
        units.focus();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("tbody").first().locator("tr")).hasCount(10);
        assertThat(page).hasURL(Pattern.compile("word=naman.*cell=lstm.*hidden=5"));
        assertThat(page.locator("svg.decay")).hasAttribute("aria-label", Pattern.compile("gradient"));
        browser.assertKeptToItself(server.address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"word=a", "hidden=99", "rate=x", "updates=1e9", "cell=none", "word=%00", "rate=NaN", "hidden=-1"
            })
    void whatIsNoLessonIsRefusedWithItsReason(String query) throws Exception {
        URI address = server.address().resolve("classroom?" + query);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("wrong_lesson").doesNotContain("Exception");
    }
}
