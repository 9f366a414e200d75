package dev.namaskar.tasks;

import java.util.Map;

/** How well a model does on examples; for people it says so as a text. */
public interface Evaluation {
    /** Figures for programs: texts, numbers, lists and maps, by the names that JSON has. */
    Map<String, Object> figures();
}
