package dev.namaskar.serve.predict;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.series.evaluate.StrayEnds;
import dev.namaskar.series.interval.FarBands;
import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.models.ServedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/forecast}: a history in, the steps after its end out, with intervals. The history is a table as text, read
 * as {@code forecast} reads a file, or series of numbers.
 */
public final class Forecasts {
    private static final int MOST_LEVELS = 20;

    private final ModelShelf shelf;
    private final Turns turns;

    /** Forecasts by the models of a shelf. */
    public Forecasts(ModelShelf shelf, Turns turns) {
        this.shelf = shelf;
        this.turns = turns;
    }

    /** What is answered. */
    public List<Route> routes() {
        return List.of(Route.post("/v1/forecast", this::answer));
    }

    private void answer(Exchange exchange) throws Exception {
        Fields fields = new Fields(exchange.object());
        String name = fields.text("model");
        Answer answer = forecast(shelf.get(name, ServedModel.Forecasting.class).model(), fields);
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("model", name);
        whole.put(
                "forecasts",
                answer.forecasts().stream()
                        .map(forecast -> ForecastTable.toMap(answer.table(), forecast))
                        .toList());
        whole.put("notes", answer.notes());
        exchange.note(name + " series " + answer.forecasts().size());
        exchange.reply(whole);
    }

    /**
     * What a model says of a history.
     *
     * @param table the history
     * @param forecasts of each of its series
     * @param notes sentences on what makes them less sure
     */
    public record Answer(Table table, List<Forecast> forecasts, List<String> notes) {}

    /**
     * What a model says of the history of a request.
     *
     * @param fields the history and settings
     * @throws Refusal naming the field that is wrong
     */
    public Answer forecast(SeriesModel model, Fields fields) throws Exception {
        fields.value("model");
        int most = model.spec().horizon();
        int steps = fields.whole("horizon", most, 1, most);
        double[] levels = levels(fields.value("levels"), fields, model);
        return turns.take(() -> {
            Table table = History.read(fields, model);
            fields.noOthers();
            return forecast(model, table, steps, levels);
        });
    }

    /** Percentages in any order: {@code [80, 95]}. */
    private static double[] levels(@Nullable Object given, Fields fields, SeriesModel model) {
        if (given == null) {
            return model.spec().levels();
        }
        List<?> list = given instanceof List<?> several ? several : List.of(given);
        String expected = "a list of 1 to " + MOST_LEVELS + " percentages between 0 and 100";
        if (list.isEmpty() || list.size() > MOST_LEVELS) {
            throw fields.wrong("levels", expected, given);
        }
        double[] levels = new double[list.size()];
        for (int i = 0; i < levels.length; i++) {
            if (!(list.get(i) instanceof Number number)) {
                throw fields.wrong("levels", expected, given);
            }
            levels[i] = number.doubleValue() / 100;
        }
        Arrays.sort(levels);
        try {
            Levels.check(levels);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("levels", expected, given);
        }
        return levels;
    }

    private static Answer forecast(SeriesModel model, Table table, int steps, double[] levels) {
        List<Series> series = table.series();
        try {
            List<Forecast> forecasts = model.forecast(series, steps, levels);
            List<String> notes = new ArrayList<>(table.notes());
            notes.addAll(model.unknown(series));
            notes.addAll(StrayEnds.warnings(series));
            notes.addAll(FarBands.warnings(series, forecasts));
            return new Answer(table, forecasts, notes);
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong("invalid_input", "history", Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }
}
