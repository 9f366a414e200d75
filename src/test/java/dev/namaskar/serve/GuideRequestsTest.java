package dev.namaskar.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.testing.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the guide on serving. */
class GuideRequestsTest {
    private static final Pattern CURL =
            Pattern.compile("curl (?:-N )?http://127[.]0[.]0[.]1:8080(\\S+)(?:.* -d '(.*)')?");
    private static final Pattern TABLE = Pattern.compile("jq -Rs '(.*)' (\\S+) [|]");

    @TempDir
    private Path folder;

    /** Every request that the guide shows is answered. */
    @Test
    void theGuidesRequestsAreRight() throws Exception {
        Path small = ServedModels.in(folder);
        Path models = Files.createDirectory(folder.resolve("guide"));
        Map.of("v1-text", "play", "v1-series", "passengers", "letters", "names").forEach((from, to) -> {
            try {
                Files.copy(small.resolve(from + ".safetensors"), models.resolve(to + ".safetensors"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        int asked = 0;
        try (RunningServer server = Server.of(models).port(0).start()) {
            Asking asking = new Asking(server.address());
            for (Page.Block block : Page.ofGuide("serving").blocks()) {
                for (String line : block.text()
                        .lines()
                        .filter(any -> any.contains("curl "))
                        .toList()) {
                    Matcher curl = CURL.matcher(line);
                    assertThat(curl.find()).as(line).isTrue();
                    String body = curl.group(2);
                    Matcher table = TABLE.matcher(line);
                    if (table.find()) {
                        body = table.group(1)
                                .replace("model:", "\"model\":")
                                .replace("horizon:", "\"horizon\":")
                                .replace("levels:", "\"levels\":")
                                .replace(
                                        "table:.",
                                        "\"table\":" + Json.write(Files.readString(Path.of(table.group(2)))));
                    }
                    HttpResponse<String> answer =
                            body == null ? asking.get(curl.group(1)) : asking.post(curl.group(1), body);
                    assertThat(answer.statusCode())
                            .as(line + ": " + answer.body())
                            .isEqualTo(200);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(7);
    }
}
