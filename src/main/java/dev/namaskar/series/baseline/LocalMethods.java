package dev.namaskar.series.baseline;

import dev.namaskar.params.Catalog;
import java.util.List;

/** The library's local methods; a new one is one file and one line here. */
final class LocalMethods {
    static final Catalog<LocalMethod> CATALOG = new Catalog<>(
            "local method",
            LocalMethod.class,
            LocalMethod::name,
            List.of(
                    new Naive(),
                    new SeasonalNaive(1),
                    new Naive2(1),
                    new Drift(),
                    new Theta(1),
                    new Adjusted("damped", 1, new ExponentialSmoothing(1, true, ExponentialSmoothing.Kind.NONE)),
                    new Adjusted("dotm", 1, new DynamicTheta()),
                    new SmoothingChoice(1),
                    new Tsb()));

    private LocalMethods() {}
}
