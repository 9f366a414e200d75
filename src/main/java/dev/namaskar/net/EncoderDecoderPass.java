package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EncoderDecoder} at work in one thread: forward over a source and a target at once, and backward through
 * decoder, bridge and encoder; or, to write a target that is not known yet, {@link #encode} once and then
 * {@link #decode} for as many steps as there are, one at a time.
 */
public final class EncoderDecoderPass {
    private final EncoderDecoder model;
    private final Pass encoder;
    private final Pass bridge;
    private final Pass decoder;
    private final Gemm gemm;
    private @Nullable Mirror gradient;
    private @Nullable Memory memory;
    private @Nullable Frames bridged;
    private float[] frames = new float[0];

    /**
     * A source that has been read: valid until the pass reads the next.
     *
     * @param memory what the decoder attends to
     * @param initial its state before the first step
     */
    public record Encoded(Memory memory, State initial) {}

    EncoderDecoderPass(EncoderDecoder model, EncoderDecoderWeights weights, Gemm gemm) {
        this.model = model;
        this.gemm = gemm;
        encoder = new Pass(model.encoder(), weights.encoder(), gemm);
        bridge = new Pass(model.bridge(), weights.bridge(), gemm).withInputGradients();
        decoder = new Pass(model.decoder(), weights.decoder(), gemm).withInputGradients();
    }

    /** Asks backward for the gradient of the source's values too, as the gradient check does. */
    public EncoderDecoderPass withInputGradients() {
        encoder.withInputGradients();
        return this;
    }

    /** Reads sources. */
    public Encoded encode(Sequences source) {
        return encode(source, false, 0, 0);
    }

    private Encoded encode(Sequences source, boolean training, long dropoutKey, int firstRow) {
        int batch = source.batch();
        State none = model.encoder().zeroState(batch);
        Frames read = encoder.forward(source, none, none, training, dropoutKey, firstRow);
        memory = new Memory(read.wantGradient(true));
        State initial = model.decoder().zeroState(batch);
        if (frames.length < read.size()) {
            frames = new float[read.size()];
        }
        System.arraycopy(read.values(), read.at(), frames, 0, read.size());
        int[] lengths = read.lengths();
        Sequences all = Sequences.ofValues(read.steps(), batch, frames);
        Sequences input = lengths == null ? all : all.withLengths(lengths);
        State stateless = model.bridge().zeroState(batch);
        long key = SplitMix64.mix(dropoutKey + 1);
        Frames made = bridge.forward(input, stateless, stateless, training, key, firstRow);
        bridged = made;
        int width = made.width();
        for (StateLayout.Part part : initial.layout().parts()) {
            for (int b = 0; b < batch; b++) {
                int from = made.at() + b * width + part.offset();
                int to = initial.at(part) + b * part.width();
                System.arraycopy(made.values(), from, initial.values(), to, part.width());
            }
        }
        return new Encoded(memory, initial);
    }

    /**
     * Goes on writing.
     *
     * @param symbols what the decoder reads {@code [T,B]}
     * @param read the memory, its rows named where they are not the sources'
     * @param state before these steps; afterwards behind them
     * @return the decoder's output {@code [T,B,V]}, valid until the next call
     */
    public Frames decode(Sequences symbols, Memory read, State state) {
        return decoder.forward(symbols, read, state, state, false, 0, 0);
    }

    /**
     * Runs the model over a batch.
     *
     * @param source what is read
     * @param target what the decoder reads at each step, {@code [T,B]}: a start symbol, then the target's own
     * @param training whether dropout is on
     * @param dropoutKey what its masks are drawn from
     * @param firstRow where the first row stands in a larger batch
     * @return the decoder's output {@code [T,B,V]}, valid until the next call
     */
    public Frames forward(Sequences source, Sequences target, boolean training, long dropoutKey, int firstRow) {
        Encoded encoded = encode(source, training, dropoutKey, firstRow);
        State initial = encoded.initial();
        long key = SplitMix64.mix(dropoutKey + 2);
        return decoder.forward(target, encoded.memory(), initial, initial, training, key, firstRow);
    }

    /**
     * Goes back through the last forward, from the gradients of the output to those of all parameters.
     *
     * @return the gradient, laid out as the parameters are; valid until the next call
     * @throws IllegalStateException if there was no forward since the last time
     */
    public float[] backward() {
        Memory last = memory;
        if (last == null) {
            throw new IllegalStateException("expected a forward before each backward, found none");
        }
        memory = null;
        if (gradient == null) {
            gradient = gemm.mirror(model.params().size());
        }
        Frames read = last.frames();
        Arrays.fill(read.gradients(), read.at(), read.at() + read.size(), 0);
        read.pushGrad();
        decoder.backward(gradient);
        throughBridge(Objects.requireNonNull(bridged), gradient);
        read.grad().pull(read.at(), read.size());
        float[] byBridge = bridge.inputGradient();
        float[] sum = read.gradients();
        for (int i = 0; i < read.size(); i++) {
            sum[read.at() + i] += byBridge[i];
        }
        encoder.backward(gradient);
        return gradient.heap();
    }

    private void throughBridge(Frames made, Mirror shared) {
        State dInitial = decoder.initialStateGradient();
        float[] to = made.gradients();
        int width = made.width();
        for (StateLayout.Part part : dInitial.layout().parts()) {
            for (int b = 0; b < dInitial.batch(); b++) {
                int from = dInitial.at(part) + b * part.width();
                System.arraycopy(dInitial.values(), from, to, made.at() + b * width + part.offset(), part.width());
            }
        }
        bridge.backward(shared);
    }

    /** After {@link #backward}, where asked for: the gradient of the source's values. */
    public float[] sourceGradient() {
        return encoder.inputGradient();
    }
}
