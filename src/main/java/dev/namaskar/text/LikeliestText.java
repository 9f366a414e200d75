package dev.namaskar.text;

import dev.namaskar.decoding.BeamSearch;
import dev.namaskar.decoding.Continuations;
import dev.namaskar.decoding.LengthRule;
import dev.namaskar.decoding.Softmax;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import java.util.List;

/** The likeliest continuations of a text, found by carrying several along: see {@link BeamSearch}. */
public final class LikeliestText {
    private final CharacterModel model;

    /**
     * The search in this model's texts.
     *
     * @throws IllegalArgumentException if it is a model of bytes, whose beginnings may break off within a character, or
     *     reads a bounded window, which carries no state along
     */
    public LikeliestText(CharacterModel model) {
        if (model.vocabulary().unit() == Unit.BYTE || model.window() > 0) {
            throw new IllegalArgumentException(
                    "`beam`: expected a model of code points that carries a state along, found"
                            + (model.window() > 0 ? " one that reads a window of " + model.window() : " one of bytes"));
        }
        this.model = model;
    }

    /**
     * A text that the search found.
     *
     * @param text what follows the prime
     * @param logProbability of all of it, in nats
     */
    public record Continuation(String text, double logProbability) {}

    /**
     * The likeliest texts of so many characters to follow another, likeliest first.
     *
     * @param prime at least one known symbol
     * @param length how many characters to write, at least 1
     * @param width beginnings carried along
     * @param best how many texts at most; no more than the width
     * @throws IllegalArgumentException if nothing is left of the prime, or a number is out of range
     */
    public List<Continuation> after(String prime, UnknownPolicy policy, int length, int width, int best) {
        int[] read = model.vocabulary().encode(prime, policy);
        if (read.length == 0) {
            throw new IllegalArgumentException("expected at least one character to go on from, found "
                    + (prime.isEmpty() ? "an empty text" : "none that the model knows"));
        }
        BeamSearch search = new BeamSearch(width, best, LengthRule.NONE, BeamSearch.NO_END, length);
        return search.search(new After(model, read), 1).get(0).stream()
                .map(found -> new Continuation(model.vocabulary().decode(found.symbols()), found.logProbability()))
                .toList();
    }

    /** Beginnings after one prime, each with its state. */
    private static final class After implements Continuations {
        private final Vocabulary vocabulary;
        private final CharacterModel model;
        private final Pass pass;
        private final int[] prime;
        private State state;

        After(CharacterModel model, int[] prime) {
            this.model = model;
            this.prime = prime;
            vocabulary = model.vocabulary();
            pass = model.network().predictor(model.params());
            state = model.network().zeroState(1);
        }

        @Override
        public int symbols() {
            return vocabulary.size();
        }

        @Override
        public float[] first(int sources) {
            if (sources != 1) {
                throw new IllegalArgumentException("expected one prime, found " + sources);
            }
            state = model.network().zeroState(1);
            Frames out = pass.predict(Sequences.ofTokens(prime.length, 1, prime), state);
            return logProbabilities(out, out.steps() - 1);
        }

        @Override
        public float[] next(int[] parents, int[] symbols) {
            State going = model.network().zeroState(parents.length);
            for (int row = 0; row < parents.length; row++) {
                state.copyRows(parents[row], 1, going, row);
            }
            state = going;
            return logProbabilities(pass.predict(Sequences.ofTokens(1, symbols.length, symbols), state), 0);
        }

        private float[] logProbabilities(Frames out, int step) {
            int width = out.width();
            float[] logs = new float[out.batch() * width];
            for (int row = 0; row < out.batch(); row++) {
                Softmax.logarithms(out.values(), out.at(step, row), width, logs, row * width);
                for (int k = 0; k < width; k++) {
                    if (vocabulary.isMark(k)) {
                        logs[row * width + k] = Float.NEGATIVE_INFINITY; // it stands for no character
                    }
                }
            }
            return logs;
        }
    }
}
