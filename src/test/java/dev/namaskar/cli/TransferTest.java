package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Json;
import dev.namaskar.files.ModelFile;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train text --from --freeze}: a trained model goes on with another text. */
class TransferTest {
    private static final String ENGLISH = "we go on with what we know and learn what is new to us now\n".repeat(20);
    private static final String FRENCH = "où es-tu allé, été où la forêt est à côté?\n".repeat(20);

    @TempDir
    Path dir;

    private Path english = Path.of("");
    private Path french = Path.of("");
    private Path first = Path.of("");

    @BeforeEach
    void trainTheFirstModel() throws IOException {
        english = Files.writeString(dir.resolve("english.txt"), ENGLISH);
        french = Files.writeString(dir.resolve("french.txt"), FRENCH);
        first = dir.resolve("first");
        train(english, first, "--cell", "gru", "--hidden", 12, "--embedding", 5, "--dropout", 0.1, "--steps", 60)
                .good();
    }

    private static Ran train(Path corpus, Path model, Object... more) {
        return Ran.of(List.of("train", "text", corpus, "--out", model, "--threads", 1, "--batch", 4), more);
    }

    @Test
    void newSymbolsGrowTheVocabularyAndAreNamed() throws IOException {
        Path second = dir.resolve("second");
        Ran ran =
                train(french, second, "--from", first, "--steps", 20, "--json").good();
        Vocabulary before = TextModelFile.read(first).vocabulary();
        Vocabulary after = TextModelFile.read(second).vocabulary();
        List<String> added = Stream.of(FRENCH.split("", -1))
                .filter(c -> !c.isEmpty() && !ENGLISH.contains(c))
                .distinct()
                .sorted()
                .toList();
        assertThat(after.toList().subList(0, before.size())).isEqualTo(before.toList());
        assertThat(after.toList().subList(before.size(), after.size())).isEqualTo(added);
        assertThat(ran.err())
                .contains("going on with " + first + ", which knows " + before.size() + " symbols; " + added.size()
                        + " new: ")
                .contains("'à' (U+00E0)", "'ê' (U+00EA)");
        assertThat(ran.json()).containsEntry("new_symbols", added).containsEntry("from", first.toString());
        assertThat(ran.json()).containsEntry("cell", "gru").containsEntry("hidden", 12L);
        String run = Objects.requireNonNull(ModelFile.read(second).texts().get("run"));
        assertThat(Json.readObject("run", run)).containsEntry("new_symbols", added);
        Ran.of("next", "for", "--model", second).good();
    }

    @Test
    void whatWasLearntIsWhereTheRunBegins() throws IOException {
        Ran before = Ran.of("evaluate", "text", english, "--model", first, "--split", "val", "--json");
        Ran after = train(english, dir.resolve("m"), "--from", first, "--steps", 1, "--lr", 1e-12, "--json");
        assertThat((Double) after.good().json().get("val_nats"))
                .isCloseTo((Double) before.json().get("nats_per_char"), within(1e-4));
        assertThat(after.err()).contains("none is new");
        assertThat(after.json()).containsEntry("new_symbols", List.of());
        Ran longer = train(english, first, "--from", first, "--steps", 60, "--json");
        assertThat((Double) longer.good().json().get("val_nats"))
                .as("the model is replaced by the one that went on with it")
                .isLessThan((Double) after.json().get("val_nats"));
    }

    @Test
    void frozenSlotsKeepEveryBit() throws IOException {
        Path second = dir.resolve("second");
        train(french, second, "--from", first, "--freeze", "rnn.*,embedding.weight", "--steps", 20)
                .good();
        CharacterModel before = TextModelFile.read(first);
        CharacterModel after = TextModelFile.read(second);
        for (String name : List.of("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0")) {
            assertThat(after.params().get(name))
                    .as(name)
                    .isEqualTo(before.params().get(name));
        }
        float[] old = before.params().get("embedding.weight");
        assertThat(Arrays.copyOf(after.params().get("embedding.weight"), old.length))
                .isEqualTo(old);
        assertThat(after.params().get("head.bias"))
                .isNotEqualTo(before.extendedBy(after.vocabulary()).params().get("head.bias"));

        train(french, second, "--from", first, "--freeze", "*.weight*", "--freeze", "*bias_?h*", "--steps", 20)
                .good();
        assertThat(Arrays.copyOf(TextModelFile.read(second).params().get("embedding.weight"), old.length))
                .isEqualTo(old);
    }

