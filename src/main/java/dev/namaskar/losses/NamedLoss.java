package dev.namaskar.losses;

import dev.namaskar.params.Call;

/**
 * A loss that can be chosen by name, and the service by which one's own joins them: a public class that implements this
 * and is named in {@code META-INF/services/dev.namaskar.losses.NamedLoss} on the class path.
 */
public interface NamedLoss {
    /** Its name, in small letters with underscores. */
    String name();

    /**
     * A new loss; an instance belongs to one thread.
     *
     * @param call name and numbers, as they were written
     * @throws IllegalArgumentException if these numbers do not do
     */
    Loss make(Call call);

    /** The name with its arguments, for people: {@code huber(delta)}. */
    default String form() {
        return name();
    }
}
