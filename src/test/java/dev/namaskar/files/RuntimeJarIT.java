package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.Tagger;
import dev.namaskar.labelling.Transcriber;
import dev.namaskar.labelling.data.TaggedSentence;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesFileTest;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.translation.DescribedVector;
import dev.namaskar.translation.DescriptionModel;
import dev.namaskar.translation.TranslationModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.jar.JarFile;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime jar in a JVM of its own, alone on the class path, against the full library in this one. */
class RuntimeJarIT {
    /** Runs where nothing but the jar is: a source file that the JVM compiles against it. */
    private static final String PROGRAM = """
        import dev.namaskar.series.SeriesFile;
        import dev.namaskar.text.TextModelFile;
        import dev.namaskar.decoding.*;
        import dev.namaskar.params.SplitMix64;
        import dev.namaskar.series.*;
        import dev.namaskar.symbols.*;
        import dev.namaskar.tasks.*;
        import dev.namaskar.text.*;
        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.util.Arrays;
        import java.util.List;

        public class Program {
            public static void main(String[] args) throws Exception {
                if (args[0].equals("series")) {
                    SeriesModel model = SeriesFile.read(Path.of(args[1])).model();
                    double[] history = Files.readAllLines(Path.of(args[2])).stream()
                            .mapToDouble(Double::parseDouble)
                            .toArray();
                    Forecast next = model.forecast(
                            Series.of("s", history), model.spec().horizon(), model.spec().levels());
                    System.out.println(Arrays.toString(next.point()));
                    System.out.println(Arrays.deepToString(next.lower()));
                    System.out.println(Arrays.deepToString(next.upper()));
                    return;
                }
                if (args[0].equals("labels")) {
                    TaskKind.read(Path.of(args[1])).predict(List.of(args[2]), PredictionSettings.USUAL)
                            .forEach(answer -> System.out.println(answer.fields()));
                    return;
                }
                CharacterModel model = TextModelFile.read(Path.of(args[1]));
                for (Candidate c : model.next("namaska", 5, new UnknownPolicy.Refuse())) {
                    System.out.println(c.symbol().codePointAt(0) + " " + c.probability());
                }
                SplitMix64 random = new SplitMix64(3);
                model.generate("n", new UnknownPolicy.Refuse(), 20, Sampler.of(1, 5, 0.9, random), random, c -> {
                    System.out.print(c + " ");
                    return true;
                });
            }
        }
        """;

    @TempDir
    Path folder;

    private Path jar = Path.of("");

    @BeforeEach
    void theJarIsBuilt() {
        String given = System.getProperty("runtime.jar", "");
        assumeTrue(!given.isEmpty(), "runs after packaging, in mvn verify");
        jar = Path.of(given);
        assertThat(jar).exists();
    }

