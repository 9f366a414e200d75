package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.Adaptation;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.corpus.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several networks in one file of a text model: no command may ask the first alone. */
class TextEnsembleCommandsTest {
    private static final String TEXT = "one for all and all for one, that is what we say\n".repeat(30);

    @TempDir
    Path dir;

    @Test
    void theCommandsAskAllMembers() throws IOException {
        Path text = Files.writeString(dir.resolve("text.txt"), TEXT);
        Path file = dir.resolve("three.safetensors");
        Ran trained =
                Ran.of("train", "text", text, "--out", file, "--ensemble", 3, "--hidden", 6, "--steps", 12, "--json");
        CharacterModel three = CharacterModel.read(file);
        assertThat(three.members()).hasSize(3);
        assertThat(trained.good().json()).containsEntry("ensemble", 3L);
        Vocabulary symbols = three.vocabulary();
        Tokens tokens = Tokens.of(symbols.encode(TEXT, new UnknownPolicy.Refuse()));
        double expected = three.score(tokens, GemmLibrary.JAVA).natsPerChar();
        assertThat(three.members().get(0).score(tokens, GemmLibrary.JAVA).natsPerChar())
                .isNotCloseTo(expected, within(1e-3));
        assertThat(said("nats_per_char", "evaluate", "text", text, "--model", file))
                .isCloseTo(expected, within(1e-4));
        double adapted = three.score(tokens, GemmLibrary.JAVA, Adaptation.USUAL).natsPerChar();
        assertThat(said("adapted_nats_per_char", "evaluate", "text", text, "--model", file, "--adapt"))
                .isCloseTo(adapted, within(1e-4));
        double likeliest = three.next("one", 1).get(0).probability();
        assertThat(Ran.of("next", "one", "--model", file).good().out())
                .contains(String.format(Locale.ROOT, "%.4f", likeliest));
        Ran.of("export", "onnx", file, "--out", dir.resolve("m.onnx"))
                .failed("is an ensemble of 3 networks", "--member 1 to 3");
        assertThat(Ran.of("inspect", file).good().out()).contains("in each of 3 networks");
        Ran.of("inspect", file, "--text", "one for all", "--out", dir.resolve("p.png"))
                .good();
        Ran.of("generate", "--model", file, "--length", 20, "--beam", 3, "--prime", "one")
                .good();
    }

    private static double said(String key, Object... command) throws IOException {
        return (Double) Ran.of(List.of(command), "--json").good().json().get(key);
    }
}
