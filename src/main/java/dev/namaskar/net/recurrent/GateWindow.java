package dev.namaskar.net.recurrent;

import dev.namaskar.cells.Step;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;

/**
 * The gates of a few neighbouring steps where matrix products read and write them: pre-activations on the way forward,
 * gradients of the pre-activations on the way back. Few steps, so that what a product leaves here is still in the
 * cache when the cell wants it; enough of them for the products that take all their rows at once.
 *
 * <p>Gate by gate {@code [steps, B, H]}; a candidate's hidden side, where it is kept apart, comes after the gates.
 */
final class GateWindow {
    /** Rows of a window, if there are so many: measured, 128 do as well for 256 units, and 512 need more. */
    private static final int ROWS = 512;

    private final Gemm gemm;
    private final int gates;
    private final boolean apart;
    private Mirror memory;
    private int room;
    private int step;

    GateWindow(PlacedRecurrent layer, Gemm gemm) {
        this.gemm = gemm;
        gates = layer.cell.gates();
        apart = layer.cell.candidateApart();
        memory = gemm.mirror(0);
    }

    /** How many steps of so many rows make a window. */
    static int steps(int batch) {
        return Math.max(1, ROWS / batch);
    }

    /** Makes room for so many steps of {@code step = B * H} values; what was here is lost if either is another. */
    void shape(int steps, int newStep) {
        room = steps;
        step = newStep;
        int size = Math.multiplyExact(Math.multiplyExact(gates + (apart ? 1 : 0), steps), newStep);
        if (memory.size() < size) {
            memory = gemm.mirror(size);
        }
    }

    Mirror memory() {
        return memory;
    }

    /** Where a gate's {@code x W_ih} goes and its gradient comes from, at this place in the window. */
    int at(int gate, int place) {
        return (gate * room + place) * step;
    }

    /** The same for {@code h W_hh}: the gate itself, but for a candidate kept apart. */
    int hiddenAt(int gate, int place) {
        return at(apart && gate == gates - 1 ? gates : gate, place);
    }

    /** Copies a step's pre-activations to where the cell works on them. */
    void read(int place, Step to) {
        for (int gate = 0; gate < gates; gate++) {
            memory.read(at(gate, place), to.gates[gate], 0, step);
        }
        if (apart) {
            memory.read(at(gates, place), to.candidate, 0, step);
        }
    }

    /** Copies a step's gradients to where products read them. */
    void write(Step from, int place) {
        for (int gate = 0; gate < gates; gate++) {
            memory.write(from.gates[gate], 0, at(gate, place), step);
        }
        if (apart) {
            memory.write(from.candidate, 0, at(gates, place), step);
        }
    }
}
