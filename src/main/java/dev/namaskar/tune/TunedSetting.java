package dev.namaskar.tune;

import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a training that trials may try.
 *
 * @param name as messages have it
 * @param scale what its values are
 * @param usual the range that is tried where none is named, as {@link Scale#read} reads it; null to try it only where one
 *     is
 * @param asked whether a training is asked for a value of its own, which all trials then have
 * @param give gives a training a value; the training with it
 * @param <S> the training
 */
public record TunedSetting<S>(
        String name, Scale scale, @Nullable String usual, Predicate<S> asked, BiFunction<S, Object, S> give) {}
