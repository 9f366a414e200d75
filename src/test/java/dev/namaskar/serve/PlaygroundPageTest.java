package dev.namaskar.serve;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import dev.namaskar.testing.Browser;
import dev.namaskar.text.CharacterModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The playground, in a browser, over a server with models of several kinds. */
@Timeout(180)
class PlaygroundPageTest {
    @TempDir
    static Path dir;

    private static Browser browser;
    private static RunningServer server;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open();
        server = Server.of(ServedModels.in(dir)).port(0).start();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    private static Page at(String settings) {
        return browser.at(server.address() + "#playground?" + settings);
    }

    @Test
    void textStreamsCharacterByCharacterWithItsSurpriseAndTheAlternatives() throws IOException {
        Page page = at("model=v1-text&prompt=na&length=4000&temperature=0.8&seed=5");
        page.locator("#write").waitFor();
        // How long the text was each time it grew: a stream comes in pieces.
        page.evaluate("window.lengths = []; new MutationObserver(() => window.lengths.push("
                + "document.querySelector('.written').textContent.length))"
                + ".observe(document.querySelector('.written'), {childList: true})");
        page.locator("#write").click();
        assertThat(page.locator("[data-part=state]")).hasText(Pattern.compile("done: 4002 characters, .* bits.*"));
        List<?> lengths = (List<?>) page.evaluate("window.lengths");
        assertThat(lengths).hasSizeGreaterThan(1).last().isEqualTo(4002);
        CharacterModel model = CharacterModel.read(ServedModels.KEPT.resolve("v1-text.safetensors"));
        assertThat(page.locator(".written").textContent()).startsWith("na");

        page.locator(".written").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("[data-part=said]")).containsText("the beginning");
        page.keyboard().press("ArrowRight");
        String likeliest = model.next("n", 1).get(0).symbol();
        assertThat(page.locator("[data-part=said]")).containsText("likeliest here: " + likeliest);

        // The units behind each character, one of which takes the place of surprise.
        assertThat(page.locator("canvas.units"))
                .hasAttribute("aria-label", Pattern.compile(".*over 4002 characters.*"));
        String surprise = page.locator(".written span").nth(7).getAttribute("style");
        page.locator("#unit").selectOption(new SelectOption().setIndex(1));
        assertThat(page.locator(".written span").nth(7)).not().hasAttribute("style", surprise);
        assertThat(page.locator("[data-part=unit]")).containsText("behind a: unit ");
        assertThat(page).hasURL(Pattern.compile(".*unit=[0-9]+.*"));
        page.locator("#part").selectOption(new SelectOption().setIndex(0));
        assertThat(page).hasURL(Pattern.compile(".*part=h_l0.*"));
        Browser.assertAccessible(page);

