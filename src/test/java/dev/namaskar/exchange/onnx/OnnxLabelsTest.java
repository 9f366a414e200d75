package dev.namaskar.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.ReadOut;
import dev.namaskar.labelling.Tagger;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.labelling.data.TaggedSentence;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.tasks.TaskModel;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime on exported classifiers and taggers, on rows of their own lengths, against the network here. */
class OnnxLabelsTest {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    static Stream<TaskModel> models() {
        List<LabelledText> texts = new ArrayList<>();
        List<ChannelSequence> series = new ArrayList<>();
        List<TaggedSentence> sentences = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            texts.add(new LabelledText("ab".repeat(1 + random.nextInt(4)) + "c", i % 3 == 0 ? "x" : "y"));
            float[] values = new float[3 * (1 + random.nextInt(5))];
            Arrays.fill(values, random.nextFloat());
            series.add(new ChannelSequence(values, 3, i % 2 == 0 ? "x" : "y"));
            sentences.add(new TaggedSentence(List.of("ab", "ba"), List.of("X", "Y")));
        }
        Stream<TaskModel> classifiers = Arrays.stream(ReadOut.values())
                .flatMap(readOut -> Stream.of(
                        Classifier.training()
                                .readOut(readOut)
                                .hidden(5)
                                .embedding(4)
                                .layers(l -> l.withLayers(2))
                                .steps(3)
                                .threads(1)
                                .on(texts),
                        Classifier.training()
                                .readOut(readOut)
                                .cell("lstm")
                                .hidden(5)
                                .steps(3)
                                .threads(1)
                                .onChannels(series)));
        return Stream.concat(
                classifiers,
                Stream.of(Tagger.training().hidden(5).steps(3).threads(1).on(sentences)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void saysTheSameOfRowsOfAnyLength(TaskModel model) throws OrtException {
        Random random = new Random(2);
        boolean tokens = model.stored().spec().tokens();
        int width = model.stored().spec().inputWidth();
        int[] lengths = {4, 1, 7, 3};
        int steps = 7;
        int rows = lengths.length;
        int[] ids = random.ints((long) steps * rows, 0, width).toArray();
        float[] values = new float[steps * rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Pass pass = model.stored().network().predictor(model.stored().params());
        Sequences sequences = (tokens ? Sequences.ofTokens(steps, rows, ids) : Sequences.ofValues(steps, rows, values))
                .withLengths(lengths);
        Frames ours = pass.predict(sequences, model.stored().network().zeroState(rows));

        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put("lengths", OnnxTensor.createTensor(RUNTIME, IntBuffer.wrap(lengths), new long[] {rows}));
        inputs.put(
                tokens ? "tokens" : "values",
                tokens
                        ? OnnxTensor.createTensor(
                                RUNTIME,
                                LongBuffer.wrap(
                                        Arrays.stream(ids).asLongStream().toArray()),
                                new long[] {steps, rows})
                        : OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(values), new long[] {steps, rows, width}));
        try (OrtSession session = RUNTIME.createSession(OnnxModel.toBytes(model.stored()));
                OrtSession.Result result = session.run(inputs)) {
            float[][][] logits =
                    (float[][][]) result.get("output").orElseThrow().getValue();
            float[][][] probabilities =
                    (float[][][]) result.get("probabilities").orElseThrow().getValue();
            assertThat(logits.length).isEqualTo(ours.steps());
            for (int b = 0; b < rows; b++) {
                for (int t = 0; t < (ours.steps() == 1 ? 1 : lengths[b]); t++) {
                    double sum = 0;
                    for (int k = 0; k < ours.width(); k++) {
                        assertThat((double) logits[t][b][k]).isCloseTo(ours.values()[ours.at(t, b) + k], within(1e-5));
                        sum += Math.exp(logits[t][b][k]);
                    }
                    for (int k = 0; k < ours.width(); k++) {
                        assertThat((double) probabilities[t][b][k])
                                .isCloseTo(Math.exp(logits[t][b][k]) / sum, within(1e-6));
                    }
                }
            }
        }
        inputs.values().forEach(OnnxTensor::close);
    }
}
