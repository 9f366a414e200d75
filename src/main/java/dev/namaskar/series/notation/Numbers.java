package dev.namaskar.series.notation;

/** Plain decimal numbers, with the decimal mark the table uses and nothing that only Java calls a number. */
public final class Numbers {
    private Numbers() {}

    /** The number, or NaN when the text is anything else: {@code 1d}, {@code 0x1p3}, {@code NaN} and {@code 1e999} too. */
    public static double parse(String text, char decimalMark) {
        int length = text.length();
        if (length == 0 || length > 64) {
            return Double.NaN;
        }
        boolean digit = false;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (c != decimalMark && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        if (!digit) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(decimalMark == '.' ? text : text.replace(decimalMark, '.'));
            return Double.isInfinite(value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
