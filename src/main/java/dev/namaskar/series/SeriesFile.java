package dev.namaskar.series;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.SafetensorsWriter;
import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.series.interval.Conformal;
import dev.namaskar.series.interval.ScoreRecord;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.Columns;
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
 * frequency; the further members of an ensemble are tensors named {@code member1.rnn.weight_ih_l0} and so on, those of
 * networks of another kind {@code beside0.rnn.weight_ih_l0}.
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

    /** All but the parameters, as model files keep it. */
    private record Settings(
            ForecastSpecMap specification,
            int members,
            double[] columnShift,
            double[] columnScale,
            double[] conformalScale,
            double[] conformalLevels,
            double[] conformalReach,
            @Nullable Double conformalTrust,
            @Nullable Integer beside) {}

    static Map<String, Object> settings(SeriesModel model) {
        Columns columns = model.columns();
        Conformal conformal = model.conformal();
        SeriesModel other = model.beside();
        return ForecastSpecMap.CODEC.write(new Settings(
                ForecastSpecMap.of(model.spec()),
                model.members().size(),
                columns.shift(),
                columns.scale(),
                conformal.scale(),
                conformal.levels(),
                conformal.reach(),
                conformal.trust(),
                other == null ? null : other.members().size()));
    }

    /**
     * Puts together what {@link #settings} wrote and the members' parameters.
     *
     * @throws IllegalArgumentException if something is missing, of another type or out of range
     */
    static SeriesModel model(Map<String, ?> map, Network network, List<Params> members, SeriesModel.Source source) {
        return model(stored(map), network, members, List.of(), source);
    }

    private static Settings stored(Map<String, ?> map) {
        return ForecastSpecMap.CODEC.read("series model", Settings.class, map);
    }

    private static SeriesModel model(
            Settings stored, Network network, List<Params> members, List<Params> others, SeriesModel.Source source) {
        ForecastSpec spec = stored.specification().spec();
        if (!spec.network().equals(network.spec())) {
            throw new IllegalArgumentException("expected the network " + spec.network() + ", found " + network.spec());
        }
        Columns columns = new Columns(stored.columnShift(), stored.columnScale());
        Conformal conformal = new Conformal(
                stored.conformalScale(),
                stored.conformalLevels(),
                stored.conformalReach(),
                stored.conformalTrust() == null ? 1 : stored.conformalTrust());
        boolean fits = conformal.scale().length == spec.horizon()
                && columns.shift().length
                        == spec.known().size() + spec.observed().size()
                && members.size() == stored.members();
        if (!fits) {
            throw new IllegalArgumentException("expected calibration for " + spec.horizon()
                    + " steps, scales for every column and all members in the series model");
        }
        ForecastSpec kind = spec.beside();
        if (kind == null ? !others.isEmpty() : others.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected networks of the kind beside the first, if there is one, found " + others.size());
        }
        ScoreRecord none = ScoreRecord.empty(0, 1);
        SeriesModel beside = kind == null
                ? null
                : new SeriesModel(
                        kind, kind.network().build(), others, columns, conformal, none, Map.of(), source, null);
        return new SeriesModel(spec, network, members, columns, conformal, none, Map.of(), source, beside);
    }

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
        SeriesModel other = model.beside();
        for (int m = 0; other != null && m < other.members().size(); m++) {
            ModelFile.add(writer, ModelFile.besidePrefix(m), other.members().get(m));
        }
        return writer;
    }

    /** All but the parameters, as JSON. */
    public static String text(Stored stored) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("model", settings(stored.model()));
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
            Settings settings = stored(forecaster);
            for (int m = 1; m < Math.min(settings.members(), MOST_MEMBERS); m++) {
                members.add(ModelFile.params(file, model.params().layout(), ModelFile.memberPrefix(m)));
            }
            List<Params> others = others(file, settings);
            TableFormat format = TableFormat.fromMap(Json.object(where + ": table", map.get("table")));
            Frequency frequency = Frequency.parse(String.valueOf(map.get("frequency")));
            SeriesModel.Source source = new SeriesModel.Source(format, frequency);
            return new Stored(model(settings, model.network(), members, others, source), format, frequency);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(where + ": " + e.getMessage(), e);
        }
    }

    /** The networks of the kind beside the first. */
    private static List<Params> others(Safetensors file, Settings stored) throws IOException {
        List<Params> others = new ArrayList<>();
        ForecastSpec kind = stored.specification().spec().beside();
        int count = kind == null || stored.beside() == null ? 0 : Math.min(stored.beside(), MOST_MEMBERS);
        for (int m = 0; kind != null && m < count; m++) {
            others.add(ModelFile.params(file, kind.network().build().params(), ModelFile.besidePrefix(m)));
        }
        return others;
    }
}
