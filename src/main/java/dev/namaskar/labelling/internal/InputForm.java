package dev.namaskar.labelling.internal;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.params.Setting;
import dev.namaskar.speech.Features;
import dev.namaskar.speech.FrontEnd;
import dev.namaskar.speech.Recording;
import dev.namaskar.symbols.Lexicon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a labelling network reads: symbols of texts, values of channels, or features of recordings. */
public sealed interface InputForm {
    /** The text of a model that holds the symbols. */
    String SYMBOLS = "symbols";

    /** The text of a model that holds how channels are scaled. */
    String CHANNELS = "channels";

    /** The text of a model that holds the front end of recordings. */
    String SPEECH = "speech";

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

        public Item item(String text) {
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

    /** Features of recordings, scaled. */
    record OfSound(FrontEnd frontEnd, Channels channels) implements InputForm {
        @Override
        public NetworkSpec network() {
            return NetworkSpec.values(channels.count());
        }

        @Override
        public Model in(Model model) {
            return model.withText(SPEECH, Json.write(RecordCodec.PLAIN.write(frontEnd)))
                    .withText(CHANNELS, channels.toJson());
        }

        public Item item(Recording recording) {
            return channels.item(sequence(frontEnd.features(recording)));
        }

        static ChannelSequence sequence(Features features) {
            return new ChannelSequence(features.values(), features.width(), "");
        }

        /** A recording in a file. */
        public Item item(Path file) throws IOException {
            try {
                return item(Recording.read(file));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }

        static OfSound of(String name, String speech, Channels channels) throws MalformedFileException {
            String what = name + ": " + SPEECH;
            try {
                FrontEnd frontEnd = RecordCodec.PLAIN.read("front end", FrontEnd.class, Json.readObject(what, speech));
                Setting.require(
                        frontEnd.width() == channels.count(),
                        CHANNELS,
                        "a mean for each of " + frontEnd.width() + " features",
                        channels.count());
                return new OfSound(frontEnd, channels);
            } catch (IllegalArgumentException e) {
                throw new MalformedFileException(what + ": " + e.getMessage(), e);
            }
        }

        @Override
        public String toString() {
            return "sound at " + frontEnd.framing().rate() + " Hz in " + channels.count() + " features";
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
        if (symbols != null) {
            return new OfText(Lexicon.fromJson(name + ": " + SYMBOLS, symbols));
        }
        Channels scale = Channels.fromJson(name + ": " + CHANNELS, String.valueOf(channels));
        String speech = stored.texts().get(SPEECH);
        return speech == null ? new OfChannels(scale) : OfSound.of(name, speech, scale);
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
