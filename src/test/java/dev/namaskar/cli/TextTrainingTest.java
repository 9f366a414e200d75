package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.decoding.Greedy;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextReport;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ten lines of Java train is, byte by byte, what the command trains. */
class TextTrainingTest {
    private static final String PROSE = "to be, or not to be: that is the question. whether 'tis nobler\n".repeat(30);

    @TempDir
    Path dir;

    private Path word = Path.of("");
    private Path prose = Path.of("");

    @BeforeEach
    void writeCorpora() throws IOException {
        word = Files.writeString(dir.resolve("word.txt"), "namaskar\n");
        prose = Files.writeString(dir.resolve("prose.txt"), PROSE);
    }

    private Path command(Object... args) {
        Path model = dir.resolve("command.safetensors");
        Ran.of(Stream.concat(Stream.of("train", "text", "--out", model), Stream.of(args))
                        .toArray())
                .good();
        return model;
    }

    private Path java(CharacterModel model) throws IOException {
        Path file = dir.resolve("java.safetensors");
        model.write(file);
        return file;
    }

    @Test
    void withNothingSaidTheDefaultsAreTheCommands() throws IOException {
        CharacterModel model = CharacterModel.train(word);
        assertThat(java(model)).hasSameBinaryContentAs(command(word));
        CharacterModel read = CharacterModel.read(dir.resolve("java.safetensors"));
        assertThat(read.next("namaska", 2)).isEqualTo(model.next("namaska", 2));
        assertThat(read.next("namaska", 1))
                .hasToString("[r " + model.next("namaska", 1).get(0).digits() + "]");
        assertThat(read.origin()).isEqualTo(model.origin()).containsOnlyKeys("corpus", "run");
        assertThat(model.generate("nam", 5, new Greedy())).isEqualTo("namaskar");
        assertThat(model.generate("n", 30, 7))
                .isEqualTo(read.generate("n", 30, 7))
                .startsWith("n")
                .hasSize(31);
        assertThat(Ran.of(
                                "generate",
                                "--model",
                                dir.resolve("java.safetensors"),
                                "--prime",
                                "n",
                                "--length",
                                30,
                                "--seed",
                                7)
                        .out())
                .isEqualTo(model.generate("n", 30, 7) + System.lineSeparator());
        assertThat(model.generate("", 4)).isNotEmpty();
        assertThat(model)
                .hasToString(
                        "text model of 7 symbols: rnn 128; " + model.params().values().length + " parameters");
        // The same text from memory, but for its name.
        CharacterModel text = CharacterModel.train("namaskar\n");
        assertThat(text.params().values()).isEqualTo(model.params().values());
    }

    @Test
    void everySettingSaidInBothPlacesIsTheSame() throws IOException {
        TextTraining training = CharacterModel.training()
                .cell("gru")
                .hidden(12)
                .layers(l -> l.withLayers(2).withDropout(0.2))
                .embedding(5)
                .unit(Unit.BYTE)
                .seqLen(9)
                .run(r -> r.withData(new RunSettings.Data(4, 0.2))
                        .withAverage(Averaging.parse("ema:0.9"))
                        .withStop(new EarlyStop(null, null, 10L)))
                .reading(Reading.STREAM)
                .steps(40)
                .optimizer("rmsprop:alpha=0.9,clip=2,schedule=step(10)")
                .learningRate(3e-3)
                .seed(7)
                .threads(2)
                .run(r -> r.withFreeze("rnn.bias_hh*"));
        List<String> notes = new ArrayList<>();
        Path made = java(training.notes(notes::add).on(prose));
        Object[] said = {
            prose,
            "--cell",
            "gru",
            "--hidden",
            12,
            "--layers",
            2,
            "--dropout",
            0.2,
            "--embedding",
            5,
            "--unit",
            "byte",
            "--batch",
            4,
            "--seq-len",
            9,
            "--val-fraction",
            0.2,
            "--read",
            "stream",
            "--steps",
            40,
            "--optimizer",
            "rmsprop:alpha=0.9",
            "--clip",
            2,
            "--schedule",
            "step(10)",
            "--lr",
            3e-3,
            "--average",
            "ema:0.9",
            "--validate-every",
            10,
            "--seed",
            7,
            "--threads",
            2,
            "--freeze",
            "rnn.bias_hh*"
        };
        assertThat(made).hasSameBinaryContentAs(command(said));
        assertThat(notes).singleElement().asString().contains("read as a stream, the last 20 % held out, batch 4");
    }

    @Test
    void soIsARunThatGoesOnWithAModel() throws IOException {
        Path first = dir.resolve("first.safetensors");
        CharacterModel.training().hidden(9).steps(20).on(prose).write(first);
        Path more = Files.writeString(dir.resolve("more.txt"), PROSE.replace("question", "Frage, groß und schön"));
        List<String> notes = new ArrayList<>();
        Path made = java(CharacterModel.training()
                .from(first)
                .steps(15)
                .run(r -> r.withFreeze("rnn.*"))
                .notes(notes::add)
                .on(more, prose));
        assertThat(made)
                .hasSameBinaryContentAs(command(more, prose, "--from", first, "--steps", 15, "--freeze", "rnn.*"));
        assertThat(notes.get(0)).contains("going on with " + first, "new: 'F' (U+0046)");
        TextTraining other =
                CharacterModel.training().from(CharacterModel.read(first)).hidden(10);
        assertThatThrownBy(() -> other.on(more)).hasMessage("`hidden`: expected 9, as the trained model has, found 10");
        assertThatThrownBy(other::check).hasMessageContaining("`hidden`: expected 9");
        assertThatThrownBy(() ->
                        CharacterModel.training().from(first).unit(Unit.BYTE).on(more))
                .hasMessage("`unit`: expected codepoint, as the trained model has, found byte");
    }