    @Test
    void isSmallAndHoldsNothingNativeOrForeign() throws IOException {
        assertThat(Files.size(jar)).isLessThan(700_000);
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(entry -> entry.getName()).filter(name -> !name.endsWith("/")))
                    .allMatch(name -> name.startsWith("dev/namaskar/") || name.startsWith("META-INF/"))
                    .noneMatch(name -> name.endsWith(".so") || name.endsWith(".dll") || name.endsWith(".dylib"));
        }
    }

    @Test
    void predictsAloneWhatTheFullLibraryPredicts() throws Exception {
        Vocabulary symbols = Vocabulary.of("namaskar", dev.namaskar.symbols.Unit.CODEPOINT);
        for (String cell : List.of("rnn", "gru", "lstm")) {
            Model random = Predictions.random(
                    NetworkSpec.tokens(symbols.size())
                            .embedding(3)
                            .recurrent(cell, 37)
                            .recurrent(cell, 16)
                            .dense(symbols.size()),
                    5);
            CharacterModel model = new CharacterModel(random.network(), random.params(), symbols);
            Path file = folder.resolve(cell + ".safetensors");
            TextModelFile.write(file, model);
            StringBuilder expected = new StringBuilder();
            model.next("namaska", 5, new UnknownPolicy.Refuse())
                    .forEach(c -> expected.append(c.symbol().codePointAt(0))
                            .append(' ')
                            .append(c.probability())
                            .append('\n'));
            SplitMix64 draws = new SplitMix64(3);
            model.generate("n", new UnknownPolicy.Refuse(), 20, Sampler.of(1, 5, 0.9, draws), draws, c -> {
                expected.append(c).append(' ');
                return true;
            });
            assertThat(run("text", file.toString())).isEqualTo(expected.toString());
        }
    }

    @Test
    void labelsAloneAsTheFullLibraryLabels() throws Exception {
        Classifier classifier =
                Classifier.training().hidden(9).steps(20).threads(1).on(Path.of("corpora", "numbers.tsv"));
        List<TaggedSentence> sentences = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sentences.add(new TaggedSentence(List.of("go", "home" + i), List.of("V", "N")));
        }
        Tagger tagger = Tagger.training().hidden(9).steps(20).threads(1).on(sentences);
        for (TaskModel model : List.of(classifier, tagger)) {
            Path file = folder.resolve(model.kind().name());
            model.write(file);
            String expected = model.predict(List.of("go eins home"), PredictionSettings.USUAL)
                    .get(0)
                    .fields()
                    .toString();
            assertThat(run("labels", file.toString(), "go eins home")).isEqualTo(expected + "\n");
        }
    }

    @Test
    void hearsAloneAsTheFullLibraryHears() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            byte[] noise = new byte[2 * (2000 + 100 * i)];
            new Random(i).nextBytes(noise);
            AudioSystem.write(
                    new AudioInputStream(
                            new ByteArrayInputStream(noise),
                            new AudioFormat(8000, 16, 1, true, false),
                            noise.length / 2),
                    AudioFileFormat.Type.WAVE,
                    folder.resolve(i + ".wav").toFile());
            lines.append(i).append(".wav\t").append(i % 2 == 0 ? "a b" : "b").append('\n');
        }
        Path list = Files.writeString(folder.resolve("list.tsv"), lines);
        Classifier classifier =
                Classifier.training().hidden(6).steps(6).threads(1).on(list);
        Transcriber transcriber =
                Transcriber.training().hidden(6).steps(6).threads(1).on(list);
        String wav = folder.resolve("3.wav").toString();
        for (TaskModel model : List.of(classifier, transcriber)) {
            Path file = folder.resolve(model.kind().name());
            model.write(file);
            String expected = model.predict(List.of(wav), PredictionSettings.USUAL)
                    .get(0)
                    .fields()
                    .toString();
            assertThat(run("labels", file.toString(), wav)).isEqualTo(expected + "\n");
        }
    }

    @Test
    void writesAloneAsTheFullLibraryWrites() throws Exception {
        TranslationModel translator =
                TranslationModel.training().hidden(9).steps(20).threads(1).on(Path.of("corpora", "numbers.tsv"));
        List<DescribedVector> vectors = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            vectors.add(new DescribedVector(new float[] {i % 2, 1, 0}, i % 2 == 0 ? "even" : "odd"));
        }
        DescriptionModel describer =
                DescriptionModel.training().hidden(9).steps(20).threads(1).on(vectors);
        for (TaskModel model : List.of(translator, describer)) {
            Path file = folder.resolve(model.kind().name());
            model.write(file);
            String expected = model.predict(List.of("#ff0000"), PredictionSettings.USUAL)
                    .get(0)
                    .fields()
                    .toString();
            assertThat(run("labels", file.toString(), "#ff0000")).isEqualTo(expected + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "standard", "minmax", "level", "log", "difference", "logreturn"})
    void forecastsAloneWhatTheFullLibraryForecasts(String transform) throws Exception {
        double[] history = SeriesFileTest.table().series().get(0).values();
        SeriesFile.Stored stored = SeriesFileTest.stored(2, transform);
        Path file = folder.resolve(transform + ".safetensors");
        SeriesFile.write(file, stored);
        Path values = folder.resolve("values");
        Files.write(values, Arrays.stream(history).mapToObj(Double::toString).toList());
        Forecast next = stored.model().forecast(Series.of("s", history), 4, new double[] {0.8, 0.95});
        String expected = Arrays.toString(next.point()) + "\n" + Arrays.deepToString(next.lower()) + "\n"
                + Arrays.deepToString(next.upper()) + "\n";
        assertThat(run("series", file.toString(), values.toString())).isEqualTo(expected);
    }

    private String run(String... args) throws Exception {
        Path program = folder.resolve("Program.java");
        Files.writeString(program, PROGRAM);
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                program.toString()));
        command.addAll(List.of(args));
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return out.replace(System.lineSeparator(), "\n");
    }
}
