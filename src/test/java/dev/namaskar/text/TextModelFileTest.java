package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.Predictions;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextModelFileTest {
    @ParameterizedTest
    @EnumSource(Unit.class)
    void aCharacterModelComesBack(Unit unit, @TempDir Path folder) throws IOException {
        Vocabulary vocabulary = Vocabulary.of("नमस्कार 🙏\n\"\\", unit);
        Model random = Predictions.random(
                NetworkSpec.tokens(vocabulary.size()).recurrent("gru", 5).dense(vocabulary.size()), 4);
        CharacterModel model = new CharacterModel(random.network(), random.params(), vocabulary);
        TextModelFile.write(folder.resolve("m"), model);
        CharacterModel read = TextModelFile.read(folder.resolve("m"));
        assertThat(read.vocabulary()).isEqualTo(vocabulary);
        UnknownPolicy refuse = new UnknownPolicy.Refuse();
        assertThat(read.next("नम", 5, refuse)).isEqualTo(model.next("नम", 5, refuse));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"a\",\"b\"]                                     | expected a network that reads 2 symbols",
                "[\"a\",\"b\",\"a\"]                               | stands twice",
                "[\"a\",\"b\",3]                                   | expected a string as symbol 2, found the value 3",
                "[\"a\",\"b\",\"cc\"]                              | expected one code point per symbol of the"
                        + " vocabulary, found \"cc\" of 2 at index 2",
                "[\"a\",\"b\",\"\"]                                | found \"\" of 0 at index 2",
                "[\"a\",\"b\",\"e\u0301\"]                         | of 2 at index 2",
                "{\"a\":0,\"b\":1,\"c\":2.5}                       | expected an array of symbols in the order of"
                        + " their indices, or an object of an index for each symbol or a symbol for each index, found the"
                        + " value 2.5 for \"c\"",
                "{\"a\":0,\"b\":1,\"c\":1}                         | expected an index of its own for each symbol,"
                        + " found 1 for \"b\" and \"c\"",
                "{\"a\":0,\"b\":1,\"c\":3}                         | expected the indices 0 to 2, found none of 2 but"
                        + " one of 3",
                "{\"0\":\"a\",\"1\":\"b\",\"x\":\"c\"}               | found the string \"c\" for \"x\"",
                "{}                                                | expected at least one symbol",
                "{\"symbols\":[\"a\"]}                             | found an object without a unit",
                "[\"a\",\"b\",\"\\ud800\"]                         | expected a Unicode scalar value, found U+D800",
                "{\"unit\":\"syllable\",\"symbols\":[]}            | found an object whose unit is the string \"syllable\"",
                "{\"unit\":\"word\",\"symbols\":[]}                | expected the 256 bytes 00 .. ff in order, found 0",
                "{\"unit\":\"byte\",\"symbols\":[\"00\"]}          | expected the 256 bytes",
                "7                                                 | expected a JSON array, found the value 7"
            })
    void whatIsNoVocabularyIsANamedError(String json, String message) {
        Model model = Predictions.random(
                        NetworkSpec.tokens(3).recurrent("rnn", 2).dense(3), 1)
                .withText(TextModelFile.VOCABULARY, json);
        assertThatThrownBy(() -> TextModelFile.of("m", model))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("m: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"b\":1,\"a\":0,\"c\":2}             | [\"a\",\"b\",\"c\"]",
                "{\"1\":\"b\",\"0\":\"a\",\"2\":\"c\"}       | [\"a\",\"b\",\"c\"]",
                "{\"1\":0,\"0\":1,\"2\":2}             | [\"1\",\"0\",\"2\"]",
                "{\"0\":\"2\",\"1\":\"1\",\"2\":\"0\"}       | [\"2\",\"1\",\"0\"]",
                "{\"a\":1,\"b\":2}                     | [\"<pad>\",\"a\",\"b\"]",
                "{\"<unk>\":2,\"a\":0,\"b\":1}         | [\"a\",\"b\",\"<unk>\"]"
            })
    void vocabulariesAsOthersKeepThem(String json, String list) throws IOException {
        assertThat(VocabularyJson.read("v", json)).isEqualTo(VocabularyJson.read("v", list));
    }

    @Test
    void aWindowTravelsWithTheModel() throws IOException {
        Model network = Predictions.random(
                NetworkSpec.tokens(3).recurrent("rnn", 2).lastStep().dense(3), 1);
        Vocabulary vocabulary = Vocabulary.of("abc", Unit.CODEPOINT);
        CharacterModel model = new CharacterModel(network.network(), network.params(), vocabulary, 4);
        Model stored = TextModelFile.model(model);
        assertThat(TextModelFile.of("m", stored).window()).isEqualTo(4);
        assertThat(TextModelFile.of(
                                "m",
                                TextModelFile.model(
                                        new CharacterModel(network.network(), network.params(), vocabulary)))
                        .window())
                .isZero();
        assertThatThrownBy(() -> TextModelFile.of("m", stored.withText(TextModelFile.WINDOW, "-1")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("expected a number of symbols as \"window\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aModelOfSomethingElseIsNotText(boolean scalers) {
        Model model =
                Predictions.random(NetworkSpec.values(3).recurrent("rnn", 2).dense(3), 1);
        Model other = scalers ? model.withText("scalers", "{}") : model;
        assertThatThrownBy(() -> TextModelFile.of("m", other))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("expected a text model");
    }
}
