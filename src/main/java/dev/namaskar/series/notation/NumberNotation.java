package dev.namaskar.series.notation;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a table are written: with point or comma as decimal mark and the other, an apostrophe or a space
 * between thousands; with a currency or a percent sign; with parentheses, a true minus or a minus behind for what is
 * negative; in thousands, millions or thousand millions ({@code 1.2K}, {@code 3,4 Mio.}). A percent sign changes no value:
 * {@code 5%} is 5.
 *
 * @param decimalMark {@code '.'} or {@code ','}
 */
public record NumberNotation(char decimalMark) {
    /** English notation. */
    public static final NumberNotation POINT = new NumberNotation('.');

    private static final NumberNotation COMMA = new NumberNotation(',');
    private static final String CURRENCY =
            "US\\$|R\\$|[$€£¥₹₩₽₺₪฿]|USD|EUR|GBP|CHF|JPY|INR|CNY|AUD|CAD|SEK|NOK|DKK|PLN|BRL|kr|zł|Rs\\.?|Fr\\.";
    /** Units that cannot be mistaken for thousands, millions or marks. */
    private static final String UNIT =
            "°[CF]|℃|[kMGT]?Wh|[kMG]W|hPa|mbar|mm|cm|km|kg|m/s|km/h|mph|pp[mb]|[µμu]g/m[³3]|dBm?|Hz|bps";

    private static final Pattern DRESSED = Pattern.compile("([-+−–]?)\\h*(?:" + CURRENCY
            + ")?\\h*([-+−–]?)\\h*([0-9](?:[0-9.,'’_\\h]*[0-9])?[.,]?|[.,][0-9]+)(?:([eE][-+]?[0-9]{1,3})"
            + "|(?<scale>[kKMB]|\\h?(?:Mio|Mrd|Tsd|mn|bn)\\.?))?\\h*(?:%|‰|(?<unit>" + UNIT + ")|" + CURRENCY
            + ")?\\h*(?<behind>-?)(?:\\h*(?<mark>\\*{1,3}|[†‡]|\\([pPrReE]\\)|\\[(?:[a-z]|[Nn]otes?"
            + " ?[0-9]+|[0-9]{1,2})\\])|\\h(?<flag>[bcdefinprsuz]{1,3}))?");
    /** How accounts write nought. */
    private static final Pattern NOUGHT = Pattern.compile("(?:" + CURRENCY + ")\\h*[-–]|[-–]\\h*(?:" + CURRENCY + ")");

    private static final Pattern MONEY = Pattern.compile(CURRENCY);
    private static final Pattern BRACKETS = Pattern.compile("(" + CURRENCY + ")?\\h*\\((.+)\\)");
    private static final Pattern NO_VALUE = Pattern.compile(":\\h?[bcdefinprsuz]{0,3}|-?1\\.#(?:QNAN|IND|SNAN)");
    private static final Pattern THOUSANDS =
            Pattern.compile("[0-9]{1,3}(?:([.,'’_\\h])[0-9]{3}(?:\\1[0-9]{3})*|,[0-9]{2}(?:,[0-9]{2})*,[0-9]{3})");
    private static final Pattern DIGITS = Pattern.compile("[0-9]*");
    private static final Pattern CODE = Pattern.compile("[0-9]*|0[0-9].*");
    private static final int LONGEST = 64;

    /** The usual words for nothing, in lower case. */
    private static final Set<String> NOTHING = Set.of(
            "",
            "na",
            "n/a",
            "#n/a",
            "n.a.",
            "nan",
            "-nan",
            "<na>",
            "nat",
            "null",
            "(null)",
            "none",
            "nil",
            "missing",
            "not available",
            "not applicable",
            "unavailable",
            "unknown",
            "no data",
            "no_data",
            "nodata",
            "n.d.",
            "n/d",
            "s.d.",
            "k.a.",
            "k. a.",
            "nan(ind)",
            "-nan(ind)",
            "[x]",
            "[c]",
            "(d)",
            "(na)",
            "\\n",
            "…",
            ".",
            "..",
            "...",
            "-",
            "--",
            "–",
            "—",
            "?",
            "*",
            "**",
            "***",
            "****",
            "*****",
            "#div/0!",
            "#value!",
            "#ref!",
            "#num!",
            "#null!",
            "#name?",
            "#error!",
            "#n/v",
            "#nv",
            "#n/d",
            "#wert!",
            "#bezug!",
            "#valeur!",
            "#n/a n/a");

    private static final int LONGEST_WORD = 14;

    /** Whether a cell says that there is no value. */
    public static boolean isBlank(String cell) {
        return cell.isEmpty()
                || (cell.length() <= LONGEST_WORD
                        && (cell.charAt(0) < '0' || cell.charAt(0) > '9' || cell.startsWith("1.#"))
                        && (NOTHING.contains(cell.strip().toLowerCase(Locale.ROOT))
                                || NO_VALUE.matcher(cell).matches()));
    }