    @Test
    void aPatternThatFitsNothingOrEverythingIsAnError() {
        Path second = dir.resolve("second");
        train(french, second, "--from", first, "--freeze", "encoder.*")
                .failed("\"encoder.*\"", "rnn.weight_hh_l0", "embedding.weight", "head.bias");
        train(french, second, "--from", first, "--freeze", "*").failed("[*] freeze every slot");
        assertThat(second).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--cell, lstm, gru",
        "--hidden, 64, 12",
        "--layers, 2, 1",
        "--embedding, 0, 5",
        "--order, 2, 1",
        "--unit, byte, codepoint",
        "--forget-bias, 1, none",
    })
    void optionsThatContradictTheModelAreWrongUsage(String flag, String value, String expected) {
        Ran ran = train(french, dir.resolve("second"), "--from", first, flag, value);
        ran.wrongUsage(flag + ": expected " + expected, "found " + value);
    }

    @Test
    void optionsThatAgreeAreNoContradictionAndDropoutMayChange() throws IOException {
        Path second = dir.resolve("second");
        Object[] same = {"--from", first, "--cell", "gru", "--hidden", 12, "--layers", 1, "--embedding", 5};
        train(
                        french,
                        second,
                        Stream.concat(Stream.of(same), Stream.of("--steps", 2, "--dropout", 0.5))
                                .toArray())
                .good();
        assertThat(TextModelFile.read(second).network().spec().toMap().toString())
                .contains("rate=0.5");
        train(french, second, "--from", first, "--dropout", 0, "--steps", 2).good();
        assertThat(TextModelFile.read(second).network().spec().toMap().toString())
                .doesNotContain("dropout");
        train(french, second, "--from", first, "--steps", 2).good();
        assertThat(TextModelFile.read(second).network().spec().toMap().toString())
                .contains("rate=0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "adam:freeze=head.bias"})
    void aRunThatWasStoppedGoesOnBitForBit(String optimizer) throws IOException {
        List<?> settings = List.of("--from", first, "--freeze", "rnn.bias*", "--optimizer", optimizer, "--steps", 30);
        Path whole = dir.resolve("whole");
        train(french, whole, settings.toArray()).good();
        Path cut = dir.resolve("cut");
        Object[] part = Stream.concat(settings.stream(), Stream.of("--checkpoint-every", 10))
                .toArray();
        part[settings.size() - 1] = 20;
        part = Stream.concat(Stream.of(part), Stream.of("--schedule", "cosine(30)"))
                .toArray();
        train(french, cut, part).good();
        Object[] rest = Stream.concat(settings.stream(), Stream.of("--resume")).toArray();
        assertThat(train(french, cut, rest).good().err()).contains("going on from step 20");
        assertThat(TextModelFile.read(cut).params().values())
                .isEqualTo(TextModelFile.read(whole).params().values());

        rest[3] = "rnn.*";
        train(french, cut, rest).failed("resume with the data and the settings the run began with");
    }

    @Test
    void aCheckpointIsAModelToGoOnWith() {
        train(english, first, "--steps", 20, "--checkpoint-every", 10, "--hidden", 6)
                .good();
        train(french, dir.resolve("second"), "--from", first + ".checkpoint", "--steps", 5)
                .good();
    }

    @Test
    void whatIsNoTextModelIsRefused() {
        train(french, dir.resolve("second"), "--from", english).failed("english.txt");
        train(french, dir.resolve("second"), "--from", dir.resolve("absent")).failed("absent");
    }
}