        // The same address, the same text.
        String first = page.locator(".written").textContent();
        Page other = browser.at(page.url());
        assertThat(other.locator("#prompt")).hasValue("na");
        other.locator("#write").click();
        assertThat(other.locator("[data-part=state]")).containsText("done");
        assertThat(other.locator(".written").textContent()).isEqualTo(first);
        browser.assertKeptToItself(server.address());
    }

    @Test
    void aTextThatIsBeingWrittenCanBeStopped() {
        Page page = at("model=v1-text&prompt=na&length=4000");
        page.locator("#write").click();
        page.waitForCondition(() -> page.locator(".written span").count() > 0);
        if (page.locator("#write").textContent().equals("Stop")) {
            page.locator("#write").click();
        }
        assertThat(page.locator("#write")).hasText("Write");
        assertThat(page.locator("[data-part=state]")).hasText(Pattern.compile("(stopped|done): .*"));
        browser.assertKeptToItself(server.address());
    }

    @Test
    void theLevelOfAForecastIsDraggedAndTheIntervalFollows() throws IOException {
        Page page = at("model=v1-series");
        page.locator("#history").fill(Files.readString(Path.of("corpora", "AirPassengers.csv")));
        page.locator("button.main").click();
        assertThat(page.locator("[data-part=forecast]")).isVisible();
        Locator outer = page.locator("tbody tr").first().locator("td[data-level='95']");
        double wide = width(outer);
        double narrow = width(page.locator("tbody tr").first().locator("td[data-level='80']"));
        assertThat(wide).isGreaterThan(narrow).isPositive();
        byte[] before = page.locator(".chart").screenshot();

        // Dragged to the right with the mouse: nearly all of the slider's way.
        Locator slider = page.locator("#inner");
        var box = slider.boundingBox();
        page.mouse().move(box.x + box.width * 0.8, box.y + box.height / 2);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.35, box.y + box.height / 2);
        page.mouse().up();
        String level = slider.inputValue();
        assertThat(Integer.parseInt(level)).isLessThan(60);
        Locator followed = page.locator("tbody tr").first().locator("td[data-level='" + level + "']");
        assertThat(followed).hasCount(1);
        assertThat(width(followed)).isLessThan(narrow);
        assertThat(page).hasURL(Pattern.compile(".*inner=" + level + ".*"));
        page.waitForCondition(
                () -> !java.util.Arrays.equals(before, page.locator(".chart").screenshot()));
        Browser.picture(page, "playground");
        Browser.assertAccessible(page);
        browser.assertKeptToItself(server.address());
    }

    private static double width(Locator cell) {
        return Double.parseDouble(cell.getAttribute("data-high")) - Double.parseDouble(cell.getAttribute("data-low"));
    }

    @Test
    void aClassifierSaysProbabilitiesAndATranslatorWhatItRead() {
        Page page = browser.at(
                server.address() + "#playground?model=letters&inputs=abca%0Abbbb", 390, 844, ColorScheme.DARK);
        assertThat(page.locator(".answer")).hasCount(2);
        double sum = page.locator(".answer").first().locator("[data-value]").all().stream()
                .mapToDouble(one -> Double.parseDouble(one.getAttribute("data-value")))
                .sum();
        assertThat(sum).isBetween(0.999, 1.001);
        Browser.assertAccessible(page);

        page.locator("#model").selectOption("capitals");
        page.locator("#inputs").fill("abcd");
        page.getByText("Ask", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".answer")).hasCount(1);
        assertThat(page.locator(".answer li")).hasCount(3);
        assertThat(page.locator("svg.attention")).hasAttribute("aria-label", Pattern.compile(".*end from .*"));
        assertThat(page).hasURL(Pattern.compile(".*model=capitals.*"));
        browser.assertKeptToItself(server.address());
    }

    @Test
    void aModelThatReadsFilesAsksForFiles() throws IOException {
        Page page = at("model=waves");
        assertThat(page.locator("#inputs")).hasCount(0);
        Path file = Files.writeString(dir.resolve("two.ts"), "@data\n1,2,3:4,5,6:up\n3,2,1:6,5,4:down\n");
        page.locator("#input-files").setInputFiles(file);
        assertThat(page.locator(".answer")).hasCount(2);
        assertThat(page.locator(".answer h3").first()).containsText("two.ts");
        Browser.assertAccessible(page);
        browser.assertKeptToItself(server.address());
    }

    /**
     * What is seen first does not wait for the models: small files, few round trips. With {@code -Dpaint.millis=1000} it is
     * there in that time, on a machine that does nothing else meanwhile.
     */
    @Test
    void theFirstPaintIsSoonThere(TestReporter reporter) {
        Page page = at("model=v1-text");
        page.locator("#write").waitFor();
        double millis = ((Number) page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                .doubleValue();
        int bytes =
                (int) page.evaluate("performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0)");
        reporter.publishEntry("first paint, ms", String.format(Locale.ROOT, "%.0f", millis));
        reporter.publishEntry("bytes of the page", Integer.toString(bytes));
        assertThat(bytes).isBetween(20_000, 300_000);
        assertThat(millis).isLessThanOrEqualTo(Long.getLong("paint.millis", Long.MAX_VALUE));
    }

    @Test
    void whatAModelCannotReadIsSaidInItsWords() {
        // A browser of its own: it takes note of the answer 400.
        try (Browser other = Browser.open()) {
            Page page = other.at(server.address() + "#playground?model=v1-series");
            page.locator("#history").fill("to be or not to be");
            page.locator("button.main").click();
            assertThat(page.locator("#alert")).isVisible();
            assertThat(page.locator("#alert")).containsText("table");
        }
    }

    @Test
    void aServerWithATokenAsksForItOnce() throws IOException {
        try (RunningServer guarded = Server.of(ServedModels.KEPT.resolve("v1-text.safetensors"))
                        .port(0)
                        .token("open-sesame")
                        .start();
                Browser other = Browser.open()) {
            Page page = other.at(guarded.address().toString());
            page.locator("#token").fill("open-sesame");
            page.getByText("Open", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("[data-part=about]")).containsText("text model");
            assertThat(page.url()).startsWith(guarded.address().toString()).doesNotContain("sesame");
        }
    }
}
