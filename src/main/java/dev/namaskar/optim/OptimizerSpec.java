package dev.namaskar.optim;

import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer as it is asked for, before the length of its run is known: a name, and the settings that were given.
 *
 * <pre>{@code
 * OptimizerSpec asked = OptimizerSpec.parse("momentum:momentum=0.95,schedule=linear-warmup(100)*cosine")
 *         .and("lr", 0.1)
 *         .orElse("clip", 5);
 * Optimizer optimizer = asked.build(2000);
 * }</pre>
 *
 * @param name of the optimizer
 * @param settings what was given, each as the optimizer's table has it
 */
public record OptimizerSpec(String name, Map<String, Object> settings) {
    /** Long enough for every schedule that takes the run's length. */
    private static final int SOME_STEPS = 1000;

    private static final Set<String> ADAMS = Set.of("adam", "adamw", "amsgrad");

    /**
     * Checks everything.
     *
     * @throws IllegalArgumentException if there is no such optimizer or setting, or a value does not do
     */
    public OptimizerSpec {
        Settings all = Optimizers.settings(name, settings);
        name = Optimizers.definition(name).name();
        Map<String, Object> typed = new LinkedHashMap<>();
        settings.keySet().forEach(key -> typed.put(key, all.value(key)));
        settings = Collections.unmodifiableMap(typed);
        if (all.number("weight_decay") == 0
                && (typed.containsKey("decay_biases")
                        || typed.containsKey("decoupled_weight_decay")
                        || typed.containsKey("recurrent_decay"))) {
            throw new IllegalArgumentException(
                    "expected a weight_decay above 0 with decay_biases, decoupled_weight_decay and recurrent_decay,"
                            + " found none in \""
                            + shown(name, settings) + "\"");
        }
        Optimizers.make(name, all, scheduleOf(all, SOME_STEPS));
    }

    /**
     * Reads {@code name} or {@code name:setting=value,setting=value}; commas within parentheses belong to a value.
     *
     * @throws IllegalArgumentException if the text is of another form, a setting stands twice, or something does not do
     */
    public static OptimizerSpec parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new OptimizerSpec(text.strip(), Map.of());
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String setting : parts(text.substring(colon + 1))) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "expected an optimizer as name:setting=value,setting=value, found \"" + text + "\"");
            }
            String key = setting.substring(0, equals).strip();
            if (settings.put(key, setting.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(
                        "expected each setting once, found " + key + " twice in \"" + text + "\"");
            }
        }
        return new OptimizerSpec(text.substring(0, colon).strip(), settings);
    }

    /** Whether it is Adam or of its kind, by which a step is about as long as its learning rate. */
    public boolean isAdam() {
        return ADAMS.contains(name);
    }

    private static List<String> parts(String settings) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < settings.length(); i++) {
            char c = settings.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth <= 0) {
                parts.add(settings.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(settings.substring(from));
        return parts;
    }

    /**
     * With a setting that was asked for in another place; null for one that was not.
     *
     * @throws IllegalArgumentException if it was given already, and differently
     */
    public OptimizerSpec and(String setting, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        OptimizerSpec more = with(setting, value);
        Object before = settings.get(setting);
        if (before != null && !before.equals(more.settings.get(setting))) {
            throw new IllegalArgumentException("expected one " + setting + ", found " + Settings.shown(value)
                    + " beside the optimizer \"" + this + "\"; give it in one place");
        }
        return more;
    }

    /** With this value for a setting that was not given. */
    public OptimizerSpec orElse(String setting, Object usual) {
        return settings.containsKey(setting) ? this : with(setting, usual);
    }

    /** With the learning rate that the optimizer's table has for recurrent networks, where none was given. */
    public OptimizerSpec forRecurrent() {
        return orElse("lr", Optimizers.definition(name).recurrentRate());
    }

    /** With this value for a setting, whether or not it was given. */
    public OptimizerSpec with(String setting, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(settings);
        more.put(setting, value);
        return new OptimizerSpec(name, more);
    }

    /**
     * The optimizer of a run.
     *
     * @param totalSteps how many updates it has; 0 if that is not known, then a schedule that does not say its own
     *     number waits for {@link #schedule}
     */
    public Optimizer build(long totalSteps) {
        Settings all = Optimizers.settings(name, settings);
        return Optimizers.make(name, all, totalSteps == 0 ? Schedules.constant() : schedule(totalSteps));
    }

    /** The schedule of a run of so many updates. */
    public Schedule schedule(long totalSteps) {
        return scheduleOf(Optimizers.settings(name, settings), totalSteps);
    }

    private static Schedule scheduleOf(Settings all, long totalSteps) {
        return Schedules.named(all.text("schedule"), (int) Math.min(totalSteps, Integer.MAX_VALUE));
    }

    /**
     * What must be the same for a run to go on: the name and every setting with the value that holds, given or usual, but
     * for the schedule. That goes with the length of the run, and who prolongs a run changes both.
     */
    public Map<String, Object> identity() {
        Settings all = Optimizers.settings(name, settings);
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("optimizer", name);
        all.keys().forEach(key -> identity.put(key, all.value(key)));
        identity.remove("schedule");
        // checkpoints that are older than the setting do not have it
        identity.remove("recurrent_decay", 1.0);
        return identity;
    }

    /** The text that {@link #parse} reads again. */
    @Override
    public String toString() {
        return shown(name, settings);
    }

    private static String shown(String name, Map<String, Object> settings) {
        StringJoiner text = new StringJoiner(",", name + (settings.isEmpty() ? "" : ":"), "");
        // Commas divide settings here, and patterns of slots in a map.
        settings.forEach((key, value) -> text.add(
                key + "=" + (key.equals("freeze") ? value.toString().replace(',', ';') : Settings.shown(value))));
        return text.toString();
    }
}