    @Test
    void theReportIsWhatTheCommandPrints() throws IOException {
        try (Corpus corpus = Corpus.read(List.of(prose), Unit.CODEPOINT)) {
            TrainedText trained =
                    CharacterModel.training().hidden(8).steps(10).threads(1).fit(corpus);
            TextReport report = trained.report();
            Map<String, ?> printed = Ran.of(
                            "train",
                            "text",
                            prose,
                            "--out",
                            dir.resolve("m"),
                            "--hidden",
                            8,
                            "--steps",
                            10,
                            "--threads",
                            1,
                            "--json")
                    .good()
                    .json();
            for (String key : List.of("val_nats", "train_nats", "bigram_nats", "ended", "cell")) {
                assertThat(printed.get(key)).as(key).isEqualTo(report.figures().get(key));
            }
            assertThat(report.toString())
                    .matches("validation \\d\\.\\d{4} nats .*, bigrams \\d\\.\\d+; 10 steps in .* s");
            assertThat(report.loss()).isLessThan(4);
            assertThat(report.validated()).isTrue();
        }
    }

    @Test
    void aListenerStopsTheRunAndItGoesOnWithEqualBits() throws IOException {
        Path checkpoint = dir.resolve("run.checkpoint");
        TrainingListener afterSeven = new TrainingListener() {
            private boolean stop;

            @Override
            public void onStep(Progress progress) {
                stop = progress.step() == 7;
            }

            @Override
            public boolean asksToStop() {
                return stop;
            }
        };
        assertThatThrownBy(() -> small(20)
                        .listen(afterSeven)
                        .checkpoints(new Checkpoints(checkpoint, 0, false))
                        .on(prose))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("stopped after step 7")
                .hasMessageContaining(checkpoint.toString());
        CharacterModel resumed =
                small(20).checkpoints(new Checkpoints(checkpoint, 0, true)).on(prose);
        CharacterModel whole = small(20).on(prose);
        assertThat(resumed.params().values()).isEqualTo(whole.params().values());
        // Without checkpoints the run ends with what it has.
        CharacterModel ended = small(20).listen(afterSeven).on(prose);
        assertThat(ended.params().values()).isNotEqualTo(whole.params().values());
        assertThat(ended.origin().get("run")).contains("stopped after step 7", "\"steps\":7");
    }

    private static TextTraining small(long steps) {
        return CharacterModel.training()
                .cell("lstm")
                .hidden(6)
                .layers(l -> l.withDropout(0.1))
                .optimizer("adam:schedule=constant")
                .steps(steps)
                .threads(1);
    }

    @Test
    void whatDoesNotDoIsNamedByItsSetting() {
        assertThatThrownBy(() -> CharacterModel.training().hidden(0))
                .hasMessage("`hidden`: expected a whole number >= 1, found 0");
        assertThatThrownBy(() -> CharacterModel.training().cell("foo")).hasMessageContaining("no cell \"foo\"");
        assertThatThrownBy(() -> CharacterModel.training().steps(0)).hasMessageStartingWith("`steps`: ");
        assertThatThrownBy(() -> CharacterModel.training().minutes(Double.NaN)).hasMessageStartingWith("`minutes`: ");
        assertThatThrownBy(() -> CharacterModel.training().threads(0)).hasMessageStartingWith("`threads`: ");
        assertThatThrownBy(() -> CharacterModel.training().embedding(-1)).hasMessageStartingWith("`embedding`: ");
        assertThatThrownBy(
                        () -> CharacterModel.training().optimizer("adam:lr=0.1").learningRate(1))
                .hasMessageContaining("expected one lr");
        assertThatThrownBy(() -> CharacterModel.train("x")).hasMessageContaining("one character");
        assertThatThrownBy(() -> CharacterModel.train("")).hasMessageContaining("empty");
    }

    @Test
    void helpStandsUnderHeadings() {
        String help = Ran.of("train", "text", "--help").good().out();
        assertThat(help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")))
                .containsExactly("Data:", "Network:", "Training:", "Files:", "Output and help:");
        assertThat(help.indexOf("--seq-len", help.indexOf("Data:")))
                .isBetween(help.indexOf("Data:"), help.indexOf("Network:"));
        assertThat(help.indexOf("--hidden", help.indexOf("Data:")))
                .isBetween(help.indexOf("Network:"), help.indexOf("Training:"));
        assertThat(help.indexOf("--schedule", help.indexOf("Data:")))
                .isBetween(help.indexOf("Training:"), help.indexOf("Files:"));
        assertThat(help.indexOf("--out", help.indexOf("Data:"))).isGreaterThan(help.indexOf("Files:"));
        assertThat(help).contains("--json", "--help", "--debug", "Example: namaskar train text");
    }
}
