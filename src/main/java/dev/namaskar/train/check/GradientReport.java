package dev.namaskar.train.check;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
            double numeric) {
        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", name);
            map.put("shape", shape);
            map.put("worst_relative_error", number(worstRelativeError));
            map.put("index", index);
            map.put("analytic", number(analytic));
            map.put("numeric", number(numeric));
            map.put("checked", checked);
            map.put("unresolved", unresolved);
            return map;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "  %-34s %-10s %9d %12.1e  %-12s %14.6e %14.6e%s%n",
                    name,
                    brackets(shape),
                    checked,
                    worstRelativeError,
                    brackets(index),
                    analytic,
                    numeric,
                    unresolved == 0 ? "" : "  (" + unresolved + " not resolved)");
        }

        private static String brackets(List<Integer> numbers) {
            return numbers.toString().replace(" ", "");
        }
    }

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

    /** Everything under its name, for JSON, which has no infinity: a number that is none is the largest there is. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("tensors", tensors.stream().map(Tensor::toMap).toList());
        map.put("worst", number(worst()));
        map.put("passed", passed());
        return map;
    }

    private static double number(double value) {
        return Double.isFinite(value) ? value : Double.MAX_VALUE;
    }

    /** A line a tensor, below a heading. */
    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "  %-34s %-10s %9s %12s  %-12s %14s %14s%n",
                        "tensor",
                        "shape",
                        "entries",
                        "worst error",
                        "at",
                        "analytic",
                        "numeric")
                + tensors.stream().map(Tensor::toString).collect(Collectors.joining());
    }
}
