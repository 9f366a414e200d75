package dev.namaskar.train;

import dev.namaskar.losses.Ctc;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Labels that stand at no certain steps ({@link BatchShape#labels}), by connectionist temporal classification ({@link
 * Ctc}): the sum over the rows of {@code -ln p(labels | row)}, its mean being over all labels, so in nats a label. A row
 * without frames and without labels counts nothing; one with frames and without labels learns to be all blank.
 *
 * <p>It counts the frames whose likeliest symbol is the blank: in the first part of a training nearly all of them are, and
 * the loss hardly moves until labels come through.
 */
public final class CtcObjective implements Objective {
    private final Ctc ctc;
    private final int blank;
    private int[][] labels = new int[0][];
    private long blanks;
    private long frames;

    /** The objective with this output as the blank. */
    public CtcObjective(int blank) {
        ctc = new Ctc(blank);
        this.blank = blank;
    }

    /**
     * See {@link Objective}.
     *
     * @throws IllegalArgumentException naming the row, if its labels do not fit into its frames or are no labels
     */
    @Override
    public double compute(Frames out, Batch shard, double weight) {
        if (shard.targetLengths.length < shard.rows()) {
            throw new IllegalArgumentException(
                    "expected batches with a number of labels for each row, found targets of extent "
                            + shard.shape().target().extent());
        }
        int rows = out.batch();
        int width = out.width();
        int stride = rows * width;
        int[] lengths = out.lengths();
        blanks = 0;
        frames = 0;
        double sum = 0;
        for (int b = 0; b < rows; b++) {
            int count = lengths == null ? out.steps() : lengths[b];
            int at = out.at() + b * width;
            try {
                sum += ctc.compute(
                        out.values(), out.gradients(), at, stride, count, width, labels(shard, b), (float) weight);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(
                        "row " + (shard.firstRow() + b) + ": " + refused.getMessage(), refused);
            }
            for (int t = count; t < out.steps(); t++) {
                Arrays.fill(out.gradients(), at + t * stride, at + t * stride + width, 0);
            }
            countBlanks(out.values(), at, stride, count, width);
        }
        return sum;
    }

    /** A row's labels, in an array of their length that is kept from batch to batch. */
    private int[] labels(Batch shard, int row) {
        int count = shard.targetLengths[row];
        if (labels.length <= count) {
            labels = Arrays.copyOf(labels, count + 1);
        }
        int[] found = labels[count];
        if (found == null) {
            found = new int[count];
            labels[count] = found;
        }
        for (int i = 0; i < count; i++) {
            found[i] = shard.classes[i * shard.rows() + row];
        }
        return found;
    }

    private void countBlanks(float[] values, int at, int stride, int count, int width) {
        for (int t = 0; t < count; t++) {
            int frame = at + t * stride;
            boolean likeliest = true;
            for (int k = 0; k < width; k++) {
                likeliest &= values[frame + k] <= values[frame + blank];
            }
            blanks += likeliest ? 1 : 0;
        }
        frames += count;
    }

    @Override
    public @Nullable Tally tally() {
        return new Tally("blank_share", blanks, frames);
    }
}
