package dev.namaskar.serve.predict;

import dev.namaskar.params.Setting;
import java.time.Duration;

/**
 * What one request for predictions or forecasts may ask for at most.
 *
 * @param inputs texts, or files
 * @param characters of one text
 * @param search the most of {@code top}, {@code beam} and {@code nbest}
 * @param atOnce requests that compute at the same time
 * @param waiting requests that wait for that; more get 429 at once
 * @param patience how long they wait at most
 */
public record PredictLimits(int inputs, int characters, int search, int atOnce, int waiting, Duration patience) {
    /** 256 inputs of 8192 characters, searches 64 wide, a computation a core, 128 waiting, half a minute. */
    public static final PredictLimits USUAL = new PredictLimits(
            256, 8192, 64, Math.max(1, Runtime.getRuntime().availableProcessors()), 128, Duration.ofSeconds(30));

    /** Checks the numbers. */
    public PredictLimits {
        Setting.atLeast("inputs", 1, inputs);
        Setting.atLeast("characters", 1, characters);
        Setting.atLeast("search", 1, search);
        Setting.atLeast("at-once", 1, atOnce);
        Setting.atLeast("waiting", 0, waiting);
        Setting.atLeast("patience", 1, patience.toMillis());
    }
}
