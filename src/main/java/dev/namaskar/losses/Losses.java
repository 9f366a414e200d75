package dev.namaskar.losses;

import dev.namaskar.params.Call;
import dev.namaskar.params.Catalog;
import java.util.List;
import java.util.function.Function;

/**
 * The losses by name, with their numbers: {@code softmax_cross_entropy}, {@code huber(2)}, {@code quantile(0.1,0.9)}. A
 * loss that comes with the library is one file and one line here; one's own is a service, see {@link NamedLoss}.
 */
public final class Losses {
    private static final Catalog<NamedLoss> CATALOG = new Catalog<>(
            "loss",
            NamedLoss.class,
            NamedLoss::name,
            List.of(
                    new BuiltIn(
                            "softmax_cross_entropy",
                            1,
                            "softmax_cross_entropy(smoothing)",
                            call -> new SoftmaxCrossEntropy(call.get(0, 0))),
                    plain("sigmoid_cross_entropy", call -> new SigmoidCrossEntropy()),
                    plain("squared_error", call -> new SquaredError()),
                    plain("absolute_error", call -> new AbsoluteError()),
                    plain("perceptron", call -> new Perceptron()),
                    plain("energy", call -> new Energy()),
                    new BuiltIn("huber", 1, "huber(delta)", call -> new Huber((float) call.get(0, 1))),
                    new BuiltIn("quantile", 1000, "quantile(q,..)", Losses::quantile)));

    private Losses() {}

    private record BuiltIn(String name, int most, String form, Function<Call, Loss> maker) implements NamedLoss {
        @Override
        public Loss make(Call call) {
            return maker.apply(call.expect(0, most, form));
        }
    }

    private static NamedLoss plain(String name, Function<Call, Loss> maker) {
        return new BuiltIn(name, 0, name, maker);
    }

    private static Loss quantile(Call call) {
        double[] given = call.arguments().length == 0 ? new double[] {0.1, 0.5, 0.9} : call.arguments();
        float[] quantiles = new float[given.length];
        for (int i = 0; i < given.length; i++) {
            quantiles[i] = (float) given[i];
        }
        return new Quantile(quantiles);
    }

    /** The names of all losses that come with the library. */
    public static List<String> names() {
        return CATALOG.names();
    }

    /**
     * A new loss of this name, with its usual settings where no numbers are given; an instance belongs to one thread.
     *
     * @throws IllegalArgumentException if there is none, or the numbers do not do
     */
    public static Loss named(String text) {
        Call call = Call.parse(text);
        return CATALOG.get(call.name()).make(call);
    }
}
