package dev.namaskar.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Description models: a text for a vector. */
class DescriptionTest {
    @TempDir
    private Path folder;

    /** Colours that are called by their strongest part, dark or light. */
    private static List<String> rows(int count, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int strongest = random.nextInt(3);
            boolean light = random.nextInt(2) == 1;
            int[] rgb = {random.nextInt(60), random.nextInt(60), random.nextInt(60)};
            rgb[strongest] = light ? 200 + random.nextInt(56) : 90 + random.nextInt(40);
            String name = (light ? "light " : "dark ")
                    + List.of("red", "green", "blue").get(strongest);
            rows.add(String.format(Locale.ROOT, "%s,#%02x%02x%02x,%d", name, rgb[0], rgb[1], rgb[2], i));
        }
        return rows;
    }

    private Path table(String heading, List<String> rows) throws IOException {
        Path file = folder.resolve("table.csv");
        List<String> lines = new ArrayList<>(List.of(heading));
        lines.addAll(rows);
        return Files.write(file, lines);
    }

    private static DescriptionTraining small() {
        return DescriptionModel.training()
                .columns("name", "hex")
                .hidden(32)
                .embedding(16)
                .dropout(0)
                .batch(32)
                .learningRate(8e-3)
                .threads(1);
    }

    @Test
    void learnsWhatTheVectorSays() throws IOException {
        DescriptionModel model = small().steps(250).on(table("name,hex,number", rows(600, 1)));
        assertThat(model.describe(1, 0.9f, 0.1f, 0.1f).get(0).text()).isEqualTo("light red");
        assertThat(model.describe(1, 0.1f, 0.1f, 0.4f).get(0).text()).isEqualTo("dark blue");
        Path test = table(
                "number,hex,name",
                rows(100, 2).stream()
                        .map(row -> row.replaceAll("(.*),(.*),(.*)", "$3,$2,$1"))
                        .toList());
        TranslationReport report = (TranslationReport) model.evaluate(test, null, PredictionSettings.USUAL);
        assertThat(report.sequenceErrorRate()).isLessThan(0.05);
        assertThat(model.predict(List.of("#e01010", "0.1 0.9,0.1"), PredictionSettings.USUAL))
                .extracting(Object::toString)
                .containsExactly("#e01010\tlight red", "0.1 0.9,0.1\tlight green");

        Path file = folder.resolve("m.safetensors");
        model.write(file);
        assertThat(TaskKind.read(file)).isInstanceOf(DescriptionModel.class);
        assertThat(DescriptionModel.read(file).describe(3, 0.9f, 0.1f, 0.1f))
                .isEqualTo(model.describe(3, 0.9f, 0.1f, 0.1f));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.describe(1, 0.5f))
                .withMessageContaining("a vector of 3 values")
                .withMessageContaining("found one of 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(List.of("red"), PredictionSettings.USUAL))
                .withMessageContaining("expected a finite number or a colour");
    }

    @Test
    void aColumnThatNeverChangesSaysNothingAndBreaksNothing() {
        List<DescribedVector> rows = List.of(
                new DescribedVector(new float[] {1, 7}, "up"), new DescribedVector(new float[] {-1, 7}, "down"));
        DescriptionModel model = small().heldOut(0).steps(120).on(rows);
        assertThat(model.describe(1, 1, 7).get(0).text()).isEqualTo("up");
        assertThat(model.describe(1, -1, 7).get(0).text()).isEqualTo("down");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "name,hex;red,#12;line 2, column hex: expected a finite number or a colour as #c93f38, found \"#12\"",
                "name,hex;red;line 2: expected 2 cells, found 1",
                "name,hex; ,#123456;line 2: expected a text in column name, found nothing",
                "name,hex;red,#123456/blue,3;line 3: expected a vector of [hex, hex, hex], found one of [hex]",
                "title,hex;red,#123456;expected a column \"name\", found [title, hex]",
                "name,x;red,1;expected a column \"hex\", found [name, x]",
                "name,hex;;expected rows below the heading, found none"
            })
    void whatIsNoRowIsRefusedByItsLine(String heading, String rows, String said) throws IOException {
        Path file = table(heading, rows == null ? List.of() : List.of(rows.split("/")));
        assertThatThrownBy(() -> small().on(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + (said.startsWith("line") ? ", " : ": ") + said);
    }
}
