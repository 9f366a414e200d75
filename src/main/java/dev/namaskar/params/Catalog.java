package dev.namaskar.params;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * What can be chosen by name: the optimizers, the cells, the losses. Those that come with the library are looked up
 * first; a name that is not among them is sought among the services of {@link ServiceLoader}, which cost nothing until
 * then. One's own entry is a public class with a public constructor without arguments that implements the entries'
 * type, named in a file {@code META-INF/services/} of that type on the class path.
 *
 * <p>Capitals count as small letters and underscores as hyphens.
 *
 * @param <E> type of the entries, and of the services
 */
public final class Catalog<E> {
    private static final int MOST_PROBLEMS = 20;

    private final String kind;
    private final Class<E> service;
    private final Function<? super E, String> nameOf;
    private final Map<String, E> builtIn = new LinkedHashMap<>();

    /**
     * A catalog.
     *
     * @param kind what an entry is, for messages: {@code optimizer}
     * @param service type of the entries
     * @param nameOf an entry's name
     * @param builtIn entries that come with the library, in the order in which they are shown
     */
    public Catalog(String kind, Class<E> service, Function<? super E, String> nameOf, Collection<? extends E> builtIn) {
        this.kind = kind;
        this.service = service;
        this.nameOf = nameOf;
        for (E entry : builtIn) {
            put(this.builtIn, entry);
        }
    }

    /**
     * The entry of this name.
     *
     * @throws IllegalArgumentException if there is none: it tells the names there are, nearest first, and as which
     *     service another has to be on the class path
     */
    public E get(String name) {
        E found = builtIn.get(key(name));
        if (found != null) {
            return found;
        }
        List<String> problems = new ArrayList<>();
        Map<String, E> own = services(problems);
        found = own.get(key(name));
        if (found != null) {
            return found;
        }
        List<String> names = new ArrayList<>(names());
        own.values().forEach(entry -> names.add(nameOf.apply(entry)));
        // The sort is stable: names equally near stay in the catalog's order.
        names.sort(Comparator.comparingInt(candidate -> distance(key(name), key(candidate))));
        throw new IllegalArgumentException("no " + kind + " \"" + name + "\"; there are " + String.join(", ", names)
                + "; any other has to be on the class path as a service of " + service.getName()
                + (problems.isEmpty() ? "" : ", where these failed: " + String.join("; ", problems)));
    }

    /** The built-in names, in the catalog's order. */
    public List<String> names() {
        return builtIn.values().stream().<String>map(nameOf).toList();
    }

    /** The built-in entries, in the catalog's order. */
    public List<E> builtIn() {
        return List.copyOf(builtIn.values());
    }

    /** The built-in entries and then those of services on the class path. */
    public List<E> all() {
        Map<String, E> all = new LinkedHashMap<>(builtIn);
        services(new ArrayList<>()).values().forEach(entry -> put(all, entry));
        return List.copyOf(all.values());
    }

    private Map<String, E> services(List<String> problems) {
        Map<String, E> found = new LinkedHashMap<>();
        Set<Class<?>> made = new HashSet<>();
        for (ClassLoader loader : loaders()) {
            Iterator<E> services = ServiceLoader.load(service, loader).iterator();
            // One service that cannot be made must not hide the others: its error is told if the name is not found.
            while (problems.size() < MOST_PROBLEMS) {
                try {
                    if (!services.hasNext()) {
                        break;
                    }
                    E entry = services.next();
                    if (made.add(entry.getClass())) {
                        put(found, entry);
                    }
                } catch (ServiceConfigurationError | LinkageError broken) {
                    problems.add(String.valueOf(broken.getMessage()));
                }
            }
        }
        return found;
    }

    /** The thread's, and those of the callers: a program that Java runs from its source has one that no thread knows. */
    private static Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(Thread.currentThread().getContextClassLoader());
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .forEach(frame -> loaders.add(frame.getDeclaringClass().getClassLoader()));
        loaders.removeIf(Objects::isNull);
        return loaders;
    }

    private void put(Map<String, E> entries, E entry) {
        String name = nameOf.apply(entry);
        E other = entries.put(key(name), entry);
        if (other != null) {
            throw new IllegalArgumentException("expected one " + kind + " of each name, found \"" + name + "\" twice: "
                    + other.getClass().getName() + " and " + entry.getClass().getName());
        }
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many letters have to be put in, taken out or changed (Levenshtein 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
