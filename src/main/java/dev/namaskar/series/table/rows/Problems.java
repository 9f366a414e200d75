package dev.namaskar.series.table.rows;

import dev.namaskar.series.TableException;
import dev.namaskar.series.table.Policies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Counts what is wrong with a table and keeps only the first few places: memory stays bounded however bad the file. */
public final class Problems {
    private static final int SHOWN = 5;

    /** What can be wrong with a row. */
    public enum Kind {
        /** It has fewer cells than the heading. */
        SHORT_ROW("row is too short", "rows are too short", "give every row the header's cells"),
        /** Its time cannot be read. */
        BAD_TIME("cell is not a time", "cells are not times", "give the pattern with `time-format`; expected "),
        /** A value is something else. */
        NOT_A_NUMBER(
                "cell is not a number",
                "cells are not numbers",
                "mend them, or take them as blanks with `non-numeric` blank"),
        /** A value is missing. */
        BLANK("cell is blank", "cells are blank", "choose `blanks` drop, previous or zero, or missing for targets"),
        /** It stands behind a later one. */
        DISORDER("time is earlier than the one before", "times are earlier than the one before", "`disorder` sort"),
        /** Another row of its series has the same time. */
        DUPLICATE("time stands twice", "times stand twice", "choose `duplicates` first, last, mean or sum"),
        /** Times are left out before it. */
        GAP("gap", "gaps", "choose `gaps` skip, previous, zero or missing");

        final String one;
        final String many;
        final String remedy;

        Kind(String one, String many, String remedy) {
            this.one = one;
            this.many = many;
            this.remedy = remedy;
        }
    }

    private static final class Tally {
        long count;
        final List<String> first = new ArrayList<>();
    }

    private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    private final Map<Kind, String> hints = new EnumMap<>(Kind.class);
    private final Policies policies;

    /** None so far, of a table that is read by these policies. */
    public Problems(Policies policies) {
        this.policies = policies;
    }

    /** Counts a problem, and keeps its place if it is one of the first. */
    public void add(Kind kind, String place) {
        Tally tally = tallies.computeIfAbsent(kind, k -> new Tally());
        if (tally.count++ < SHOWN) {
            tally.first.add(place);
        }
    }

    /** Adds a problem whose description costs something to build only when it will be shown. */
    public boolean wants(Kind kind) {
        Tally tally = tallies.get(kind);
        if (tally == null || tally.count < SHOWN) {
            return true;
        }
        tally.count++;
        return false;
    }

    /** Says more of what to do about a kind of problem, should there be any. */
    public void explain(Kind kind, String more) {
        hints.put(kind, more);
    }

    /** Throws when anything was found, in one line: every kind, and the policies that would take the table. */
    public void check() {
        if (tallies.containsKey(Kind.BAD_TIME) || tallies.containsKey(Kind.SHORT_ROW)) {
            // Rows that could not be read leave gaps which are not in the table.
            tallies.remove(Kind.GAP);
        }
        if (tallies.isEmpty()) {
            return;
        }
        StringJoiner all = new StringJoiner("; also ");
        tallies.forEach((kind, tally) -> {
            String head =
                    tally.count == 1 ? "1 " + kind.one : String.format(Locale.ROOT, "%,d %s", tally.count, kind.many);
            long rest = tally.count - tally.first.size();
            all.add(head + ": " + String.join("; ", tally.first)
                    + (rest > 0 ? String.format(Locale.ROOT, "; and %,d more", rest) : "") + " (" + kind.remedy
                    + hints.getOrDefault(kind, "") + ")");
        });
        throw new TableException(all + together());
    }

    /** The policies that would take the table as it is, where it takes more than one. */
    private String together() {
        List<String> needed = new ArrayList<>();
        boolean words = tallies.containsKey(Kind.NOT_A_NUMBER);
        if (words) {
            needed.add("`non-numeric` blank");
        }
        if ((words || tallies.containsKey(Kind.BLANK)) && policies.blanks() == Policies.Blanks.ERROR) {
            needed.add("`blanks` missing");
        }
        if (tallies.containsKey(Kind.DISORDER)) {
            needed.add("`disorder` sort");
        }
        if (tallies.containsKey(Kind.DUPLICATE)) {
            needed.add("`duplicates` mean");
        }
        if (tallies.containsKey(Kind.GAP)) {
            needed.add("`gaps` missing");
        }
        boolean readable = !tallies.containsKey(Kind.BAD_TIME) && !tallies.containsKey(Kind.SHORT_ROW);
        return needed.size() < 2 || !readable ? "" : "; together " + String.join(" ", needed) + " takes the table";
    }
}
