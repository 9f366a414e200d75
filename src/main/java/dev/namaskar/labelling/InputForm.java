package dev.namaskar.labelling;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.symbols.Lexicon;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a labelling network reads: symbols of texts, or values of channels. */
sealed interface InputForm {
    /** The text of a model that holds the symbols. */
    String SYMBOLS = "symbols";

    /** The text of a model that holds how channels are scaled. */
    String CHANNELS = "channels";

    /** Symbols of a lexicon. */
    record OfText(Lexicon lexicon) implements InputForm {
        @Override
        public NetworkSpec network() {
            return NetworkSpec.tokens(lexicon.size());
        }

        @Override
        public Model in(Model model) {
            return model.withText(SYMBOLS, lexicon.toJson());
        }

        Item item(String text) {
            int[] tokens = lexicon.encode(text);
            if (tokens.length == 0) {
                throw new IllegalArgumentException("expected a text of at least one "
                        + (lexicon.cut() == Lexicon.Cut.WORD ? "word" : "character") + " to label, found none");
            }
            return Item.ofTokens(tokens);
        }

        @Override
        public String toString() {
            return lexicon.toString();
        }
    }

    /** Values of channels, scaled. */
    record OfChannels(Channels channels) implements InputForm {
        @Override
        public NetworkSpec network() {
            return NetworkSpec.values(channels.count());
        }

        @Override
        public Model in(Model model) {
            return model.withText(CHANNELS, channels.toJson());
        }

        @Override
        public String toString() {
            return channels.count() + " channels";
        }
    }

    /** The text of a model that holds the columns of the table that it was trained on. */
    String COLUMNS = "columns";

    /** A model that remembers its table's columns. */
    static Model withColumns(Model model, SequenceFile.@Nullable Columns columns) {
        return columns == null
                ? model
                : model.withText(COLUMNS, Json.write(Map.of("group", columns.group(), "label", columns.label())));
    }

    /** The columns of the table that a model was trained on; null for a model of something else. */
    static SequenceFile.@Nullable Columns columns(String name, Model stored) throws MalformedFileException {
        String table = stored.texts().get(COLUMNS);
        if (table == null) {
            return null;
        }
        Map<String, @Nullable Object> map = Json.readObject(name + ": " + COLUMNS, table);
        return new SequenceFile.Columns(String.valueOf(map.get("group")), String.valueOf(map.get("label")));
    }

    /** A network that reads this, without layers so far. */
    NetworkSpec network();

    /** A model that remembers this. */
    Model in(Model model);

    /** What a stored model reads. */
    static InputForm of(String name, Model stored) throws MalformedFileException {
        String symbols = stored.texts().get(SYMBOLS);
        String channels = stored.texts().get(CHANNELS);
        if ((symbols == null) == (channels == null)) {
            throw new MalformedFileException(name + ": expected " + SYMBOLS + " or " + CHANNELS + ", found "
                    + (symbols == null ? "neither" : "both"));
        }
        return symbols != null
                ? new OfText(Lexicon.fromJson(name + ": " + SYMBOLS, symbols))
                : new OfChannels(Channels.fromJson(name + ": " + CHANNELS, String.valueOf(channels)));
    }

    /**
     * Checks that a network reads this and gives a logit for each label.
     *
     * @throws IllegalArgumentException if not
     */
    default void require(NetworkSpec spec, int labels) {
        NetworkSpec wanted = network();
        if (spec.tokens() != wanted.tokens()
                || spec.inputWidth() != wanted.inputWidth()
                || spec.outputWidth() != labels) {
            throw new IllegalArgumentException("expected a network that reads " + wanted.inputWidth()
                    + (wanted.tokens() ? " symbols (the unknown among them)" : " values") + " and gives " + labels
                    + " logits (a label each), found one that reads " + spec.inputWidth()
                    + (spec.tokens() ? " symbols" : " values") + " and gives " + spec.outputWidth());
        }
    }
}
