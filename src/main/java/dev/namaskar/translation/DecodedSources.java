package dev.namaskar.translation;

import dev.namaskar.decoding.Continuations;
import dev.namaskar.decoding.Softmax;
import dev.namaskar.net.EncoderDecoderPass;
import dev.namaskar.net.Network;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import dev.namaskar.net.layers.State;
import java.util.Arrays;

/**
 * The targets of sources that have been read, symbol by symbol as a search asks for them: a state for every beginning, one
 * memory for all beginnings of a source. The symbol that ends a target is what begins it too.
 */
final class DecodedSources implements Continuations {
    private final Network decoder;
    private final EncoderDecoderPass pass;
    private final EncoderDecoderPass.Encoded sources;
    private final int end;
    private final int barred;
    private State state;
    private int[] sourceOf = new int[0];
    private float[] answer = new float[0];

    /**
     * Continues what the pass has read last.
     *
     * @param end the symbol that begins and ends a target
     * @param barred a symbol that is never written, as the one for what is unknown; -1 for none
     */
    DecodedSources(Network decoder, EncoderDecoderPass pass, EncoderDecoderPass.Encoded sources, int end, int barred) {
        this.decoder = decoder;
        this.pass = pass;
        this.sources = sources;
        this.end = end;
        this.barred = barred;
        state = sources.initial();
    }

    @Override
    public int symbols() {
        return decoder.spec().outputWidth();
    }

    @Override
    public float[] first(int rows) {
        if (rows != sources.initial().batch()) {
            throw new IllegalArgumentException("expected as many sources as were read, "
                    + sources.initial().batch() + ", found " + rows);
        }
        state = sources.initial().copy();
        sourceOf = new int[rows];
        Arrays.setAll(sourceOf, i -> i);
        int[] begin = new int[rows];
        Arrays.fill(begin, end);
        return step(begin);
    }

    @Override
    public float[] next(int[] parents, int[] symbols) {
        State going = decoder.zeroState(parents.length);
        int[] of = new int[parents.length];
        for (int i = 0; i < parents.length; i++) {
            state.copyRows(parents[i], 1, going, i);
            of[i] = sourceOf[parents[i]];
        }
        state = going;
        sourceOf = of;
        return step(symbols);
    }

    private float[] step(int[] symbols) {
        int rows = symbols.length;
        Memory memory = sources.memory().forRows(sourceOf);
        Frames out = pass.decode(Sequences.ofTokens(1, rows, symbols), memory, state);
        int width = out.width();
        if (answer.length < rows * width) {
            answer = new float[rows * width];
        }
        for (int row = 0; row < rows; row++) {
            Softmax.logarithms(out.values(), out.at(0, row), width, answer, row * width);
            if (barred >= 0) {
                answer[row * width + barred] = Float.NEGATIVE_INFINITY;
            }
        }
        return answer;
    }
}
