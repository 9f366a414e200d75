package dev.namaskar.params;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The initializers by name: {@code Initializers.named("uniform(-0.1,0.1)")}. One that comes with the library is a line
 * here; one's own is a service, see {@link NamedInitializer}.
 */
public final class Initializers {
    /** The initializer that draws a layer's biases too, as {@code torch.nn} does; with others they start at zero. */
    public static final String PYTORCH = "pytorch";

    private static final Catalog<NamedInitializer> CATALOG = new Catalog<>(
            "initializer",
            NamedInitializer.class,
            NamedInitializer::name,
            List.of(
                    new BuiltIn("orthogonal(scale)", 0, 1, c -> new Orthogonal(c.get(0, 1))),
                    new BuiltIn("glorot-uniform(scale)", 0, 1, c -> new GlorotUniform(c.get(0, 1))),
                    new BuiltIn("uniform(from,to)", 2, 2, c -> new Uniform(c.get(0, 0), c.get(1, 0))),
                    new BuiltIn("normal(mean,deviation)", 2, 2, c -> new Normal(c.get(0, 0), c.get(1, 0))),
                    new BuiltIn("identity(scale)", 0, 1, c -> new Identity(c.get(0, 1))),
                    new BuiltIn("constant(value)", 1, 1, c -> new Constant(c.get(0, 0))),
                    new BuiltIn("zeros", 0, 0, c -> new Constant(0)),
                    new BuiltIn(PYTORCH + "(fan)", 0, 1, c -> new PyTorchDefault(c.whole(0, 0)))));

    private Initializers() {}

    private record BuiltIn(String form, int least, int most, Function<Call, Initializer> maker)
            implements NamedInitializer {
        @Override
        public String name() {
            return form.replaceFirst("[(].*", "");
        }

        @Override
        public Initializer make(Call call) {
            return maker.apply(call.expect(least, most, form));
        }
    }

    /**
     * The initializer of this text, as {@link Initializer#spec} gives it.
     *
     * @throws IllegalArgumentException if there is none of the name, or the numbers do not do
     */
    public static Initializer named(String spec) {
        Call call = Call.parse(spec);
        return CATALOG.get(call.name()).make(call);
    }

    /**
     * The text under which a file keeps an initializer.
     *
     * @throws IllegalArgumentException if nobody could make it again, as it is no service
     */
    public static String stored(Initializer initializer) {
        String spec = initializer.spec();
        Class<?> known = named(spec).getClass();
        if (known != initializer.getClass()) {
            throw new IllegalArgumentException("expected the initializer \"" + spec + "\" to be a " + known.getName()
                    + ", found a " + initializer.getClass().getName());
        }
        return spec;
    }

    /** The names of those that come with the library. */
    public static List<String> names() {
        return CATALOG.names();
    }

    /** {@link Orthogonal} with scale 1: often chosen for recurrent weights. */
    public static Initializer orthogonal() {
        return new Orthogonal(1);
    }

    /** {@link GlorotUniform} with scale 1: often chosen for input and dense weights. */
    public static Initializer glorotUniform() {
        return new GlorotUniform(1);
    }

    /** Every value drawn evenly from [from, to). */
    public static Initializer uniform(double from, double to) {
        return new Uniform(from, to);
    }

    /** Every value drawn from a normal distribution. */
    public static Initializer normal(double mean, double deviation) {
        return new Normal(mean, deviation);
    }

    /** {@code scale} on the diagonal of each block, zero elsewhere: the IRNN of Le, Jaitly and Hinton 2015. */
    public static Initializer identity(double scale) {
        return new Identity(scale);
    }

    /** All the same value. */
    public static Initializer constant(double value) {
        return new Constant(value);
    }

    /** All zero. */
    public static Initializer zeros() {
        return new Constant(0);
    }

    /** What {@code torch.nn} does, and the default of recurrent and dense layers here: see {@link PyTorchDefault}. */
    public static Initializer pytorch() {
        return new PyTorchDefault(0);
    }

    /**
     * Glorot and Bengio 2010, "Xavier": even over {@code +-scale sqrt(6 / (rows + columns))} of a block.
     *
     * @param scale factor on the limit, PyTorch's {@code gain}
     */
    public record GlorotUniform(double scale) implements Initializer {
        @Override
        public void fill(float[] values, Slot slot, SplitMix64 random) {
            double limit = scale * Math.sqrt(6.0 / (slot.rows() + slot.columns()));
            draw(values, slot, random, -limit, limit);
        }

