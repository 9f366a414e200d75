package dev.namaskar.symbols;

import java.util.Locale;

/**
 * How a symbol is shown to people: as it is where it can be seen, a combining mark on a dotted circle, what cannot be
 * seen by its number and its Unicode name, {@code U+200B ZERO WIDTH SPACE}.
 */
public final class SymbolDisplay {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private SymbolDisplay() {}

    /** A symbol of a vocabulary; line ends and tabs as they are written in source texts, a blank between quotes. */
    public static String of(String symbol) {
        if (symbol.isEmpty() || symbol.codePointCount(0, symbol.length()) != 1) {
            boolean blank = symbol.chars().anyMatch(c -> c <= ' ');
            return blank
                    ? "'" + symbol.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + "'"
                    : symbol;
        }
        return switch (symbol) {
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            case " " -> "' '";
            default -> visible(symbol.codePointAt(0));
        };
    }

    /** {@code 'é' (U+00E9)} for messages, and the number with the name alone for what cannot be seen. */
    public static String withNumber(int symbol) {
        return isInvisible(symbol) ? named(symbol) : "'" + visible(symbol) + "' (" + number(symbol) + ")";
    }

    private static String visible(int symbol) {
        if (isInvisible(symbol)) {
            return named(symbol);
        }
        return (isMark(symbol) ? "\u25cc" : "") + Character.toString(symbol);
    }

    private static String named(int symbol) {
        String name = Character.isValidCodePoint(symbol) ? Character.getName(symbol) : null;
        if (name == null) {
            return number(symbol);
        }
        return number(symbol) + " " + name + (symbol == BYTE_ORDER_MARK ? " (byte order mark)" : "");
    }

    private static String number(int symbol) {
        return String.format(Locale.ROOT, "U+%04X", symbol);
    }

    /** Whether nothing can be seen where this symbol stands; a plain blank between quotes can. */
    public static boolean isInvisible(int symbol) {
        if (symbol == ' ' || !Character.isValidCodePoint(symbol)) {
            return symbol != ' ';
        }
        return switch (Character.getType(symbol)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isBlankByPurpose(symbol);
        };
    }

    /** Letters, marks and signs that are made to be invisible: fillers, joiners, variation selectors, empty braille. */
    private static boolean isBlankByPurpose(int symbol) {
        return symbol == 0x034F
                || symbol == 0x115F
                || symbol == 0x1160
                || symbol == 0x17B4
                || symbol == 0x17B5
                || (symbol >= 0x180B && symbol <= 0x180F)
                || symbol == 0x2800
                || symbol == 0x3164
                || (symbol >= 0xFE00 && symbol <= 0xFE0F)
                || symbol == 0xFFA0
                || (symbol >= 0xE0100 && symbol <= 0xE01EF);
    }

    private static boolean isMark(int symbol) {
        int type = Character.getType(symbol);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
