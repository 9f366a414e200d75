package dev.namaskar.serve.stepping;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.CausalConvolution;
import dev.namaskar.net.layers.Normalization;
import dev.namaskar.net.layers.Residual;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.symbols.Pieces;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Models of text of every make, with the parameters that they begin with. */
final class SmallModels {
    static final String LETTERS = "\nabcdefg é😀";

    private SmallModels() {}

    static Stream<CharacterModel> all() {
        List<CharacterModel> models = new ArrayList<>();
        for (Cell cell : Cells.all()) {
            models.add(model(LETTERS, 0, spec -> spec.recurrent(cell, 11).recurrent(cell, 6)));
        }
        models.add(model("abc", 0, spec -> spec.embedding(5).recurrent("lstm", 16)));
        models.add(model(LETTERS, 0, spec -> spec.recurrent(Cells.named("rnn", 3), 9)));
        models.add(model(
                LETTERS,
                0,
                spec -> spec.embedding(8)
                        .then(new Residual(
                                List.of(Normalization.rms(), new CausalConvolution(4), new Recurrent("rglru", 8))))
                        .then(Normalization.layer())));
        models.add(CharacterModel.ensemble(List.of(
                model(LETTERS, 0, spec -> spec.embedding(4).recurrent("gru", 7)),
                model(LETTERS, 0, spec -> spec.embedding(4).recurrent("gru", 7)))));
        models.add(model(LETTERS, 7, spec -> spec.recurrent("gru", 8)));
        models.add(model(LETTERS, 5, spec -> spec.recurrent("lstm", 8).lastStep()));
        models.add(bytes());
        models.add(pieces());
        return models.stream();
    }

    /** Layers between the symbols and their logits. */
    interface Layers {
        NetworkSpec above(NetworkSpec input);
    }

    static CharacterModel model(String letters, int window, Layers layers) {
        Vocabulary vocabulary = Vocabulary.ofCodePoints(letters.codePoints().toArray());
        Network network = layers.above(NetworkSpec.tokens(vocabulary.size()))
                .dense(vocabulary.size())
                .build();
        return new CharacterModel(network, network.initialize(letters.length() + window), vocabulary, window);
    }

    /** Symbols of several characters, of one, and of parts of some. */
    static CharacterModel pieces() {
        byte[] across = Arrays.copyOf("é😀".getBytes(StandardCharsets.UTF_8), 3);
        List<byte[]> strings = new ArrayList<>();
        for (String piece : List.of("ab", "abc", "ga", "é", "bcd")) {
            strings.add(piece.getBytes(StandardCharsets.UTF_8));
        }
        strings.add(across);
        Vocabulary vocabulary = Vocabulary.ofPieces(new Pieces(Pieces.Kind.BPE, strings));
        Network network = NetworkSpec.tokens(vocabulary.size())
                .embedding(6)
                .recurrent("gru", 12)
                .dense(vocabulary.size())
                .build();
        Params params = network.initialize(3);
        Slot bias = params.layout().slot("head.bias");
        for (int i = 256; i < vocabulary.size(); i++) {
            params.values()[bias.offset() + i] = 3; // so that they are chosen often
        }
        return new CharacterModel(network, params, vocabulary);
    }

    static CharacterModel bytes() {
        Network network = NetworkSpec.tokens(256)
                .embedding(6)
                .recurrent("gru", 12)
                .dense(256)
                .build();
        return new CharacterModel(network, network.initialize(3), Vocabulary.ofBytes());
    }
}
