package dev.namaskar.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.EncoderDecoderPass;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.attention.Attention;
import dev.namaskar.net.attention.AttentionScore;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.net.recurrent.Merge;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime on an exported encoder and decoder, the decoder run at once and stepped, against the model here. */
class OnnxTranslatorTest {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
    private static final int[] LENGTHS = {5, 1, 3};
    private static final int SOURCE_STEPS = 5;
    private static final int STEPS = 4;
    private static final int ROWS = LENGTHS.length;

    private static EncoderDecoder model(String cell, AttentionScore score, boolean tokens) {
        NetworkSpec encoder = tokens
                ? NetworkSpec.tokens(7).embedding(3).dropout(0.2).bidirectional(cell, 4, Merge.CONCATENATE)
                : NetworkSpec.values(7).dense(8, Activation.TANH);
        boolean asWide = score == AttentionScore.GENERAL;
        return new EncoderDecoder(
                encoder,
                NetworkSpec.tokens(6)
                        .embedding(3)
                        .recurrent(cell, 4)
                        .then(new Attention(score, asWide ? 4 : 5, 8))
                        .recurrent(cell, 3)
                        .then(new Attention(score, asWide ? 3 : 2, 8))
                        .dense(4, Activation.TANH)
                        .dense(6));
    }

    private static OnnxTensor tensor(long[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(RUNTIME, LongBuffer.wrap(values), shape);
    }

    private static OnnxTensor tensor(float[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(values), shape);
    }

    private static float[][][] floats(OrtSession.Result result, String name) throws OrtException {
        return (float[][][]) result.get(name).orElseThrow().getValue();
    }

    @ParameterizedTest
    @CsvSource({"lstm, DOT, true", "gru, ADDITIVE, true", "rnn, DOT, false", "lstm, GENERAL, true"})
    void bothPartsSayTheSame(String cell, AttentionScore score, boolean tokens) throws OrtException {
        EncoderDecoder whole = model(cell, score, tokens);
        Model stored = new Model(whole.networks(), whole.initialize(3), Map.of());
        Random random = new Random(2);
        int sourceSteps = tokens ? SOURCE_STEPS : 1;
        int[] lengths = tokens ? LENGTHS : new int[] {1, 1, 1};
        int[] ids = random.ints((long) sourceSteps * ROWS, 0, 7).toArray();
        float[] values = new float[sourceSteps * ROWS * 7];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        int[] written = random.ints((long) STEPS * ROWS, 0, 6).toArray();
        Sequences source = (tokens
                        ? Sequences.ofTokens(sourceSteps, ROWS, ids)
                        : Sequences.ofValues(sourceSteps, ROWS, values))
                .withLengths(lengths);
        EncoderDecoderPass pass = whole.predictor(stored.params(), GemmLibrary.JAVA);
        EncoderDecoderPass.Encoded read = pass.encode(source);
        Frames ours = pass.decode(
                Sequences.ofTokens(STEPS, ROWS, written),
                read.memory(),
                read.initial().copy());

        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put("lengths", OnnxTensor.createTensor(RUNTIME, IntBuffer.wrap(lengths), new long[] {ROWS}));
        inputs.put(
                tokens ? "tokens" : "values",
                tokens
                        ? tensor(Arrays.stream(ids).asLongStream().toArray(), sourceSteps, ROWS)
                        : tensor(values, sourceSteps, ROWS, 7));
        try (OrtSession encoder = RUNTIME.createSession(OnnxTranslator.toBytes(stored, OnnxTranslator.Part.ENCODER));
                OrtSession decoder =
                        RUNTIME.createSession(OnnxTranslator.toBytes(stored, OnnxTranslator.Part.DECODER));
                OrtSession.Result encoded = encoder.run(inputs)) {
            Map<String, OnnxTensor> state = new LinkedHashMap<>();
            for (StateLayout.Part part : whole.decoder().state().parts()) {
                state.put(part.name(), (OnnxTensor) encoded.get(part.name()).orElseThrow());
            }
            Map<String, OnnxTensor> feeds = new LinkedHashMap<>(state);
            feeds.put("memory", (OnnxTensor) encoded.get("memory").orElseThrow());
            feeds.put("lengths", inputs.get("lengths"));
            feeds.put("tokens", tensor(Arrays.stream(written).asLongStream().toArray(), STEPS, ROWS));
            try (OrtSession.Result result = decoder.run(feeds)) {
                close(floats(result, "output"), ours, 0);
                float[][][] weights = floats(result, "attention");
                for (int t = 0; t < STEPS; t++) {
                    for (int b = 0; b < ROWS; b++) {
                        for (int s = 0; s < sourceSteps; s++) {
                            assertThat(weights[t][b][s])
                                    .isCloseTo(
                                            read.memory().weights()[(t * ROWS + b) * sourceSteps + s], within(1e-5f));
                        }
                    }
                }
            }
            stepped(decoder, feeds, written, ours);
        }
    }

    private static void stepped(OrtSession decoder, Map<String, OnnxTensor> feeds, int[] written, Frames ours)
            throws OrtException {
        Map<String, OnnxTensor> now = new LinkedHashMap<>(feeds);
        for (int t = 0; t < STEPS; t++) {
            int[] row = Arrays.copyOfRange(written, t * ROWS, (t + 1) * ROWS);
            now.put("tokens", tensor(Arrays.stream(row).asLongStream().toArray(), 1, ROWS));
            OrtSession.Result result = decoder.run(now); // its outputs are the next step's inputs
            close(floats(result, "output"), ours, t);
            for (String name : feeds.keySet()) {
                result.get(name + "_next").ifPresent(next -> now.put(name, (OnnxTensor) next));
            }
        }
    }

    private static void close(float[][][] found, Frames ours, int from) {
        for (int t = 0; t < found.length; t++) {
            for (int b = 0; b < ROWS; b++) {
                for (int k = 0; k < ours.width(); k++) {
                    assertThat(found[t][b][k]).isCloseTo(ours.values()[ours.at(from + t, b) + k], within(1e-5f));
                }
            }
        }
    }

    @Test
    void onePartHasToBeChosen() {
        EncoderDecoder whole = model("gru", AttentionScore.DOT, true);
        Model stored = new Model(whole.networks(), whole.initialize(3), Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxModel.toBytes(stored))
                .withMessageContaining("`part`: expected encoder or decoder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxTranslator.Part.of("bridge"))
                .withMessage("expected a part encoder or decoder, found bridge");
    }
}
