package dev.namaskar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages in a Chromium without a window, which all tests share and which ends with them. It takes note of what no page may
 * do: say an error on the console, or ask anybody but the server under test.
 */
public final class Browser implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Milliseconds until what was expected is given up: a busy machine is no error. */
    private static final double PATIENCE = 60_000;

    private static com.microsoft.playwright.@Nullable Browser shared;

    private final com.microsoft.playwright.Browser chromium;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private Browser(com.microsoft.playwright.Browser chromium) {
        this.chromium = chromium;
    }

    private static com.microsoft.playwright.Browser launch(Path chromium, Path node) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_NODEJS_PATH", node.toString());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "browser"));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(FLAGS));
    }

    /** Opens the browser that is installed; the test is skipped where there is none. */
    public static synchronized Browser open() {
        Path chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Path node = onPath("node", "nodejs");
        assumeTrue(chromium != null, "needs an installed chromium to look at pages with");
        assumeTrue(node != null, "needs an installed node to drive chromium with");
        if (shared == null) {
            shared = launch(chromium, node);
        }
        return new Browser(shared);
    }

    /** The first of these programs that is installed, or null. */
    public static @Nullable Path onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** A page at an address, on a desk, in light. */
    public Page at(String address) {
        return at(address, 1280, 900, ColorScheme.LIGHT);
    }

    /** A page at an address, in a window of this size. */
    public Page at(String address, int width, int height, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE);
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(errors::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(address);
        return page;
    }

    /** A picture of the guide, taken anew with {@code -Dpictures=true}; all others nobody keeps. */
    public static void picture(Page page, String name) {
        if (Boolean.getBoolean("pictures")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("src", "site", "markdown", "pictures", name + ".png")));
        }
    }

    /** Everything on the page has a name, a place in the order of keys, and contrast; nothing is wider than the window. */
    @SuppressWarnings("unchecked") // what the script gives
    public static void assertAccessible(Page page) {
        String script;
        try {
            script = Files.readString(Path.of("src", "test", "resources", "serve", "accessible.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat((List<String>) page.evaluate(script)).as(page.url()).isEmpty();
    }

    /** No page has said an error, and none has asked another server than these. */
    public void assertKeptToItself(URI... servers) {
        assertThat(errors).isEmpty();
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(
                        url -> assertThat(Stream.of(servers).map(URI::toString)).anyMatch(url::startsWith));
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
    }
}
