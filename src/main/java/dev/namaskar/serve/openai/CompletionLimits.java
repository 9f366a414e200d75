package dev.namaskar.serve.openai;

import dev.namaskar.params.Setting;
import java.time.Duration;

/**
 * What one request for completions may ask for at most.
 *
 * @param promptCharacters of all its prompts together
 * @param texts of all its prompts together
 * @param characters to write, in all its texts together
 * @param pieces characters of which log probabilities are told, in all its texts together
 * @param time from the request to the last character
 */
public record CompletionLimits(int promptCharacters, int texts, int characters, int pieces, Duration time) {
    /** 131,072 characters to read, 64 texts, 262,144 characters to write, 65,536 log probabilities, two minutes. */
    public static final CompletionLimits USUAL =
            new CompletionLimits(1 << 17, 64, 1 << 18, 1 << 16, Duration.ofMinutes(2));

    /** Checks the numbers. */
    public CompletionLimits {
        Setting.atLeast("prompt-characters", 1, promptCharacters);
        Setting.atLeast("texts", 1, texts);
        Setting.atLeast("characters", 1, characters);
        Setting.atLeast("pieces", 1, pieces);
        Setting.atLeast("time", 1, time.toMillis());
    }
}
