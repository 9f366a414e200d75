package dev.namaskar.serve.stepping;

import dev.namaskar.params.Setting;

/**
 * How many texts a model has open at once.
 *
 * @param threads that step; each takes a share of the texts
 * @param queue texts that wait or grow at most; a request for more is turned away
 */
public record StepLimits(int threads, int queue) {
    /** A thread a core, 512 texts. */
    public static final StepLimits USUAL =
            new StepLimits(Math.max(1, Runtime.getRuntime().availableProcessors()), 512);

    /** Checks the numbers. */
    public StepLimits {
        Setting.atLeast("threads", 1, threads);
        Setting.atLeast("queue", 1, queue);
    }
}
