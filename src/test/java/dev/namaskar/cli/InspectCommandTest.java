package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.text.TextModelFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectCommandTest {
    private static final String TEXT = "a <b>'bold'</b> & \"<script>\"\n";

    @TempDir
    Path dir;

    private Path model = Path.of("");

    @BeforeEach
    void train() throws IOException {
        model = dir.resolve("m.safetensors");
        Path corpus = Files.writeString(dir.resolve("text"), TEXT.repeat(30));
        Ran.of(List.of("train", "text", corpus, "--out", model, "--cell", "lstm", "--hidden", 9, "--steps", 30))
                .good();
    }

    private Ran inspect(Object... more) {
        return Ran.of(List.of("inspect", model), more);
    }

    @Test
    void tellsWhatTheModelIs() throws IOException {
        Ran ran = inspect().good();
        assertThat(ran.out())
                .contains("text model, ")
                .contains("network: tokens 19 -> lstm 9 -> dense 19 identity")
                .contains("vocabulary: 19 symbols of unit codepoint: \\n ' ' \" & ' / < > a b ")
                .contains("corpus: name text, fingerprint ")
                .contains("steps 30")
                .containsPattern("rnn.weight_ih_l0 +\\[36,19\\] +F32 +-\\d");
        Map<String, @Nullable Object> json = inspect("--json").good().json();
        assertThat(json).containsEntry("kind", "text model").containsEntry("version", 1L);
        assertThat(json.get("parameters"))
                .isEqualTo((long) TextModelFile.read(model).params().values().length);
        assertThat((List<?>) json.get("tensors")).hasSize(6);
        assertThat(((Map<?, ?>) json.get("vocabulary")).get("unit")).isEqualTo("codepoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aTextIsDrawnAsAMap(String theme) throws IOException {
        Path picture = dir.resolve("units.png");
        inspect("--text", TEXT, "--out", picture, "--theme", theme, "--units", "c_l0")
                .good();
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(new Color(image.getRGB(1, 1)).getRed() > 128).isEqualTo(theme.equals("light"));
    }

    @Test
    void statesAreDrawnAsAMapThatIsAlwaysTheSame() throws IOException {
        Path picture = dir.resolve("map.png");
        String text = TEXT.repeat(4);
        Map<String, @Nullable Object> json = inspect("--text", text, "--map", "--out", picture, "--json")
                .good()
                .json();
        assertThat(json).containsEntry("map_side", 7L);
        assertThat((Double) json.get("topographic_error")).isBetween(0.0, 0.3);
        assertThat((Double) json.get("quantization_error")).isPositive();
        byte[] first = Files.readAllBytes(picture);
        assertThat(inspect("--text", text, "--map", "--out", picture).good().out())
                .containsPattern("map of 7 x 7 cells: quantisation error 0[.]\\d{4}, topographic error 0[.]\\d{4}");
        assertThat(Files.readAllBytes(picture)).isEqualTo(first);
        inspect("--map", "--out", picture).wrongUsage("--map: has no effect without --text");
        inspect("--text", text, "--map", "--out", dir.resolve("page.html"))
                .wrongUsage("--map: has no effect without a picture");
    }

    @Test
    void thePageNeedsNothingElseAndShowsTheTextAsItIs() throws IOException {
        Path page = dir.resolve("page.html");
        inspect("--text", TEXT, "--out", page, "--units", "c_l0").good();
        String html = Files.readString(page);
        assertThat(html).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(Pattern.compile("<span data-symbol=").matcher(html).results())
                .hasSize(TEXT.length());
        assertThat(html).contains(">&lt;</span>", ">&amp;</span>", "<option selected>c_l0</option>");
        assertThat(Pattern.compile("<script").matcher(html).results()).hasSize(1);
        assertThat(html).doesNotContainPattern("(?:src|href|srcset)=\"(?!data:)");
        assertThat(html).contains("prefers-color-scheme: dark", "rnn.weight_hh_l0");

        inspect("--out", page).good();
        assertThat(Files.readString(page)).doesNotContain("<script").contains("data:image/png;base64,");
    }

    @Test
    void weightsAreAPictureOfEveryKindOfModel() throws IOException {
        Path picture = dir.resolve("w.png");
        inspect("--out", picture).good();
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1200);
        Path series = dir.resolve("series");
        Ran.of(
                        "train",
                        "series",
                        "corpora/AirPassengers.csv",
                        "--horizon",
                        6,
                        "--steps",
                        3,
                        "--hidden",
                        4,
                        "--starts",
                        12,
                        "--ensemble",
                        2,
                        "--out",
                        series)
                .good();
        Ran ran = Ran.of("inspect", series, "--out", picture, "--member", 2).good();
        assertThat(ran.out())
                .contains("series model", "in each of 2 networks", "horizon 6", "member1.rnn.weight_ih_l0");
        Ran.of("inspect", series, "--text", "a", "--out", picture).failed("expected a text model");
    }

    @Test
    void aCheckpointTellsWhereItsRunStands() {
        Ran.of(
                        "train",
                        "text",
                        dir.resolve("text"),
                        "--out",
                        model,
                        "--hidden",
                        3,
                        "--steps",
                        7,
                        "--checkpoint-every",
                        7)
                .good();
        assertThat(Ran.of("inspect", model + ".checkpoint").good().out())
                .contains("checkpoint of a text model", "progress: step 7", "run.optimizer");
    }

    @Test
    void whatCannotBeShownIsSaid() throws IOException {
        Path page = dir.resolve("page.html");
        inspect("--text", "xyz", "--out", page).failed("'x' (U+0078) at character 1", "--unknown skip");
        inspect("--text", "", "--out", page).failed("a text of 1 to");
        inspect("--text", "a").wrongUsage("--out: expected a file for what --text shows");
        inspect("--out", dir.resolve("page.pdf")).wrongUsage("--out: expected a file ending in .png or .html");
        inspect("--text", "a", "--out", page, "--units", "h_l7").wrongUsage("--units: expected one of [h_l0, c_l0]");
        inspect("--out", page, "--theme", "pink").wrongUsage("light or dark");
        Ran.of("inspect", dir.resolve("text")).failed("text: expected");
        assertThat(page).doesNotExist();
    }
}
