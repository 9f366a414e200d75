package dev.namaskar.serve.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was told of one run, for pages that come and go: each asks for what it has not seen yet. The thread that trains
 * tells, others read.
 */
public final class RunHistory {
    private String name;
    private final @Nullable RunSwitch control;
    private final List<Map<String, ? extends @Nullable Object>> validations = new ArrayList<>();
    private final List<Map<String, ? extends @Nullable Object>> norms = new ArrayList<>();
    private final List<Map<String, ? extends @Nullable Object>> samples = new ArrayList<>();
    private ThinnedSteps steps = new ThinnedSteps();
    private long step;
    private long version;
    private int generation;
    private long totalSteps;
    private double seconds = Double.NaN;
    private @Nullable String ended;

    /** What a page has seen. */
    static final class Seen {
        private int generation;
        private long version = -1;
        private String state = "";
        private int every;
        private int steps;
        private int validations;
        private int norms;
        private int samples;
    }

    /**
     * A run of which nothing is known yet.
     *
     * @param name for people
     * @param control what pauses and stops it, or null for one that is known from its log
     */
    RunHistory(String name, @Nullable RunSwitch control) {
        this.name = name;
        this.control = control;
    }

    synchronized String name() {
        return name;
    }

    synchronized void rename(String other) {
        name = other;
        version++;
    }

    @Nullable
    RunSwitch control() {
        return control;
    }

    /** Takes a line, as {@link dev.namaskar.train.run.RunLines} makes them; what it does not know it leaves. */
    synchronized void tell(Map<String, ? extends @Nullable Object> line) {
        version++;
        if (line.get("step") instanceof Number at) {
            step = at.longValue();
        }
        if (line.get("loss") instanceof Number loss) {
            ended = null;
            steps.add(step, loss.doubleValue(), line);
        } else if (line.get("validation_loss") instanceof Number) {
            validations.add(line);
        } else if (line.get("slots") instanceof Map) {
            norms.add(line);
        } else if (line.get("sample") != null) {
            samples.add(line);
        } else if (line.get("ended") instanceof String why) {
            ended = why;
        }
    }

    /** How long it has been going on, and how many steps it will have; {@link Long#MAX_VALUE} where nobody knows. */
    synchronized void goes(double elapsed, long total) {
        seconds = elapsed;
        totalSteps = total;
    }

    /** Ends it where no line has told so: the command is over. */
    synchronized void end(String why) {
        if (ended == null) {
            ended = why;
            version++;
        }
    }

    /** Forgets all, as a log that is written anew. */
    synchronized void clear() {
        steps = new ThinnedSteps();
        validations.clear();
        norms.clear();
        samples.clear();
        ended = null;
        generation++;
        version++;
    }

    /** What a page has not seen yet, or null if there is nothing new; modified: {@code seen}. */
    synchronized @Nullable Map<String, @Nullable Object> since(Seen seen) {
        // A switch that was turned is news, too.
        String state = state();
        if (seen.version == version && seen.state.equals(state)) {
            return null;
        }
        boolean anew = seen.version < 0 || seen.generation != generation;
        if (anew) {
            seen.steps = 0;
            seen.validations = 0;
            seen.norms = 0;
            seen.samples = 0;
            seen.generation = generation;
        }
        seen.version = version;
        seen.state = state;
        Map<String, @Nullable Object> news = new LinkedHashMap<>();
        news.put("name", name);
        news.put("state", state);
        news.put("ended", ended);
        news.put("controlled", control != null && ended == null);
        news.put("step", step);
        news.put("total", totalSteps > 0 && totalSteps < Long.MAX_VALUE ? totalSteps : null);
        news.put("seconds", Double.isFinite(seconds) ? seconds : null);
        // The last point may have grown, and all of them where they were thinned.
        int from = anew || seen.every != steps.every() ? 0 : Math.max(0, seen.steps - 1);
        news.put("from", from);
        news.put("points", steps.rows(from));
        seen.every = steps.every();
        seen.steps = steps.size();
        news.put("anew", anew);
        news.put("validations", List.copyOf(validations.subList(seen.validations, validations.size())));
        news.put("norms", List.copyOf(norms.subList(seen.norms, norms.size())));
        news.put("samples", List.copyOf(samples.subList(seen.samples, samples.size())));
        seen.validations = validations.size();
        seen.norms = norms.size();
        seen.samples = samples.size();
        return news;
    }

    private String state() {
        if (ended != null) {
            return "ended";
        }
        return control == null ? "logged" : control.state().word();
    }
}
