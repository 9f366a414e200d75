package dev.namaskar.labelling.internal;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.labelling.data.LabelProbability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The labels of a model, in the order of its logits. */
public record LabelNames(List<String> names) {
    /** The text of a model that holds them. */
    public static final String LABELS = "labels";

    public LabelNames {
        names = List.copyOf(names);
        if (new LinkedHashSet<>(names).size() < names.size() || names.contains("")) {
            throw new IllegalArgumentException("expected labels, each a text of its own, found " + names);
        }
    }

    public int size() {
        return names.size();
    }

    /** The index of a label; below 0 for one that is not known. */
    public int indexOf(String label) {
        return names.indexOf(label);
    }

    /**
     * The index of a label that has to be known.
     *
     * @throws IllegalArgumentException if it is not
     */
    public int require(String label, String place) {
        int index = names.indexOf(label);
        if (index < 0) {
            throw new IllegalArgumentException(
                    place + ": expected labels that the model knows, " + names + ", found \"" + label + "\"");
        }
        return index;
    }

    /** The indices of labels that have to be known. */
    public int[] require(List<String> labels, String place) {
        return labels.stream().mapToInt(label -> require(label, place)).toArray();
    }

    /** The likeliest labels by their log probabilities, likeliest first, of equals the earlier first. */
    public List<LabelProbability> likeliest(double[] logs, int top) {
        return IntStream.range(0, logs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -logs[k]))
                .limit(top)
                .map(k -> new LabelProbability(names.get(k), Math.exp(logs[k])))
                .toList();
    }

    public Model in(Model model) {
        return model.withText(LABELS, Json.write(names));
    }

    public static LabelNames of(String name, Model stored) throws MalformedFileException {
        String what = name + ": " + LABELS;
        List<String> names = new ArrayList<>();
        for (@Nullable
        Object label : Json.array(what, Json.read(what, stored.texts().getOrDefault(LABELS, "[]")))) {
            if (!(label instanceof String text)) {
                throw new MalformedFileException(what + ": expected labels as texts, found " + Json.kind(label));
            }
            names.add(text);
        }
        try {
            return new LabelNames(names);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
    }
}
