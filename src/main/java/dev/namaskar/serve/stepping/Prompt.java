package dev.namaskar.serve.stepping;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.params.SplitMix64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text to go on from, and how.
 *
 * @param symbols of the model's vocabulary; none to begin a text, as after a line feed if the model knows that, else with
 *     a symbol drawn evenly
 * @param echo whether the texts begin with it
 * @param length characters to write
 * @param top how many of the likeliest characters to tell at each place beside the log probability of the one that stands
 *     there; null to tell neither
 * @param stops strings before which a text ends
 * @param draws one for each text that is to follow
 */
public record Prompt(
        int[] symbols, boolean echo, int length, @Nullable Integer top, List<String> stops, List<Draw> draws) {
    /**
     * How a text's symbols are chosen.
     *
     * @param sampler its own
     * @param random what the sampler draws from, and the first symbol of a text that begins with nothing
     */
    public record Draw(Sampler sampler, SplitMix64 random) {}
}
