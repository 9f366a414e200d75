package dev.namaskar.translation;

import dev.namaskar.decoding.Continuations;
import dev.namaskar.decoding.Softmax;
import dev.namaskar.net.EncoderDecoderPass;
import dev.namaskar.net.Network;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import java.util.Arrays;
import java.util.List;

/**
 * The targets of sources that have been read, symbol by symbol as a search asks for them: a state for every beginning, one
 * memory for all beginnings of a source. Networks that are alike write together: by the mean of their logits. The symbol that
 * ends a target is what begins it too.
 */
final class DecodedSources implements Continuations {
    private final Network decoder;
    private final List<Reader> readers;
    private final int end;
    private final int barred;
    private int[] sourceOf = new int[0];
    private float[] answer = new float[0];

    /** One network, what it has read, and where it stands behind each beginning. */
    static final class Reader {
        private final EncoderDecoderPass pass;
        private final EncoderDecoderPass.Encoded sources;
        private State state;

        /** Continues what the pass has read last. */
        Reader(EncoderDecoderPass pass, EncoderDecoderPass.Encoded sources) {
            this.pass = pass;
            this.sources = sources;
            state = sources.initial();
        }
    }

    /**
     * Continues what networks have read.
     *
     * @param decoder of each
     * @param readers the networks; at least one
     * @param end the symbol that begins and ends a target
     * @param barred a symbol that is never written, as the one for what is unknown; -1 for none
     */
    DecodedSources(Network decoder, List<Reader> readers, int end, int barred) {
        this.decoder = decoder;
        this.readers = readers;
        this.end = end;
        this.barred = barred;
    }

    @Override
    public int symbols() {
        return decoder.spec().outputWidth();
    }

    @Override
    public float[] first(int rows) {
        int read = readers.get(0).sources.initial().batch();
        if (rows != read) {
            throw new IllegalArgumentException("expected as many sources as were read, " + read + ", found " + rows);
        }
        readers.forEach(reader -> reader.state = reader.sources.initial().copy());
        sourceOf = new int[rows];
        Arrays.setAll(sourceOf, i -> i);
        int[] begin = new int[rows];
        Arrays.fill(begin, end);
        return step(begin);
    }

    @Override
    public float[] next(int[] parents, int[] symbols) {
        for (Reader reader : readers) {
            State going = decoder.zeroState(parents.length);
            for (int i = 0; i < parents.length; i++) {
                reader.state.copyRows(parents[i], 1, going, i);
            }
            reader.state = going;
        }
        int[] before = sourceOf;
        sourceOf = Arrays.stream(parents).map(parent -> before[parent]).toArray();
        return step(symbols);
    }

    private float[] step(int[] symbols) {
        int rows = symbols.length;
        Sequences read = Sequences.ofTokens(1, rows, symbols);
        Frames logits = TargetWriter.mean(readers.stream()
                .map(reader -> reader.pass.decode(read, reader.sources.memory().forRows(sourceOf), reader.state))
                .toList());
        int width = logits.width();
        if (answer.length < rows * width) {
            answer = new float[rows * width];
        }
        for (int row = 0; row < rows; row++) {
            Softmax.logarithms(logits.values(), logits.at(0, row), width, answer, row * width);
            if (barred >= 0) {
                answer[row * width + barred] = Float.NEGATIVE_INFINITY;
            }
        }
        return answer;
    }
}
