package dev.namaskar.translation;

import dev.namaskar.decoding.BeamSearch;
import dev.namaskar.decoding.Hypothesis;
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

/**
 * An encoder and a decoder at work on sources that are about as long, put side by side; or several of them that are alike,
 * whose logits are averaged at every symbol. Belongs to one thread.
 */
final class TargetWriter {
    /** Sources read together. */
    private static final int ROWS = 64;

    private final EncoderDecoder model;
    private final TargetSymbols targets;
    private final List<Member> members = new ArrayList<>();

    private record Member(SharedWeights weights, EncoderDecoderPass pass) {}

    /** A writer of so many networks, without parameters so far. */
    TargetWriter(EncoderDecoder model, TargetSymbols targets, GemmLibrary library, int networks) {
        this.model = model;
        this.targets = targets;
        Gemm gemm = library.open();
        for (int k = 0; k < networks; k++) {
            SharedWeights weights = model.weights(gemm);
            members.add(new Member(weights, model.pass(weights, gemm)));
        }
    }

    /** Takes the parameters of each network over. */
    TargetWriter load(List<float[]> params) {
        for (int k = 0; k < members.size(); k++) {
            members.get(k).weights.load(params.get(k), false);
        }
        return this;
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
            List<DecodedSources.Reader> readers = members.stream()
                    .map(member -> new DecodedSources.Reader(
                            member.pass, member.pass.encode(batch.source().sequences())))
                    .toList();
            DecodedSources going = new DecodedSources(model.decoder(), readers, targets.end(), barred);
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
            Frames out = logits(batch);
            sum[0] += new SequenceLoss(new SoftmaxCrossEntropy()).compute(out, batch.asTargets(), 1);
            sum[1] += SequenceLoss.realSteps(out);
        });
        return sum[0] / sum[1];
    }

    private Frames logits(Batch batch) {
        return mean(members.stream()
                .map(member -> member.pass.forward(batch.source().sequences(), batch.sequences(), false, 0, 0))
                .toList());
    }

    /** The mean of what networks put out, in the place of what the first did. */
    static Frames mean(List<Frames> each) {
        Frames mean = each.get(0);
        for (int i = 0; each.size() > 1 && i < mean.size(); i++) {
            float sum = 0;
            for (Frames logits : each) {
                sum += logits.values()[logits.at() + i];
            }
            mean.values()[mean.at() + i] = sum / each.size();
        }
        return mean;
    }

    /**
     * How each symbol of a target and its end attend to the source's steps, on average over the networks: {@code [target +
     * 1][source]}.
     */
    float[][] attention(Source source, int... target) {
        int steps = source.steps();
        float[][] all = new float[target.length + 1][steps];
        together(List.of(new TargetExamples.Item(source, target)), (batch, rows) -> {
            for (Member member : members) {
                EncoderDecoderPass.Encoded read =
                        member.pass.encode(batch.source().sequences());
                Memory memory = read.memory();
                member.pass.decode(batch.sequences(), memory, read.initial());
                for (int i = 0; i < all.length * steps; i++) {
                    all[i / steps][i % steps] += memory.weights()[i] / members.size();
                }
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