    /** The number, or NaN where the cell is anything else. */
    public double parse(String cell) {
        double plain = Numbers.parse(cell, decimalMark);
        return Double.isNaN(plain) ? dressed(cell) : plain;
    }

    /**
     * A number in plain digits, {@code 1200.5} for {@code $1,200.50}; any other cell as it stands, and so a code:
     * digits alone, with or without noughts before them.
     */
    public String plain(String cell) {
        double number = CODE.matcher(cell).matches() ? Double.NaN : parse(cell);
        return Double.isNaN(number)
                ? cell
                : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private double dressed(String cell) {
        Matcher parts = match(cell);
        if (parts == null) {
            return NOUGHT.matcher(cell).matches() ? 0 : Double.NaN;
        }
        String digits = parts.group(3);
        int mark = digits.lastIndexOf(decimalMark);
        String whole = mark < 0 ? digits : digits.substring(0, mark);
        String fraction = mark < 0 ? "" : digits.substring(mark + 1);
        boolean grouped = THOUSANDS.matcher(whole).matches() && whole.indexOf(decimalMark) < 0;
        if (!DIGITS.matcher(fraction).matches()
                || !(grouped || DIGITS.matcher(whole).matches())) {
            return Double.NaN;
        }
        String exponent = parts.group(4) == null ? exponent(parts.group("scale")) : parts.group(4);
        double value = Numbers.parse(whole.replaceAll("[^0-9]", "") + '.' + fraction + exponent, '.');
        boolean negative = BRACKETS.matcher(cell).matches()
                || !parts.group("behind").isEmpty()
                || isMinus(parts.group(1))
                || isMinus(parts.group(2));
        return negative ? -value : value;
    }

    private static boolean isMinus(String sign) {
        return !sign.isEmpty() && !sign.equals("+");
    }

    private static String exponent(@Nullable String scale) {
        if (scale == null) {
            return "";
        }
        return switch (scale.strip().charAt(0)) {
            case 'k', 'K', 'T' -> "e3";
            case 'B', 'b' -> "e9";
            default -> scale.contains("r") ? "e9" : "e6";
        };
    }

    /** What a number counts by, {@code K}, {@code M}, {@code B} or the like; empty where it counts ones. */
    public static String scale(String cell) {
        char last = cell.isEmpty() ? '0' : cell.charAt(cell.length() - 1);
        Matcher parts = last >= '0' && last <= '9' ? null : match(cell);
        String scale = parts == null ? null : parts.group("scale");
        return scale == null ? "" : scale.strip();
    }

    /** The parts of a number in any notation; null where the cell cannot be one. */
    private static @Nullable Matcher match(String cell) {
        if (cell.isEmpty() || cell.length() > LONGEST) {
            return null;
        }
        Matcher brackets = cell.endsWith(")") ? BRACKETS.matcher(cell) : null;
        String bare = brackets != null && brackets.matches() ? brackets.group(2) : cell;
        Matcher parts = DRESSED.matcher(bare.strip());
        return parts.matches() ? parts : null;
    }

    /** The digits of a number in any notation with the marks among them, stripped of their dress; empty for no number. */
    public static String digits(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != ',') {
                Matcher parts = match(cell);
                return parts == null ? "" : parts.group(3).strip();
            }
        }
        return cell;
    }

    /** The unit behind a number; empty where there is none. */
    public static String unit(String cell) {
        char last = cell.isEmpty() ? '0' : cell.charAt(cell.length() - 1);
        Matcher parts = last >= '0' && last <= '9' ? null : match(cell);
        String unit = parts == null ? null : parts.group("unit");
        return unit == null ? "" : unit;
    }

    /** The mark of a footnote behind a number, or that of a provisional, revised or estimated one; empty for none. */
    public static String mark(String cell) {
        char last = cell.isEmpty() ? '0' : cell.charAt(cell.length() - 1);
        Matcher parts = last >= '0' && last <= '9' ? null : match(cell);
        if (parts == null) {
            return "";
        }
        String mark = parts.group("mark") == null ? parts.group("flag") : parts.group("mark");
        return mark == null ? "" : mark;
    }

    /** The currency that a number is in; empty where it has none. */
    public static String currency(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= 128 || c == '$' || Character.isLetter(c)) {
                Matcher money = MONEY.matcher(cell);
                return money.find() ? money.group() : "";
            }
        }
        return "";
    }

    /** The notation with the other decimal mark. */
    public NumberNotation other() {
        return decimalMark == ',' ? POINT : COMMA;
    }

    /** Whether a cell is a number in this notation. */
    public boolean isRead(String cell) {
        return !Double.isNaN(parse(cell));
    }

    /** Whether a cell is a number in either notation. */
    public static boolean isNumber(String cell) {
        return !Double.isNaN(either(cell));
    }

    /** The number that a cell is in English notation or, where it is none, in the other; NaN where it is none at all. */
    public static double either(String cell) {
        double number = POINT.parse(cell);
        return Double.isNaN(number) ? COMMA.parse(cell) : number;
    }
}
