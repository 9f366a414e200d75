package dev.namaskar.serve.predict;

import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.models.ServedModel;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Utf8Rule;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * {@code POST /v1/units}: what the units of a model of text are while it reads, character by character. Of a large state
 * those are told that change most.
 */
public final class Units {
    private static final int MOST_UNITS = 64;
    private static final int USUAL_UNITS = 32;
    /** Values are told as finely as a picture can show. */
    private static final double FINENESS = 1e3;

    private final ModelShelf shelf;
    private final PredictLimits limits;
    private final Turns turns;

    /** Units of the models of a shelf. */
    public Units(ModelShelf shelf, PredictLimits limits, Turns turns) {
        this.shelf = shelf;
        this.limits = limits;
        this.turns = turns;
    }

    /** What is answered. */
    public List<Route> routes() {
        return List.of(Route.post("/v1/units", this::answer));
    }

    private void answer(Exchange exchange) throws Exception {
        Fields fields = new Fields(exchange.object());
        String name = fields.text("model");
        ServedModel.Text text = shelf.get(name, ServedModel.Text.class);
        String read = fields.text("text");
        if (read.isEmpty() || read.length() > limits.characters()) {
            throw fields.wrong("text", "a text of 1 to " + limits.characters() + " characters", read);
        }
        int most = fields.whole("units", USUAL_UNITS, 1, MOST_UNITS);
        String part = fields.text("part", "");
        fields.noOthers();
        Map<String, Object> answer = turns.take(() -> told(fields, text.model(), read, part, most));
        answer.put("model", name);
        exchange.note(name + " read " + read.length());
        exchange.reply(answer);
    }

    private static Map<String, Object> told(Fields fields, CharacterModel model, String text, String part, int most) {
        List<String> characters = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        Trace trace;
        try {
            divide(model.vocabulary(), text, characters, ends);
            trace = Trace.of(model, text, 1, new UnknownPolicy.Refuse());
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong("invalid_input", "text", Objects.requireNonNullElse(e.getMessage(), ""));
        }
        List<String> parts = List.copyOf(trace.units().keySet());
        String chosen = part.isEmpty() ? parts.get(0) : part;
        float[][] values = trace.units().get(chosen);
        if (values == null) {
            throw fields.wrong("part", "one of " + parts, part);
        }
        int[] units = liveliest(values, most);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("characters", characters);
        answer.put("parts", parts);
        answer.put("part", chosen);
        answer.put("of", values[0].length);
        answer.put("units", IntStream.of(units).boxed().toList());
        answer.put(
                "values",
                IntStream.of(units).mapToObj(unit -> told(values, unit, ends)).toList());
        return answer;
    }

    /**
     * The characters that the model reads, and the symbol that ends each.
     *
     * @param characters modified: added to; several in one where a symbol stands for several
     * @param ends modified: added to
     */
    private static void divide(Vocabulary vocabulary, String text, List<String> characters, List<Integer> ends) {
        int[] symbols = vocabulary.encode(text, new UnknownPolicy.Refuse());
        Utf8Rule rule = new Utf8Rule();
        for (int t = 0; t < symbols.length; t++) {
            String whole = vocabulary.unit() == Unit.CODEPOINT
                    ? vocabulary.decode(symbols[t])
                    : rule.follow(vocabulary.bytes(symbols[t]));
            if (!whole.isEmpty()) {
                characters.add(whole);
                ends.add(t);
            }
        }
    }

    /** The units that change most, most first. */
    private static int[] liveliest(float[][] values, int most) {
        double[] variance = new double[values[0].length];
        for (int unit = 0; unit < variance.length; unit++) {
            double mean = 0;
            for (float[] row : values) {
                mean += row[unit];
            }
            mean /= values.length;
            for (float[] row : values) {
                variance[unit] += (row[unit] - mean) * (row[unit] - mean);
            }
        }
        return IntStream.range(0, variance.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer unit) -> -variance[unit]))
                .limit(most)
                .mapToInt(unit -> unit)
                .toArray();
    }

    private static List<Double> told(float[][] values, int unit, List<Integer> ends) {
        return ends.stream()
                .map(t -> Math.round(values[t][unit] * FINENESS) / FINENESS)
                .toList();
    }
}
