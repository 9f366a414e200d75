package dev.namaskar.tasks;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.settings.RunSettings;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examples in two parts.
 *
 * @param all of a file, in their order
 * @param aside which of them are not learned, as they validate
 * @param others of a file of their own that validate
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle on its way into a training, never compared
public record Parts<T>(List<T> all, boolean[] aside, List<T> others) {
    /** With fewer held-out examples than this their loss says more of chance than of the network. */
    private static final int FEWEST = 20;

    /**
     * Examples of which these are to be held out: none where there are others to validate on, where they are so few that
     * they would say nothing, or where nothing would be left to learn.
     *
     * @param others null where there is no file of them
     */
    public static <T> Parts<T> of(List<T> all, boolean[] heldOut, @Nullable List<T> others) {
        long held = IntStream.range(0, heldOut.length).filter(i -> heldOut[i]).count();
        boolean divided = others == null && held >= FEWEST && held < all.size();
        return new Parts<>(all, divided ? heldOut : new boolean[all.size()], others == null ? List.of() : others);
    }

    /**
     * Which examples to hold out: the same whatever their order, for it depends on what they say and on the seed.
     *
     * @param content what tells an example from others
     * @param run has the seed, and the share that is held out
     */
    public static <T> boolean[] heldOut(List<T> all, Function<T, String> content, RunSettings run) {
        Double share = run.data().valFraction();
        boolean[] aside = new boolean[all.size()];
        for (int i = 0; i < aside.length && share != null; i++) {
            String said = content.apply(all.get(i));
            long key = SplitMix64.mix(run.seed() * SplitMix64.GOLDEN_GAMMA + said.hashCode());
            aside[i] = new SplitMix64(key).nextDouble() < share;
        }
        return aside;
    }

    /** Those that are learned. */
    public List<T> learned() {
        return where(i -> !aside[i]).toList();
    }

    /** Those that validate. */
    public List<T> validating() {
        return Stream.concat(where(i -> aside[i]), others.stream()).toList();
    }

    private Stream<T> where(IntPredicate which) {
        return IntStream.range(0, aside.length).filter(which).mapToObj(all::get);
    }
}
