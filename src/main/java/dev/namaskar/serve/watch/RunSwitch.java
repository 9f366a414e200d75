package dev.namaskar.serve.watch;

import java.util.Locale;

/** What a page turns and a run obeys after the step it is in. */
final class RunSwitch {
    /** How a run is asked to be. */
    enum State {
        RUNNING,
        PAUSED,
        STOPPING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private volatile State state = State.RUNNING;

    State state() {
        return state;
    }

    /** Waits, until {@link #go}. */
    synchronized void pause() {
        state = state == State.STOPPING ? state : State.PAUSED;
    }

    /** Goes on. */
    synchronized void go() {
        state = state == State.STOPPING ? state : State.RUNNING;
    }

    /** Ends the run, for good. */
    synchronized void stop() {
        state = State.STOPPING;
    }
}
