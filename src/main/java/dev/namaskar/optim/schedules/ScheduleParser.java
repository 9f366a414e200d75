package dev.namaskar.optim.schedules;

import dev.namaskar.params.Call;

/**
 * Reads a schedule's text: {@code sequence = product ['@' steps '>' sequence]}, {@code product = term {'*' term}},
 * {@code term = '(' sequence ')' | name ['(' numbers ')']}.
 */
final class ScheduleParser {
    private final String text;
    private final int totalSteps;
    private int at;

    ScheduleParser(String text, int totalSteps) {
        this.text = text.replaceAll("\\s", "");
        this.totalSteps = totalSteps;
    }

    Schedule parse() {
        Schedule schedule = sequence();
        if (at < text.length()) {
            throw wrong("the end");
        }
        return schedule;
    }

    private Schedule sequence() {
        Schedule first = product();
        if (!take('@')) {
            return first;
        }
        int begin = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        // 9 digits always fit an int
        if (at == begin || at - begin > 9) {
            throw wrong("a number of updates");
        }
        int steps = Integer.parseInt(text.substring(begin, at));
        if (!take('>')) {
            throw wrong("'>' and the schedule that follows");
        }
        return first.then(steps, sequence());
    }

    private Schedule product() {
        Schedule result = term();
        while (take('*')) {
            result = result.times(term());
        }
        return result;
    }

    private Schedule term() {
        if (take('(')) {
            Schedule inside = sequence();
            if (!take(')')) {
                throw wrong("')'");
            }
            return inside;
        }
        int begin = at;
        while (at < text.length() && "(*@>)".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '(') {
            at = text.indexOf(')', at) + 1;
            if (at == 0) {
                at = text.length();
                throw wrong("')'");
            }
        }
        if (at == begin) {
            throw wrong("the name of a schedule");
        }
        return Schedules.make(Call.parse(text.substring(begin, at)), totalSteps);
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                "expected " + expected + " at character " + (at + 1) + " of schedule \"" + text + "\"");
    }
}
