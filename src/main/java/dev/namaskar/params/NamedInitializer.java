package dev.namaskar.params;

/**
 * An initializer that can be chosen by name, and the service by which one's own joins them: a public class that
 * implements this and is named in {@code META-INF/services/dev.namaskar.params.NamedInitializer} on the class path.
 */
public interface NamedInitializer {
    /** Its name, in small letters with hyphens. */
    String name();

    /**
     * The initializer.
     *
     * @param call name and numbers, as they were written
     * @throws IllegalArgumentException if these numbers do not do
     */
    Initializer make(Call call);

    /** The name with its arguments, for people: {@code uniform(from,to)}. */
    default String form() {
        return name();
    }
}