        @Override
        public String spec() {
            return scale == 1 ? "glorot-uniform" : new Call("glorot-uniform", scale).toString();
        }
    }

    /**
     * Even over [from, to).
     *
     * @param from lowest value
     * @param to bound above; not below {@code from}
     */
    public record Uniform(double from, double to) implements Initializer {
        /** Checks the order. */
        public Uniform {
            if (!(from <= to)) {
                throw new IllegalArgumentException(
                        "expected uniform(from,to) with from <= to, found " + from + ", " + to);
            }
        }

        @Override
        public void fill(float[] values, Slot slot, SplitMix64 random) {
            draw(values, slot, random, from, to);
        }

        @Override
        public String spec() {
            return new Call("uniform", from, to).toString();
        }
    }

    /**
     * Normal.
     *
     * @param mean its mean
     * @param deviation its standard deviation, 0 or more
     */
    public record Normal(double mean, double deviation) implements Initializer {
        /** Checks the deviation. */
        public Normal {
            if (!(deviation >= 0)) {
                throw new IllegalArgumentException("expected a deviation of 0 or more, found " + deviation);
            }
        }

        @Override
        public void fill(float[] values, Slot slot, SplitMix64 random) {
            for (int i = slot.offset(); i < slot.end(); i++) {
                values[i] = (float) (mean + deviation * random.nextGaussian());
            }
        }

        @Override
        public String spec() {
            return new Call("normal", mean, deviation).toString();
        }
    }

    /**
     * A multiple of the identity in each block, cut or padded with zeros where it is not square.
     *
     * @param scale the value on the diagonal
     */
    public record Identity(double scale) implements Initializer {
        @Override
        public void fill(float[] values, Slot slot, SplitMix64 random) {
            Arrays.fill(values, slot.offset(), slot.end(), 0f);
            for (int block = 0; block < slot.blocks(); block++) {
                for (int i = 0; i < Math.min(slot.rows(), slot.columns()); i++) {
                    values[slot.block(block) + i * slot.columns() + i] = (float) scale;
                }
            }
        }

        @Override
        public String spec() {
            return scale == 1 ? "identity" : new Call("identity", scale).toString();
        }
    }

    /**
     * One value everywhere.
     *
     * @param value that value
     */
    public record Constant(double value) implements Initializer {
        @Override
        public void fill(float[] values, Slot slot, SplitMix64 random) {
            Arrays.fill(values, slot.offset(), slot.end(), (float) value);
        }

        @Override
        public String spec() {
            return value == 0 ? "zeros" : new Call("constant", value).toString();
        }
    }

    /**
     * PyTorch's defaults. Recurrent layers, weights and biases alike: even over {@code +-1/sqrt(units)}. Dense weights:
     * even over {@code +-1/sqrt(in)}. Embeddings: normal(0, 1).
     *
     * @param fan the number under the root where the slot's shape does not tell it, as for a dense layer's bias, which
     *     PyTorch draws by the layer's inputs; 0 takes what the shape tells
     */
    public record PyTorchDefault(int fan) implements Initializer {
        /** Checks the fan. */
        public PyTorchDefault {
            if (fan < 0) {
                throw new IllegalArgumentException("expected a fan of 0 or more, found " + fan);
            }
        }

        @Override
        public void fill(float[] values, Slot slot, SplitMix64 random) {
            if (slot.role() == Role.EMBEDDING && fan == 0) {
                new Normal(0, 1).fill(values, slot, random);
                return;
            }
            int under = fan > 0 ? fan : slot.role() == Role.DENSE ? slot.rows() : slot.columns();
            double limit = 1 / Math.sqrt(under);
            draw(values, slot, random, -limit, limit);
        }

        @Override
        public String spec() {
            return fan == 0 ? "pytorch" : new Call("pytorch", fan).toString();
        }
    }

    private static void draw(float[] values, Slot slot, SplitMix64 random, double from, double to) {
        for (int i = slot.offset(); i < slot.end(); i++) {
            values[i] = (float) (from + (to - from) * random.nextDouble());
        }
    }
}
