package dev.namaskar.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * The likeliest sequences, found by carrying the best {@code width} beginnings along: of all their continuations the
 * best {@code width} that have not ended go on; one that takes the end symbol while it is among the best {@code width}
 * is complete. A source is done when nothing that goes on could still be better than what is complete. With a width of
 * 1 that is greedy decoding.
 *
 * <p>Several sources are searched together, so that the model answers for all their beginnings at once; none sees
 * another, and each has the result it would have alone. Equal scores keep the order of rows, then of symbols.
 *
 * @param width beginnings carried along for each source, at least 1
 * @param best sequences returned for each source, at most {@code width}
 * @param rule how sequences of different lengths are compared
 * @param end the end symbol, or {@link #NO_END} where every sequence has the longest length
 * @param longest most symbols of a sequence, the end not counted: a beginning as long as that can do nothing but end
 */
public record BeamSearch(int width, int best, LengthRule rule, int end, int longest) {
    /** For models without an end symbol. */
    public static final int NO_END = -1;

    /** Checks the settings. */
    public BeamSearch {
        if (width < 1) {
            throw new IllegalArgumentException("expected a beam width of at least 1, found " + width);
        }
        if (best < 1 || best > width) {
            throw new IllegalArgumentException(
                    "expected 1 to " + width + " best sequences (the beam's width), found " + best);
        }
        if (longest < 1) {
            throw new IllegalArgumentException("expected a longest length of at least 1 symbol, found " + longest);
        }
        if (end < NO_END) {
            throw new IllegalArgumentException("expected an end symbol of 0 or more, found " + end);
        }
    }

    /**
     * The best sequences of each source, best first; fewer than asked where there are no more.
     *
     * @throws IllegalArgumentException if the model has no such end symbol
     * @throws IllegalStateException if the model answers with not-a-number
     */
    public List<List<Hypothesis>> search(Continuations model, int sources) {
        if (end >= model.symbols()) {
            throw new IllegalArgumentException(
                    "expected an end symbol among the model's " + model.symbols() + ", found " + end);
        }
        List<Beam> beams = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            beams.add(new Beam(this, source));
        }
        if (sources == 0) {
            return List.of();
        }
        float[] answer = model.first(sources);
        while (true) {
            int rows = 0;
            for (Beam beam : beams) {
                beam.step(answer, model.symbols());
                rows += beam.live().size();
            }
            if (rows == 0) {
                break;
            }
            answer = advance(model, beams, rows);
        }
        return beams.stream().map(Beam::result).toList();
    }

    private static float[] advance(Continuations model, List<Beam> beams, int rows) {
        int[] parents = new int[rows];
        int[] symbols = new int[rows];
        int row = 0;
        for (Beam beam : beams) {
            for (Beam.Path path : beam.live()) {
                parents[row] = path.row();
                symbols[row] = path.symbol();
                path.moveTo(row++);
            }
        }
        return model.next(parents, symbols);
    }
}
