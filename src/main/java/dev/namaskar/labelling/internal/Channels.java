package dev.namaskar.labelling.internal;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.params.RecordCodec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How channels are scaled before a network reads them, {@code z = (x - mean) / deviation}, each on its own, by what the
 * training data had.
 *
 * @param mean of each channel
 * @param deviation of each channel; 1 for one that never changes
 */
public record Channels(List<Double> mean, List<Double> deviation) {
    public Channels {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty()
                || mean.size() != deviation.size()
                || !mean.stream().allMatch(Double::isFinite)
                || !deviation.stream().allMatch(d -> d > 0 && Double.isFinite(d))) {
            throw new IllegalArgumentException(
                    "expected a mean and a deviation above 0 for each channel, found " + mean + " and " + deviation);
        }
    }

    public static Channels of(List<ChannelSequence> sequences) {
        int width = sequences.get(0).channels();
        double[] sum = new double[width];
        double[] squares = new double[width];
        long count = 0;
        for (ChannelSequence sequence : sequences) {
            count += sequence.steps();
            for (int i = 0; i < sequence.values().length; i++) {
                sum[i % width] += sequence.values()[i];
            }
        }
        long steps = count;
        for (ChannelSequence sequence : sequences) {
            for (int i = 0; i < sequence.values().length; i++) {
                double off = sequence.values()[i] - sum[i % width] / steps;
                squares[i % width] += off * off;
            }
        }
        return new Channels(
                IntStream.range(0, width).mapToObj(k -> sum[k] / steps).toList(),
                IntStream.range(0, width)
                        .mapToObj(k -> squares[k] > 0 ? Math.sqrt(squares[k] / steps) : 1.0)
                        .toList());
    }

    public int count() {
        return mean.size();
    }

    /** The sequence as the network reads it. */
    public Item item(ChannelSequence sequence) {
        if (sequence.channels() != count()) {
            throw new IllegalArgumentException(
                    "expected sequences of " + count() + " channels, found one of " + sequence.channels());
        }
        float[] scaled = new float[sequence.values().length];
        for (int i = 0; i < scaled.length; i++) {
            int k = i % count();
            scaled[i] = (float) ((sequence.values()[i] - mean.get(k)) / deviation.get(k));
        }
        return Item.ofValues(scaled, sequence.steps());
    }

    public String toJson() {
        return Json.write(RecordCodec.PLAIN.write(this));
    }

    public static Channels fromJson(String what, String json) throws MalformedFileException {
        try {
            return RecordCodec.PLAIN.read("channels", Channels.class, Json.readObject(what, json));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
    }
}
