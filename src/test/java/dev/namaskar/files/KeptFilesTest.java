package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every version of the format that was ever written stays readable: one file of each kind, as the release wrote it that
 * introduced the version, and what it said then.
 */
class KeptFilesTest {
    private static final Path KEPT = Path.of("src/test/resources/models");

    @Test
    void thereAreFilesOfEveryVersion() throws IOException {
        for (int version = 1; version <= ModelFile.VERSION; version++) {
            String begin = "v" + version + "-";
            try (Stream<Path> files = Files.list(KEPT)) {
                assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(begin)))
                        .contains(
                                begin + "network.safetensors",
                                begin + "text.safetensors",
                                begin + "series.safetensors",
                                begin + "checkpoint.safetensors");
            }
        }
    }

    @Test
    void networkOfVersion1() throws IOException {
        Model model = ModelFile.read(KEPT.resolve("v1-network.safetensors"));
        assertThat(model.spec())
                .isEqualTo(NetworkSpec.tokens(5)
                        .embedding(3)
                        .then(new Recurrent("lstm", 4)
                                .withInitializers("glorot-uniform", "orthogonal")
                                .withForgetBias(1))
                        .dropout(0.1)
                        .then(new Recurrent("gru", 4)
                                .withInitializers("glorot-uniform", "orthogonal")
                                .withForgetBias(1))
                        .then(new Dense(5, Activation.IDENTITY, "glorot-uniform")));
        float[] values = model.params().values();
        assertThat(values[values.length - 1]).isEqualTo(0.31768483f);
        String vocabulary = Objects.requireNonNull(model.texts().get("vocabulary"));
        assertThat(VocabularyJson.read("v1", vocabulary))
                .isEqualTo(Vocabulary.ofCodePoints("kmnsā".codePoints().toArray()));
    }

    @Test
    void textOfVersion1() throws IOException {
        CharacterModel model = TextModelFile.read(KEPT.resolve("v1-text.safetensors"));
        var next = model.next("namas", 2, new UnknownPolicy.Refuse());
        assertThat(next).extracting(candidate -> candidate.symbol()).containsExactly("k", "a");
        assertThat(next.get(0).probability()).isCloseTo(0.6946085, within(1e-5));
    }

    @Test
    void seriesOfVersion1() throws IOException {
        SeriesModel model =
                SeriesFile.read(KEPT.resolve("v1-series.safetensors")).model();
        assertThat(model.members()).hasSize(2);
        var passengers = TableReader.read(Path.of("corpora/AirPassengers.csv"), TableFormat.AUTO)
                .series();
        Forecast forecast =
                model.forecast(passengers, 2, new double[] {0.8, 0.95}).get(0);
        assertThat(forecast.point()).containsExactly(new double[] {474.97939, 448.91505}, within(1e-2));
        assertThat(forecast.lower()[1]).containsExactly(new double[] {406.50942, 381.31599}, within(1e-2));
        assertThat(forecast.upper()[0]).containsExactly(new double[] {521.87630, 495.35676}, within(1e-2));
    }

    @Test
    void checkpointOfVersion1() throws IOException {
        Checkpoint checkpoint = Checkpoint.read(KEPT.resolve("v1-checkpoint.safetensors"));
        assertThat(checkpoint.snapshot().step()).isEqualTo(300);
        assertThat(checkpoint.standing().bestLoss()).isCloseTo(0.3067470701960129, within(1e-15));
        assertThat(checkpoint.model().texts().keySet()).containsAll(List.of("vocabulary", "run"));
    }
}
