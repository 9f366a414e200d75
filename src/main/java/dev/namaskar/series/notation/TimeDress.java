package dev.namaskar.series.notation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people and programs put around a time that is no part of it, and times whose year stands behind the clock. */
final class TimeDress {
    private static final int SHORTEST = 6;
    /** {@code w/c 04/01/2021}, {@code Week ending 4 Jan 2021}. */
    private static final Pattern WEEK = Pattern.compile(
            "(?i)(?:w/[cbe]|week[ _](?:of|commencing|beginning|starting|ending|ended))[: ]\\h*(?=.*[0-9])");
    /**
     * {@code Jan 2021 (p)}, {@code 2021-01*}: provisional, revised or estimated, not what was forecast; {@code 20210131.0},
     * which was a number once.
     */
    private static final Pattern MARK =
            Pattern.compile("(?<=[0-9])\\h?(?:\\*{1,3}|[(\\[][pPrReE][)\\]])$|(?<=^[0-9]{8})\\.0$");
    /** {@code [04/Jan/2021:00:00:00 +0000]}, as servers log. */
    private static final Pattern LOGGED = Pattern.compile("\\[([0-9][^\\[\\]]+)\\]");
    /** {@code ... GMT+0100 (Central European Time)}, as browsers write. */
    private static final Pattern ZONE_NAME = Pattern.compile("(?<=(?:GMT|UTC)[-+][0-9]{4}) \\(\\p{L}[\\p{L} .]+\\)$");
    /** {@code Mon Jan  4 00:00:00 UTC 2021}, as C and Unix write. */
    private static final Pattern YEAR_LAST = Pattern.compile(
            "\\p{L}{3} (?<day>\\p{L}{3} {1,2}[0-9]{1,2}) (?<clock>[0-9]{2}:[0-9]{2}:[0-9]{2}(?: [A-Z]{3,4})?)"
                    + " (?<year>[0-9]{4})");

    private TimeDress() {}

    /** The time alone; the cell itself where nothing stands around it. */
    static String bare(String cell) {
        if (cell.length() < SHORTEST) {
            return cell;
        }
        Matcher last = YEAR_LAST.matcher(cell);
        if (last.matches()) {
            return last.group("day").replaceFirst(" +", " ") + " " + last.group("year") + " " + last.group("clock");
        }
        Matcher logged = LOGGED.matcher(cell);
        Matcher week = WEEK.matcher(cell);
        String inside = logged.matches() ? logged.group(1) : week.lookingAt() ? cell.substring(week.end()) : cell;
        return ZONE_NAME.matcher(MARK.matcher(inside).replaceFirst("")).replaceFirst("");
    }
}
