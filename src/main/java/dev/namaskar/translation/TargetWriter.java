package dev.namaskar.translation;

import dev.namaskar.decoding.BeamSearch;
import dev.namaskar.decoding.Hypothesis;
import dev.namaskar.files.Model;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.EncoderDecoderPass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** An encoder and a decoder at work on sources that are about as long, put side by side. Belongs to one thread. */
final class TargetWriter {
    /** Sources read together. */
    private static final int ROWS = 64;

    private final EncoderDecoder model;
    private final TargetSymbols targets;
    private final SharedWeights weights;
    private final EncoderDecoderPass pass;

    /** A writer without parameters so far. */
    TargetWriter(EncoderDecoder model, TargetSymbols targets, GemmLibrary library) {
        this.model = model;
        this.targets = targets;
        Gemm gemm = library.open();
        weights = model.weights(gemm);
        pass = model.pass(weights, gemm);
    }

    /** Takes parameters over. */
    TargetWriter load(float[] params) {
        weights.load(params, false);
        return this;
    }

    /** The encoder and decoder of a stored model. */
    static EncoderDecoder of(Model stored) {
        return EncoderDecoder.of(stored.networks());
    }

    /** The best targets of each source, in the sources' order. */
    List<List<Hypothesis>> search(List<Source> sources, Decoding how, int longest) {
        BeamSearch search = new BeamSearch(how.beam(), how.best(), how.rule(), targets.end(), longest);
        List<TargetExamples.Item> items = sources.stream()
                .map(source -> new TargetExamples.Item(source, new int[0]))
                .toList();
        List<List<Hypothesis>> found = new ArrayList<>(Collections.nCopies(sources.size(), List.of()));
        int barred = targets.lexicon().unknown();
        together(items, (batch, rows) -> {
            EncoderDecoderPass.Encoded read = pass.encode(batch.source().sequences());
            DecodedSources going = new DecodedSources(model.decoder(), pass, read, targets.end(), barred);
            List<List<Hypothesis>> best = search.search(going, rows.length);
            for (int row = 0; row < rows.length; row++) {
                found.set(rows[row], best.get(row));
            }
        });
        return found;
    }

    /** The mean loss of the targets' symbols, their ends among them, in nats. */
    double nats(List<TargetExamples.Item> items) {
        double[] sum = new double[2];
        together(items, (batch, rows) -> {
            Frames out = pass.forward(batch.source().sequences(), batch.sequences(), false, 0, 0);
            sum[0] += new SequenceLoss(new SoftmaxCrossEntropy()).compute(out, batch.asTargets(), 1);
            sum[1] += SequenceLoss.realSteps(out);
        });
        return sum[0] / sum[1];
    }

    /** How each symbol of a target and its end attend to the source's steps: {@code [target + 1][source]}. */
    float[][] attention(Source source, int... target) {
        float[][] all = new float[target.length + 1][];
        together(List.of(new TargetExamples.Item(source, target)), (batch, rows) -> {
            EncoderDecoderPass.Encoded read = pass.encode(batch.source().sequences());
            Memory memory = read.memory();
            pass.decode(batch.sequences(), memory, read.initial());
            int steps = source.steps();
            for (int t = 0; t < all.length; t++) {
                all[t] = Arrays.copyOfRange(memory.weights(), t * steps, (t + 1) * steps);
            }
        });
        return all;
    }

    private interface Work {
        void on(Batch batch, Integer[] rows);
    }

    private void together(List<TargetExamples.Item> items, Work work) {
        TargetExamples examples = new TargetExamples(model.encoder().spec(), targets.end(), items);
        Integer[] order = IntStream.range(0, items.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order, Comparator.<Integer>comparingInt(examples::sourceLength).thenComparingInt(examples::length));
        BatchShape shape = examples.shape();
        for (int from = 0; from < order.length; from += ROWS) {
            Integer[] rows = Arrays.copyOfRange(order, from, Math.min(from + ROWS, order.length));
            Batch batch = new Batch(shape, rows.length);
            examples.write(rows, batch);
            work.on(batch, rows);
        }
    }
}
