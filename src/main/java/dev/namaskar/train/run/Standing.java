package dev.namaskar.train.run;

import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.StoppingRules;
import java.util.List;

/**
 * What a run remembers beside the trainer's own snapshot.
 *
 * @param bestLoss lowest validation loss so far
 * @param bestStep where it was
 * @param withoutGain validations since
 * @param bestParams the parameters there; empty before the first validation
 * @param trainLoss mean loss of the last step's batch; not-a-number before the first step
 * @param recentLosses of validation, as far as {@link Averaging} looks back to them
 * @param length in steps of a run {@linkplain Training#plan planned} by time; 0 of another
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle for one file, never compared
public record Standing(
        double bestLoss,
        long bestStep,
        int withoutGain,
        float[] bestParams,
        double trainLoss,
        List<Double> recentLosses,
        long length) {
    /** Nothing done yet. */
    public static final Standing BEGUN =
            new Standing(Double.POSITIVE_INFINITY, 0, 0, new float[0], Double.NaN, List.of(), 0);

    /** Copies the list. */
    public Standing {
        recentLosses = List.copyOf(recentLosses);
    }

    Standing after(double loss) {
        return new Standing(bestLoss, bestStep, withoutGain, bestParams, loss, recentLosses, length);
    }

    Standing withLength(long steps) {
        return new Standing(bestLoss, bestStep, withoutGain, bestParams, trainLoss, recentLosses, steps);
    }

    /** After a validation. */
    Standing validated(double loss, long step, float[] params, List<Double> recent) {
        return loss < bestLoss
                ? new Standing(loss, step, 0, params.clone(), trainLoss, recent, length)
                : new Standing(bestLoss, bestStep, withoutGain + 1, bestParams, trainLoss, recent, length);
    }

    /** The rule by which the last validation ends the run; empty if none does. */
    String endedBy(StoppingRules rules) {
        if (bestLoss <= rules.targetLoss()) {
            return "validation loss " + bestLoss + " reached the target " + rules.targetLoss();
        }
        if (rules.patience() > 0 && withoutGain >= rules.patience()) {
            return "no better validation loss " + rules.patience() + " times in a row";
        }
        return "";
    }
}
