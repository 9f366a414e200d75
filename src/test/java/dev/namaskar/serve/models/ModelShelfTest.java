package dev.namaskar.serve.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come, change, break and go while their models are served. */
class ModelShelfTest {
    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();

    private static CharacterModel model(int seed) {
        Network network = NetworkSpec.tokens(3).recurrent("gru", 4).dense(3).build();
        return new CharacterModel(network, network.initialize(seed), Vocabulary.ofCodePoints('a', 'b', 'c'));
    }

    private Path write(String name, int seed) throws IOException {
        Path file = folder.resolve(name + ".safetensors");
        model(seed).write(file);
        // Two files of one size within a tick of the clock could not be told apart.
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * (seed + 1)));
        return file;
    }

    private void look(ModelShelf shelf, int times) {
        for (int i = 0; i < times; i++) {
            shelf.look(log::add, true);
        }
    }

    private static float first(ModelShelf shelf, String name) {
        return ((ServedModel.Text) shelf.get(name)).model().params().values()[0];
    }

    @Test
    void filesComeChangeAndGo() throws Exception {
        write("one", 1);
        ModelShelf shelf = ModelShelf.of(List.of(folder));
        assertThat(shelf.all()).extracting(ServedModel::name).containsExactly("one");

        write("two", 2);
        look(shelf, 2);
        assertThat(shelf.all()).extracting(ServedModel::name).containsExactly("one", "two");
        ServedModel before = shelf.get("one");
        look(shelf, 3);
        assertThat(shelf.get("one")).isSameAs(before);

        write("one", 3);
        look(shelf, 2);
        assertThat(first(shelf, "one")).isEqualTo(model(3).params().values()[0]);

        Files.delete(folder.resolve("two.safetensors"));
        look(shelf, 1);
        assertThat(shelf.has("two")).isTrue(); // a file that is replaced may be away for a moment
        look(shelf, 3);
        assertThatThrownBy(() -> shelf.get("two"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(404));
        assertThat(log)
                .extracting(line -> line.replaceAll(",.*", ""))
                .containsExactly("model two: read", "model one: replaced", "model two: gone");
    }

    @Test
    void aBrokenFileLeavesTheOldModelAndIsToldOf() throws Exception {
        Path file = write("one", 1);
        ModelShelf shelf = ModelShelf.of(List.of(folder));
        byte[] good = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(good, good.length / 2));
        look(shelf, 2);
        assertThat(first(shelf, "one")).isEqualTo(model(1).params().values()[0]);
        assertThat(shelf.troubles()).containsOnlyKeys("one");
        assertThat(shelf.troubles().get("one")).endsWith("; the one before stays");
        look(shelf, 5);
        assertThat(log).hasSize(1);

        write("one", 2);
        look(shelf, 2);
        assertThat(shelf.troubles()).isEmpty();
        assertThat(first(shelf, "one")).isEqualTo(model(2).params().values()[0]);
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftUntilItRests() throws Exception {
        ModelShelf shelf = ModelShelf.of(List.of(folder));
        byte[] whole = Files.readAllBytes(write("one", 1));
        Path file = folder.resolve("two.safetensors");
        for (int part = 1; part <= 4; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * part / 4));
            look(shelf, 1);
        }
        assertThat(shelf.has("two")).isFalse();
        look(shelf, 1);

        assertThat(shelf.has("two")).isTrue();
        assertThat(shelf.troubles()).isEmpty();
    }

    @Test
    void whatIsNamedHasToBeThereAndRight() throws Exception {
        Path one = write("one", 1);
        Path broken = Files.writeString(folder.resolve("broken.safetensors"), "nothing");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(one, other.resolve("one.safetensors"));

        assertThatThrownBy(() -> ModelShelf.of(List.of(folder.resolve("none"))))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ModelShelf.of(List.of(broken))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ModelShelf.of(List.of(one, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a second for \"one\"");
        ModelShelf shelf = ModelShelf.of(List.of(folder));
        assertThat(shelf.all()).hasSize(1);
        assertThat(shelf.troubles()).containsOnlyKeys("broken");
    }
}
