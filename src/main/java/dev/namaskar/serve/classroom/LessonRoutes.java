package dev.namaskar.serve.classroom;

import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.Slot;
import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lessons over HTTP: {@code GET /classroom?word=namaskar&cell=rnn&hidden=6&rate=0.5&updates=100&seed=1}; what is left out is
 * usual. The answer depends on nothing else, so that a lesson can be shared by its address.
 */
public final class LessonRoutes {
    /** Points of the curve of losses at most. */
    private static final int MOST_POINTS = 250;

    private LessonRoutes() {}

    /** The route. */
    public static List<Route> of() {
        return List.of(Route.get("/classroom", exchange -> exchange.reply(toMap(lesson(exchange)))));
    }

    private static Lesson lesson(Exchange exchange) {
        LessonSettings usual = LessonSettings.USUAL;
        try {
            return Lesson.of(new LessonSettings(
                    text(exchange, "word", usual.word()),
                    text(exchange, "cell", usual.cell()),
                    (int) number(exchange, "hidden", usual.hidden()),
                    number(exchange, "rate", usual.rate()),
                    (int) number(exchange, "updates", usual.updates()),
                    (long) number(exchange, "seed", (double) usual.seed())));
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong("wrong_lesson", null, String.valueOf(e.getMessage()));
        }
    }

    private static String text(Exchange exchange, String name, String usual) {
        String found = exchange.query(name);
        return found == null ? usual : found;
    }

    private static double number(Exchange exchange, String name, double usual) {
        String found = exchange.query(name);
        try {
            return found == null ? usual : Double.parseDouble(found);
        } catch (NumberFormatException e) {
            throw Refusal.wrong("wrong_lesson", name, "`" + name + "`: expected a number, found something else");
        }
    }

    private static Map<String, @Nullable Object> toMap(Lesson lesson) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        LessonSettings settings = lesson.settings();
        map.put("word", settings.word());
        map.put("cell", settings.cell());
        map.put("hidden", settings.hidden());
        map.put("rate", settings.rate());
        map.put("updates", settings.updates());
        map.put("seed", settings.seed());
        map.put("letters", lesson.letters().toList());
        List<Double> losses = lesson.losses();
        map.put("loss", losses.get(losses.size() - 1));
        map.put("losses", thinned(losses));
        map.put(
                "parts",
                lesson.network().state().parts().stream()
                        .map(StateLayout.Part::name)
                        .toList());
        map.put(
                "steps",
                lesson.steps().stream().map(step -> toMap(lesson, step)).toList());
        Map<String, Object> slots = new LinkedHashMap<>();
        for (Slot slot : lesson.params().layout().slots()) {
            slots.put(
                    slot.name(),
                    Map.of("shape", slot.shape(), "values", list(lesson.params().get(slot.name()))));
        }
        map.put("parameters", slots);
        return map;
    }

    private static List<List<Object>> thinned(List<Double> losses) {
        List<List<Object>> points = new ArrayList<>();
        int every = (losses.size() + MOST_POINTS - 1) / MOST_POINTS;
        for (int i = 0; i < losses.size(); i++) {
            if (i % every == 0 || i == losses.size() - 1) {
                points.add(List.of(i, losses.get(i)));
            }
        }
        return points;
    }

    private static Map<String, Object> toMap(Lesson lesson, LessonStep step) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("read", lesson.letters().text(step.read()));
        map.put("target", lesson.letters().text(step.target()));
        map.put("state", list(step.state()));
        map.put("logits", list(step.logits()));
        map.put("probabilities", Arrays.stream(step.probabilities()).boxed().toList());
        map.put("loss", step.loss());
        map.put("d_logits", list(step.dLogits()));
        map.put("d_own", list(step.dOwn()));
        map.put("d_later", list(step.dLater()));
        map.put("d_last", list(step.dLast()));
        return map;
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
