package dev.namaskar.spark.stages;

import dev.namaskar.files.Json;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.TaskModel;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * What a model of labels, tags, translations or any other task says of each text of a column: the line that the command
 * {@code predict} prints, or its JSON object.
 */
public final class LabelPredictor extends RowStage<TaskModel, LabelPredictor> {
    private static final long serialVersionUID = 1;

    private final BooleanParam json;

    /** A stage of this name, into which a model is still to be read. */
    public LabelPredictor(String uid) {
        super(uid, TaskKind::read);
        json = new BooleanParam(this, "json", "JSON objects in place of lines");
    }

    /** The stage of a model. */
    public static LabelPredictor of(TaskModel model) throws IOException {
        LabelPredictor stage = new LabelPredictor(Identifiable$.MODULE$.randomUID("labelPredictor"));
        stage.take(model::write);
        return stage;
    }

    /**
     * The stage of a model in a file.
     *
     * @throws IOException when the file cannot be read, or is no model of a task: it says why
     */
    public static LabelPredictor of(Path file) throws IOException {
        return of(TaskKind.read(file));
    }

    /** Answers as JSON objects. */
    public LabelPredictor setJson(boolean asJson) {
        set(json, asJson);
        return this;
    }

    /** Whether answers are JSON objects. */
    public BooleanParam json() {
        return json;
    }

    @Override
    Asked<TaskModel> asked() {
        boolean objects = isOn(json);
        return (model, texts) -> {
            List<@Nullable Object> answers = new ArrayList<>();
            try {
                model.predict(texts, PredictionSettings.USUAL)
                        .forEach(said -> answers.add(objects ? Json.write(said.fields()) : said.line()));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            return answers;
        };
    }

    @Override
    DataType type() {
        return DataTypes.StringType;
    }

    /** Reads what was written. */
    public static MLReader<LabelPredictor> read() {
        return StoredStage.reader();
    }

    /** Reads what was written to a folder. */
    public static LabelPredictor load(String folder) {
        return read().load(folder);
    }
}
