package dev.namaskar.spark.stages;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.corpus.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * How well a character model predicts each text of a column, in mean nats per character, each text from a zero state; null for
 * texts of fewer than two characters. Products are plain Java's, so that every executor gives the same bits.
 */
public final class CharacterScorer extends RowStage<CharacterModel, CharacterScorer> {
    private static final long serialVersionUID = 1;

    private final BooleanParam skipUnknown;

    /** A stage of this name, into which a model is still to be read. */
    public CharacterScorer(String uid) {
        super(uid, CharacterModel::read);
        skipUnknown = new BooleanParam(this, "skipUnknown", "leave out what the model does not know, or refuse it");
    }

    /** The stage of a model. */
    public static CharacterScorer of(CharacterModel model) throws IOException {
        CharacterScorer stage = new CharacterScorer(Identifiable$.MODULE$.randomUID("characterScorer"));
        stage.take(model::write);
        return stage;
    }

    /**
     * The stage of a model in a file.
     *
     * @throws IOException when the file cannot be read, or is no character model: it says why
     */
    public static CharacterScorer of(Path file) throws IOException {
        return of(CharacterModel.read(file));
    }

    /** Leaves out characters that the model does not know; without it they are refused. */
    public CharacterScorer setSkipUnknown(boolean skip) {
        set(skipUnknown, skip);
        return this;
    }

    /** Whether characters that the model does not know are left out. */
    public BooleanParam skipUnknown() {
        return skipUnknown;
    }

    @Override
    Asked<CharacterModel> asked() {
        boolean skip = isOn(skipUnknown);
        return (model, texts) -> {
            UnknownPolicy policy = skip ? new UnknownPolicy.Skip() : new UnknownPolicy.Refuse();
            List<@Nullable Object> scores = new ArrayList<>();
            for (String text : texts) {
                int[] symbols = model.vocabulary().encode(text, policy);
                scores.add(
                        symbols.length < 2
                                ? null
                                : model.score(Tokens.of(symbols), GemmLibrary.JAVA)
                                        .natsPerChar());
            }
            return scores;
        };
    }

    @Override
    DataType type() {
        return DataTypes.DoubleType;
    }

    /** Reads what was written. */
    public static MLReader<CharacterScorer> read() {
        return StoredStage.reader();
    }

    /** Reads what was written to a folder. */
    public static CharacterScorer load(String folder) {
        return read().load(folder);
    }
}
