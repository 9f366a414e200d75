package dev.namaskar.series.table.text;

import dev.namaskar.series.Note;
import java.util.ArrayList;
import java.util.List;

/** The notes on one table, which every stage of reading adds to. */
public final class Notes {
    private final List<Note> all = new ArrayList<>();

    /** Adds a sentence. */
    public void add(Note.Kind kind, String text) {
        all.add(new Note(kind, text));
    }

    /** All of them, in the order in which they were made. */
    public List<Note> all() {
        return List.copyOf(all);
    }
}
