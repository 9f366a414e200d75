package dev.namaskar.net;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sequence to sequence, or vector to sequence (Sutskever, Vinyals and Le 2014; Cho et al. 2014): an encoder reads the
 * source, its output frames are the {@linkplain dev.namaskar.net.layers.Memory memory} that layers of the decoder attend
 * to, and a bridge makes the decoder's initial state of their mean,
 *
 * <pre>{@code
 * m = encoder(x),   s_0 = tanh(W mean over real steps of m + b),   y = decoder(previous targets; m, s_0)
 * }</pre>
 *
 * <p>The three stand over one buffer of parameters, under {@code encoder.}, {@code bridge.} and {@code decoder.}, so that
 * optimizers, files and clipping see one model. An encoder whose output is one frame, as a dense layer over a vector is,
 * makes a memory of one frame.
 *
 * <p>It holds no weights and never changes, so that any number of threads may work with it.
 */
public final class EncoderDecoder {
    /** What the names of the encoder's parameters begin with. */
    public static final String ENCODER = "encoder.";
    /** What the names of the bridge's parameters begin with. */
    public static final String BRIDGE = "bridge.";
    /** What the names of the decoder's parameters begin with. */
    public static final String DECODER = "decoder.";

    private final ParamLayout params;
    private final Network encoder;
    private final Network bridge;
    private final Network decoder;

    /**
     * Lays out the model of these two networks.
     *
     * @param encoderSpec reads the source
     * @param decoderSpec reads the target's symbols, each after the one before it; has at least one recurrent layer
     * @throws IllegalArgumentException if layers do not fit together
     */
    public EncoderDecoder(NetworkSpec encoderSpec, NetworkSpec decoderSpec) {
        params = new ParamLayout();
        encoder = new Network(encoderSpec, params, ENCODER);
        int width = new Network(decoderSpec).state().width();
        if (width == 0) {
            throw new IllegalArgumentException(
                    "expected a decoder with a state, that is, with a recurrent layer, found " + decoderSpec.layers());
        }
        NetworkSpec between =
                NetworkSpec.values(encoderSpec.outputWidth()).meanOverSteps().dense(width, Activation.TANH);
        bridge = new Network(between, params, BRIDGE);
        decoder = new Network(decoderSpec, params, DECODER);
    }

    private EncoderDecoder(ParamLayout shared, Network encoder, Network bridge, Network decoder) {
        params = shared;
        this.encoder = encoder;
        this.bridge = bridge;
        this.decoder = decoder;
    }

    /**
     * The model of these networks over the same parameters, as {@link #networks} gives them.
     *
     * @throws IllegalArgumentException if they are others, or a bridge does not fit between encoder and decoder
     */
    public static EncoderDecoder of(Map<String, Network> networks) {
        Network encoder = networks.get(ENCODER);
        Network bridge = networks.get(BRIDGE);
        Network decoder = networks.get(DECODER);
        if (encoder == null || bridge == null || decoder == null || networks.size() != 3) {
            throw new IllegalArgumentException("expected an encoder, a bridge and a decoder, found "
                    + (networks.isEmpty() ? "nothing" : String.join(" ", networks.keySet())));
        }
        NetworkSpec between = bridge.spec();
        if (between.tokens()
                || between.inputWidth() != encoder.spec().outputWidth()
                || between.outputWidth() != decoder.state().width()) {
            throw new IllegalArgumentException(
                    "expected a bridge from " + encoder.spec().outputWidth() + " values to a state of "
                            + decoder.state().width() + ", found one from " + between.inputWidth() + " to "
                            + between.outputWidth());
        }
        return new EncoderDecoder(encoder.params(), encoder, bridge, decoder);
    }

    /** The three networks by what their parameters' names begin with, in the order in which these stand. */
    public Map<String, Network> networks() {
        Map<String, Network> networks = new LinkedHashMap<>();
        networks.put(ENCODER, encoder);
        networks.put(BRIDGE, bridge);
        networks.put(DECODER, decoder);
        return networks;
    }

    /** Where each parameter of all three stands. */
    public ParamLayout params() {
        return params;
    }

    /** What reads the source. */
    public Network encoder() {
        return encoder;
    }

    /** What makes the decoder's initial state, part after part, of the memory. */
    public Network bridge() {
        return bridge;
    }

    /** What writes the target. */
    public Network decoder() {
        return decoder;
    }

    /** Fresh parameters, as the layers' initializers draw them. */
    public Params initialize(long seed) {
        Params fresh = Params.zeros(params);
        Network.initialize(networks().values(), fresh, seed);
        return fresh;
    }

    /** Room for the weights in the form that these products want; loaded once an update and shared by all passes. */
    public SharedWeights weights(Gemm gemm) {
        return new EncoderDecoderWeights(encoder.weights(gemm), bridge.weights(gemm), decoder.weights(gemm));
    }

    /** A pass for one thread over what {@link #weights} made. */
    public EncoderDecoderPass pass(SharedWeights weights, Gemm gemm) {
        return new EncoderDecoderPass(this, (EncoderDecoderWeights) weights, gemm);
    }

    /** A pass that predicts with these parameters, by products of this library. */
    public EncoderDecoderPass predictor(Params values, GemmLibrary library) {
        SharedWeights weights = weights(library.open());
        weights.load(values.values(), false);
        return pass(weights, library.open());
    }
}
