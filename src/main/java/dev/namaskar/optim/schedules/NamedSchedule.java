package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;

/**
 * A schedule that can be chosen by name, and the service by which one's own joins them: a public class that implements
 * this and is named in {@code META-INF/services/dev.namaskar.optim.schedules.NamedSchedule} on the class path.
 */
public interface NamedSchedule {
    /** Its name, in small letters with hyphens. */
    String name();

    /**
     * The schedule.
     *
     * @param call name and numbers, as they were written; {@link Schedule#spec} of what is made must read as the same
     * @param totalSteps how many updates the run has; 0 if that is not known
     * @throws IllegalArgumentException if these numbers do not do
     */
    Schedule make(Call call, int totalSteps);

    /** The name with its arguments; {@code N} stands for the run's number of updates where none is given. */
    default String form() {
        return name();
    }

    /** What it computes, for people, {@code k} being 0 for the first update. */
    default String factor() {
        return "";
    }
}
