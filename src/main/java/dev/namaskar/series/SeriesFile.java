package dev.namaskar.series;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.SafetensorsWriter;
import dev.namaskar.params.Params;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forecaster as a model file: the text {@code series} holds its specification, scales, calibration, columns and
 * frequency; the further members of an ensemble are tensors named {@code member1.rnn.weight_ih_l0} and so on.
 */
public final class SeriesFile {
    /** The text of a {@link Model} that holds all of a forecaster but its parameters. */
    public static final String TEXT = "series";

    private static final int MOST_MEMBERS = 1000;

    private SeriesFile() {}

    /**
     * A model and the tables it reads.
     *
     * @param model the forecaster
     * @param format how the table was read that it was trained on
     * @param frequency that table's step
     */
    public record Stored(SeriesModel model, TableFormat format, Frequency frequency) {}

    /** Writes a model; what was there before stays until the new file is complete. */
    public static void write(Path target, Stored stored) throws IOException {
        writer(stored).write(target);
    }

    /**
     * The same into a file that the caller holds, so that nobody else could write it meanwhile.
     *
     * @param texts what else the file is to say, by names of its own
     */
    public static void write(AtomicFile target, Stored stored, Map<String, String> texts) throws IOException {
        SafetensorsWriter writer = writer(stored);
        texts.forEach(writer::metadata);
        target.replace(writer::writeTo);
    }

    /** What writes a forecaster, member by member. */
    public static SafetensorsWriter writer(Stored stored) {
        SeriesModel model = stored.model();
        SafetensorsWriter writer =
                ModelFile.writer(new Model(model.network(), model.members().get(0), Map.of(TEXT, text(stored))));
        for (int m = 1; m < model.members().size(); m++) {
            ModelFile.add(writer, ModelFile.memberPrefix(m), model.members().get(m));
        }
        return writer;
    }

    /** All but the parameters, as JSON. */
    public static String text(Stored stored) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("model", stored.model().toMap());
        text.put("table", stored.format().toMap());
        text.put("frequency", stored.frequency().name());
        return Json.write(text);
    }

    /** Reads a model. */
    public static Stored read(Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return read(file);
        }
    }

    /** The same from a file that is open. */
    public static Stored read(Safetensors file) throws IOException {
        Model model = ModelFile.readMember(file, 0);
        String text = model.texts().get(TEXT);
        if (text == null) {
            throw new MalformedFileException(
                    file.file() + ": expected a model of series, found none; train series writes them");
        }
        String where = file.file() + ": " + TEXT;
        Map<String, @Nullable Object> map = Json.readObject(where, text);
        Map<String, @Nullable Object> forecaster = Json.object(where + ": model", map.get("model"));
        try {
            List<Params> members = new ArrayList<>(List.of(model.params()));
            int count = forecaster.get("members") instanceof Long n && n >= 1 && n <= MOST_MEMBERS ? n.intValue() : 1;
            for (int m = 1; m < count; m++) {
                members.add(ModelFile.params(file, model.params().layout(), ModelFile.memberPrefix(m)));
            }
            TableFormat format = TableFormat.fromMap(Json.object(where + ": table", map.get("table")));
            Frequency frequency = Frequency.parse(String.valueOf(map.get("frequency")));
            SeriesModel read = SeriesModel.fromMap(forecaster, model.network(), members);
            return new Stored(read.of(new SeriesModel.Source(format, frequency)), format, frequency);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(where + ": " + e.getMessage(), e);
        }
    }
}
