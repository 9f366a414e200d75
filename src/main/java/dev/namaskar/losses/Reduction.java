package dev.namaskar.losses;

/** How the losses of all real steps become one number. */
public enum Reduction {
    /** Their mean: padding counts for nothing. */
    MEAN,
    /** Their sum. */
    SUM;

    /** What each of this many real steps is multiplied with. */
    public double weight(long realSteps) {
        return this == SUM || realSteps == 0 ? 1 : 1.0 / realSteps;
    }
}
