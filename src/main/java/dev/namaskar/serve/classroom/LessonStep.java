package dev.namaskar.serve.classroom;

/**
 * A step of an unrolled network, with what flows through it forward and back. L is the mean loss of all steps.
 *
 * @param read the letter that is read
 * @param target the letter that follows
 * @param state h after the step, of all that the cell carries
 * @param logits y
 * @param probabilities softmax of y
 * @param loss of this step alone, in nats
 * @param dLogits dL/dy
 * @param dOwn dL/dh by way of this step's own output, of {@code h} alone
 * @param dLater dL/dstate by way of the later steps
 * @param dLast the gradient of the last step's loss with respect to this step's state: what is left of it so far back
 */
@SuppressWarnings("ArrayRecordComponent") // numbers to be looked at, never compared
public record LessonStep(
        int read,
        int target,
        float[] state,
        float[] logits,
        double[] probabilities,
        double loss,
        float[] dLogits,
        float[] dOwn,
        float[] dLater,
        float[] dLast) {}
