package dev.namaskar.train.run;

/**
 * How many steps a run limited by time is going to have. Where nobody has planned them, once two seconds have shown the
 * speed and, as the first steps are slow and other programs come and go, anew twenty times; time alone then ends the run.
 * Planned steps are the run's length and leave the same bits wherever it is taken up again; they are set anew only where
 * the run would end a fifth of its time too early or too late.
 */
final class Pace {
    private static final double BORNE = 0.2;

    private final double limit;
    private final boolean planned;
    private long expected;
    private double next;
    private double lastSeconds;
    private long lastSteps;

    /**
     * The pace of a run.
     *
     * @param limit in seconds; 0 where time does not end it
     * @param steps that are expected
     * @param planned whether somebody worked those out from the speed
     */
    Pace(double limit, long steps, boolean planned) {
        this.limit = limit;
        this.planned = planned;
        expected = steps;
        next = planned ? limit / 20 : Math.min(2, limit / 10);
    }

    long expected() {
        return expected;
    }

    boolean isPlanned() {
        return planned;
    }

    /** Where counting begins. */
    void begin(long steps) {
        lastSteps = steps;
    }

    /** Takes note of how far the run is; whether it expects another number of steps from here on. */
    boolean changes(double seconds, long steps) {
        if (limit <= 0 || seconds < next || steps <= lastSteps) {
            return false;
        }
        double stepSeconds = (seconds - lastSeconds) / (steps - lastSteps);
        lastSeconds = seconds;
        lastSteps = steps;
        next = seconds + limit / 20;
        double end = seconds + (expected - steps) * stepSeconds;
        if (planned && Math.abs(end - limit) <= BORNE * limit) {
            return false;
        }
        expected = steps + Math.max(1, Math.round(Math.max(0, limit - seconds) / stepSeconds));
        return true;
    }
}
