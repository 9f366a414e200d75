package dev.namaskar.series.transform;

import dev.namaskar.params.Catalog;
import java.util.List;

/** All transforms by name; a new one is a line here and, where it is none of these, a file. */
public final class Transforms {
    private static final Catalog<Transform> CATALOG = new Catalog<>(
            "transform",
            Transform.class,
            Transform::name,
            List.of(
                    new Identity(),
                    new Standard(),
                    new MinMax(),
                    new SeasonLevel(),
                    new Log(),
                    new Steps("difference", Curve.IDENTITY, false),
                    new Steps("logreturn", Curve.LOG, false),
                    new Steps("changes", Curve.IDENTITY, true),
                    new Steps("returns", Curve.LOG, true)));

    private Transforms() {}

    /** The transforms that come with the library. */
    public static List<Transform> all() {
        return CATALOG.builtIn();
    }

    /**
     * The transform of that name: one of the library's or a service on the class path.
     *
     * @throws IllegalArgumentException that names the transforms there are
     */
    public static Transform named(String name) {
        return CATALOG.get(name);
    }
}
