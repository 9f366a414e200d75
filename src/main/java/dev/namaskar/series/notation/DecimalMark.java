package dev.namaskar.series.notation;

import dev.namaskar.series.TableException;
import java.util.regex.Pattern;

/**
 * Finds the decimal mark of a table from all of its numbers. {@code 1.048} alone may be a little more than one or a
 * thousand and some; {@code 10.5}, {@code 0.123} and {@code 1,048.0} cannot be mistaken.
 */
public final class DecimalMark {
    private static final Pattern MAYBE = Pattern.compile("[1-9][0-9]{0,2}[.,][0-9]{3}");
    /** Behind a number of one digit and a fraction. */
    private static final Pattern EXPONENT = Pattern.compile("(?<=[0-9])[eE][-+]?[0-9]");

    private static final Pattern GROUPS = Pattern.compile("[0-9]{1,3}(?:([.,])[0-9]{2,3})(?:\\1[0-9]{2,3})*");
    private static final int BIG = 4;
    /** So many numbers of exactly three digits behind a point, beside whole ones, look like thousands. */
    private static final int SUSPICIOUS = 10;

    /** So many numbers that all end alike behind their commas have a code there. */
    private static final int MANY = 20;

    private long point;
    private long comma;
    private String coded = "";
    private String ambiguousPoint = "";
    private String ambiguousComma = "";
    private boolean thousandsOfPoint;
    private boolean thousandsOfComma;

    /** The numbers of one column. */
    public static final class Column {
        private long point;
        private long comma;
        private long maybePoint;
        private long maybeComma;
        private long whole;
        private boolean big;
        private String ambiguous = "";
        private String behind = "";
        private long alike;
        private String example = "";

        /** Takes a cell into account that is a number in one notation or another. */
        public void see(String cell) {
            String digits = NumberNotation.digits(cell);
            int lastPoint = digits.lastIndexOf('.');
            int lastComma = digits.lastIndexOf(',');
            if (lastPoint < 0 && lastComma < 0) {
                whole++;
                big |= digits.length() >= BIG;
            } else if (lastPoint >= 0 && lastComma >= 0) {
                decide(lastPoint > lastComma);
            } else if (MAYBE.matcher(digits).matches()
                    && !EXPONENT.matcher(cell).find()) {
                ambiguous = digits;
                if (lastPoint >= 0) {
                    maybePoint++;
                } else {
                    maybeComma++;
                }
            } else {
                char mark = digits.charAt(Math.max(lastPoint, lastComma));
                boolean several = digits.indexOf(mark) != digits.lastIndexOf(mark);
                boolean thousands = several && GROUPS.matcher(digits).matches();
                if (mark == ',' && !several) {
                    String end = digits.substring(lastComma);
                    behind = behind.isEmpty() ? end : behind;
                    alike += end.equals(behind) ? 1 : 0;
                    example = digits;
                }
                decide((mark == '.') != thousands);
            }
        }

        private void decide(boolean isPoint) {
            if (isPoint) {
                point++;
            } else {
                comma++;
            }
        }
    }

    /** Adds what a column says. */
    public void add(Column column) {
        boolean code = column.alike >= MANY && 10 * column.alike > 9 * column.comma && !column.behind.matches(",0+");
        code |= column.example.matches("0[0-9]+,.*");
        coded = code && coded.isEmpty() ? column.example : coded;
        point += column.point;
        comma += column.comma;
        if (column.maybePoint > 0) {
            ambiguousPoint = column.ambiguous;
            thousandsOfPoint |= column.maybePoint >= SUSPICIOUS && 10 * column.whole > column.maybePoint && !column.big;
        }
        if (column.maybeComma > 0) {
            ambiguousComma = column.ambiguous;
            thousandsOfComma |= column.whole > 0 && !column.big;
            comma += column.big ? 1 : 0;
        }
    }

    /** Whether nothing says so far which it is. */
    public boolean isOpen() {
        return point == comma;
    }

    /**
     * The mark.
     *
     * @param delimiter the mark between the table's cells: a semicolon speaks for decimal commas
     * @throws TableException where the numbers can be read in both ways
     */
    public char settle(char delimiter) {
        if (!coded.isEmpty() && comma >= point && delimiter == ',') {
            throw new TableException("\"" + coded + "\" and others like it are numbers with decimal commas or"
                    + " numbers and a code behind a comma; write the codes in a column of their own, or give `decimal`"
                    + " , where these are decimal commas");
        }
        if (point != comma) {
            return point > comma ? '.' : ',';
        }
        if (!ambiguousComma.isEmpty()) {
            if (thousandsOfComma && ambiguousPoint.isEmpty()) {
                return '.';
            }
            throw question(ambiguousComma);
        }
        if (!ambiguousPoint.isEmpty() && (delimiter == ';' || thousandsOfPoint)) {
            throw question(ambiguousPoint);
        }
        return '.';
    }

    private static TableException question(String cell) {
        return new TableException("\"" + cell + "\" is " + cell.replace(',', '.') + " or "
                + cell.replaceAll("[.,]", "") + ", and no other number of the table says which; give `decimal` "
                + (cell.indexOf(',') >= 0
                        ? ", for the first or . for the second"
                        : ". for the first or , for the second"));
    }
}
