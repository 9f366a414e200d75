package dev.namaskar.series.table.cells;

import dev.namaskar.series.Note;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.table.text.Notes;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What stands beside the digits of numbers that belong together: currencies, percent signs, thousands, footnotes. */
public final class NumberMarks {
    private static final int MOST = 4;

    private long numbers;
    private long percents;
    private long bare;
    private String currency = "";
    private String otherCurrency = "";
    private long marked;
    private final Set<String> marks = new LinkedHashSet<>();
    private long scaled;
    private final Set<String> scales = new LinkedHashSet<>();
    private long measured;
    private final Set<String> units = new LinkedHashSet<>();

    /** Takes a cell into account that is a number. */
    public void see(String cell, double number) {
        numbers++;
        boolean percent = cell.endsWith("%") || cell.endsWith("%)");
        percents += percent ? 1 : 0;
        bare += percent || number == 0 ? 0 : 1;
        if (isPlain(cell)) {
            return;
        }
        String sign = NumberNotation.currency(cell);
        if (currency.isEmpty()) {
            currency = sign;
        } else if (!sign.isEmpty() && !sign.equals(currency)) {
            otherCurrency = sign;
        }
        marked += keep(NumberNotation.mark(cell), marks);
        scaled += keep(NumberNotation.scale(cell), scales);
        measured += keep(NumberNotation.unit(cell), units);
    }

    private static boolean isPlain(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != ',' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static int keep(String mark, Set<String> kept) {
        if (!mark.isEmpty() && kept.size() < MOST) {
            kept.add(mark);
        }
        return mark.isEmpty() ? 0 : 1;
    }

    /**
     * Says what is left out or multiplied when the numbers are read.
     *
     * @param marks of each place where numbers are of one kind, by what messages begin with
     * @param notes where it is said (modified)
     * @throws TableException where numbers are not of one kind
     */
    public static void settle(Map<String, NumberMarks> marks, Notes notes) {
        marks.forEach((place, mark) -> {
            mark.describe(place, notes);
            mark.check(place);
        });
        if (marks.values().stream().anyMatch(mark -> mark.percents > 0)) {
            notes.add(Note.Kind.VALUES, "percent signs are left out: 5% is 5");
        }
    }

    private void describe(String place, Notes notes) {
        if (measured > 0) {
            notes.add(
                    Note.Kind.VALUES,
                    place + "read without the unit " + String.join(", ", units) + " behind each number");
        }
        if (marked > 0) {
            notes.add(
                    Note.Kind.VALUES,
                    place + marked + (marked == 1 ? " number has" : " numbers have") + " a mark behind ("
                            + String.join(", ", marks) + ") and " + (marked == 1 ? "is" : "are") + " read without it");
        }
        if (scaled > 0) {
            notes.add(
                    Note.Kind.VALUES,
                    place + scaled + (scaled == 1 ? " number ends" : " numbers end") + " in "
                            + String.join(", ", scales)
                            + ": read as thousands (K), millions (M) or thousand millions (B)");
        }
    }

    /**
     * Checks that the numbers are of one kind.
     *
     * @param place what messages begin with
     * @throws TableException where they are not
     */
    public void check(String place) {
        String mixture = mixture();
        if (!mixture.isEmpty()) {
            throw new TableException(place + mixture + "; write all of one kind");
        }
    }

    private String mixture() {
        if (percents > 0 && bare > 0) {
            return percents + " numbers have a percent sign and " + bare + " have none";
        }
        if (marked == numbers && marks.size() > 1) {
            return "all numbers have marks behind them, and not the same (" + String.join(", ", marks)
                    + "), as units have";
        }
        if (units.size() > 1) {
            return "numbers are in different units (" + String.join(", ", units) + ")";
        }
        if (measured > 0 && measured < numbers) {
            return measured + (measured == 1 ? " number has" : " numbers have") + " the unit " + String.join("", units)
                    + " and " + (numbers - measured) + " have none";
        }
        return otherCurrency.isEmpty() ? "" : "some numbers are in " + currency + " and others in " + otherCurrency;
    }
}
