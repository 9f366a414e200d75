package dev.namaskar.cli.options;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Checks of options: a value out of range is wrong usage, and the message names flag, range and value. */
public final class Range {
    private final CommandSpec spec;

    public Range(CommandSpec spec) {
        this.spec = spec;
    }

    /** A whole number with a lower limit, or nothing. */
    public void atLeast(String flag, long least, @Nullable Number found) {
        require(found == null || found.longValue() >= least, flag, "a whole number >= " + least, found);
    }

    /** A finite number above a limit, or nothing. */
    public void above(String flag, double limit, @Nullable Double found) {
        require(
                found == null || (found > limit && found < Double.POSITIVE_INFINITY),
                flag,
                "a number > " + plain(limit),
                found);
    }

    /** A finite number with a lower limit. */
    public void notBelow(String flag, double least, double found) {
        require(found >= least && found < Double.POSITIVE_INFINITY, flag, "a number >= " + plain(least), found);
    }

    /** A number with a lower limit, and below an upper one. */
    public void between(String flag, double least, double below, double found) {
        require(found >= least && found < below, flag, plain(least) + " <= number < " + plain(below), found);
    }

    /** Whether this option stands on the command line, rather than its default. */
    public boolean given(String flag) {
        return spec.commandLine().getParseResult().hasMatchedOption(flag);
    }

    /** The options that stand on the command line. */
    public List<OptionSpec> matched() {
        return spec.commandLine().getParseResult().matchedOptions();
    }

    /** The value of an option that stands on the command line, or null. */
    public <T> @Nullable T given(String flag, T value) {
        return given(flag) ? value : null;
    }

    /** An option that is given has to say what the trained model of {@code --from} is. */
    void agree(String flag, Object asked, List<?> found) {
        String shown = found.stream().distinct().map(String::valueOf).collect(Collectors.joining(" and "));
        boolean same = found.stream().allMatch(asked::equals);
        require(same || !given(flag), flag, shown + ", as the model of --from has", asked);
    }

    /** Whatever it is that has to hold. */
    public void require(boolean holds, String flag, String expected, @Nullable Object found) {
        if (!holds) {
            Object shown = found instanceof Double number ? plain(number) : found;
            throw wrong(flag + ": expected " + expected + ", found " + shown, null);
        }
    }

    /** An option that is given has to change something. */
    public void effective(String flag, boolean holds, String when) {
        if (!holds && given(flag)) {
            throw wrong(flag + ": has no effect " + when + "; leave one of them out", null);
        }
    }

    /** What is made of one option alone: if it does not do, that is wrong usage. */
    public <T> T usage(String flag, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw wrong(flag + ": " + e.getMessage(), e);
        }
    }

    /** What the library makes of options: if it does not do, that is wrong usage, in the words of the command. */
    public <T> T usage(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw wrong(Failure.optioned(String.valueOf(e.getMessage())), e);
        }
    }

    private ParameterException wrong(String message, @Nullable IllegalArgumentException cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
