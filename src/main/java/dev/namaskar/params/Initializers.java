package dev.namaskar.params;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The initializers by name: {@code Initializers.named("uniform(-0.1,0.1)")}. */
public final class Initializers {
    /** The initializer that draws a layer's biases too, as {@code torch.nn} does; with others they start at zero. */
    public static final String PYTORCH = "pytorch";

    private static final Map<String, Function<Call, Initializer>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put(
                "orthogonal",
                c -> new Orthogonal(c.expect(0, 1, "orthogonal(scale)").get(0, 1)));
        BY_NAME.put(
                "glorot-uniform",
                c -> new GlorotUniform(c.expect(0, 1, "glorot-uniform(scale)").get(0, 1)));
        BY_NAME.put("uniform", c -> uniform(c.expect(2, 2, "uniform(from,to)")));
        BY_NAME.put("normal", c -> normal(c.expect(2, 2, "normal(mean,deviation)")));
        BY_NAME.put(
                "identity", c -> new Identity(c.expect(0, 1, "identity(scale)").get(0, 1)));
        BY_NAME.put(
                "constant", c -> new Constant(c.expect(1, 1, "constant(value)").get(0, 0)));
        BY_NAME.put("zeros", c -> new Constant(c.expect(0, 0, "zeros").get(0, 0)));
        BY_NAME.put(
                PYTORCH, c -> new PyTorchDefault(c.expect(0, 1, "pytorch(fan)").whole(0, 0)));
    }

    private Initializers() {}

    /** The initializer of this text, as {@link Initializer#spec} gives it. */
    public static Initializer named(String spec) {
        Call call = Call.parse(spec);
        Function<Call, Initializer> make = BY_NAME.get(call.name());
        if (make == null) {
            throw new IllegalArgumentException("no initializer \"" + call.name() + "\"; there are " + BY_NAME.keySet());
        }
        return make.apply(call);
    }

    /** All names. */
    public static Set<String> names() {
        return BY_NAME.keySet();
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

    private static Initializer uniform(Call call) {
        return new Uniform(call.get(0, 0), call.get(1, 0));
    }

    private static Initializer normal(Call call) {
        return new Normal(call.get(0, 0), call.get(1, 0));
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
