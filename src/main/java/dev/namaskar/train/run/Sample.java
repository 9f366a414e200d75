package dev.namaskar.train.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes by now of something that stays the same along a run, so that two samples differ by what was learned
 * alone.
 */
public sealed interface Sample {
    /** How many examples are answered: as many as a glance takes in. */
    int EXAMPLES = 6;

    /** As lines of a log and a page have it: texts, numbers, lists and maps. */
    Object toJson();

    /** What a model of text writes. */
    record Text(String text) implements Sample {
        @Override
        public Object toJson() {
            return text;
        }
    }

    /**
     * What a model says of an example.
     *
     * @param input the example, or what it is called
     * @param right what is right
     * @param said what the model says
     */
    record Answer(String input, String right, String said) {}

    /** What a model says of some examples, of those held out where there are any. */
    record Answers(List<Answer> answers) implements Sample {
        /** Copies the list. */
        public Answers {
            answers = List.copyOf(answers);
        }

        @Override
        public Object toJson() {
            return Map.of(
                    "answers",
                    answers.stream()
                            .map(answer -> {
                                Map<String, Object> one = new LinkedHashMap<>();
                                one.put("input", answer.input());
                                one.put("right", answer.right());
                                one.put("said", answer.said());
                                return one;
                            })
                            .toList());
        }
    }

    /**
     * A forecast beside what came.
     *
     * @param series the series' name
     * @param history values before; not a number where one is missing
     * @param actual values that came, {@code [H]}
     * @param forecast what one network says of them by itself, {@code [H]}
     * @param heldOut whether the network is not trained on what came
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Forecast(String series, double[] history, double[] actual, double[] forecast, boolean heldOut)
            implements Sample {
        @Override
        public Object toJson() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("series", series);
            all.put("history", list(history));
            all.put("actual", list(actual));
            all.put("forecast", list(forecast));
            all.put("held_out", heldOut);
            return all;
        }

        private static List<@Nullable Double> list(double[] values) {
            List<@Nullable Double> list = new ArrayList<>();
            for (double value : values) {
                list.add(Double.isFinite(value) ? (Double) value : null);
            }
            return list;
        }
    }
}
