package dev.namaskar.train.check;

import java.util.Comparator;
import java.util.List;

/**
 * What a {@link GradientCheck} found.
 *
 * @param tensors one entry for each parameter slot, the input values, and each part of the initial state
 */
public record GradientReport(List<Tensor> tensors) {
    /**
     * One tensor's gradient by back-propagation against its gradient by differences.
     *
     * @param name the parameter's name, {@code input}, or {@code initial h_l0} and so on
     * @param shape sizes of its axes
     * @param checked how many entries were compared
     * @param unresolved how many more were looked at, do not agree, but cannot be compared, since differences settle on
     *     no number there: a kink, such as ReLU's, lies too near
     * @param worstRelativeError the largest {@code |analytic - numeric| / floored denominator}; see
     *     {@link GradientCheck}
     * @param index where that is, an index for each axis; empty if nothing was compared
     * @param analytic back-propagation's value there
     * @param numeric the differences' value there
     */
    public record Tensor(
            String name,
            List<Integer> shape,
            int checked,
            int unresolved,
            double worstRelativeError,
            List<Integer> index,
            double analytic,
            double numeric) {}

    /** Copies the list. */
    public GradientReport {
        tensors = List.copyOf(tensors);
    }

    /** The largest relative error of all; not-a-number counts as infinite. */
    public double worst() {
        return tensors.stream().mapToDouble(Tensor::worstRelativeError).max().orElse(0);
    }

    /** The tensor with the largest relative error. */
    public Tensor worstTensor() {
        return tensors.stream()
                .max(Comparator.comparingDouble(Tensor::worstRelativeError))
                .orElseThrow();
    }

    /** Entries compared, in all tensors. */
    public int checked() {
        return tensors.stream().mapToInt(Tensor::checked).sum();
    }

    /** Entries that could not be compared, in all tensors. */
    public int unresolved() {
        return tensors.stream().mapToInt(Tensor::unresolved).sum();
    }

    /** Whether every tensor is below {@link GradientCheck#TOLERANCE} and at least half of the entries could be compared. */
    public boolean passed() {
        return worst() < GradientCheck.TOLERANCE && unresolved() <= checked();
    }
}
