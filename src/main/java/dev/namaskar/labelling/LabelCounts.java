package dev.namaskar.labelling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each label stands among examples. */
record LabelCounts(Map<String, Integer> counts, int examples) {
    /** With fewer examples nothing can be said of labels that stand once. */
    private static final int FEWEST = 20;

    private static final int SHOWN = 20;
    /** A label of such a share of the examples hides all others. */
    private static final double MOST = 0.9;

    static LabelCounts of(List<LabelledInput> examples) {
        Map<String, Integer> counts = new TreeMap<>();
        examples.forEach(one -> counts.merge(one.labels(), 1, Integer::sum));
        return new LabelCounts(counts, examples.size());
    }

    /** The labels, each once. */
    Collection<String> labels() {
        return counts.keySet();
    }

    /** What an example of a label counts, {@code (n / (K n_k))^power}; 0 for a label that no example has. */
    double weight(String label, double power) {
        int count = counts.getOrDefault(label, 0);
        return count == 0 ? 0 : Math.pow(examples / ((double) counts.size() * count), power);
    }

    private List<String> once() {
        return counts.entrySet().stream()
                .filter(one -> one.getValue() == 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Refuses what no classifier can be learned from: labels that are missing, one label alone, and texts or numbers in the
     * place of labels, which do not come back.
     */
    void requireKinds(List<LabelledInput> all) {
        all.stream().filter(one -> one.labels().isEmpty()).findFirst().ifPresent(one -> {
            throw new IllegalArgumentException("expected a label for each sequence, found none for " + one.place());
        });
        if (counts.size() < 2) {
            throw new IllegalArgumentException("expected examples of at least two labels, found " + labels());
        }
        int once = once().size();
        if (examples < FEWEST || 2 * once <= examples) {
            return;
        }
        long inputs = all.stream().map(LabelledInput::content).distinct().count();
        throw new IllegalArgumentException("expected labels that come back, found " + counts.size()
                + " different ones of " + examples + " examples, " + once + " of them once"
                + (4 * inputs < examples
                        ? ", and " + inputs + " different inputs before them: labels seem to stand first, and have to"
                                + " stand behind what they are labels of"
                        : ""));
    }

    /** What people should know of their labels. */
    List<String> oddities(List<LabelledInput> all) {
        List<String> said = new ArrayList<>();
        counts.forEach((label, count) -> {
            if (count >= MOST * examples) {
                said.add(String.format(
                        Locale.ROOT,
                        "%.1f %% of the examples are called %s, so that always saying so is right as often; `balance`"
                                + " lets rare labels count more",
                        100.0 * count / examples,
                        label));
            }
        });
        Map<String, List<LabelledInput>> texts = all.stream()
                .filter(one -> !(one.source() instanceof Source.Steps))
                .collect(Collectors.groupingBy(LabelledInput::name, LinkedHashMap::new, Collectors.toList()));
        texts.values().removeIf(same -> of(same).counts.size() == 1);
        texts.values().stream()
                .findFirst()
                .ifPresent(same -> said.add("the same input has several labels in "
                        + texts.values().stream().mapToInt(List::size).sum() + " examples, such as "
                        + same.get(0).place()
                        + " (" + String.join(", ", of(same).labels()) + ")"));
        counts.keySet().stream()
                .collect(Collectors.groupingBy(
                        label -> label.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(names -> names.size() > 1)
                .forEach(names -> said.add(
                        "labels that differ in case alone are learned as different ones: " + String.join(", ", names)));
        List<String> once = once();
        if (!once.isEmpty()) {
            said.add("labels with one example, which say little: "
                    + once.stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (once.size() > SHOWN ? " and " + (once.size() - SHOWN) + " more" : ""));
        }
        return said;
    }
}
