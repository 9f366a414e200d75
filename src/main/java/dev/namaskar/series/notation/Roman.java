package dev.namaskar.series.notation;

import java.util.List;

/** The Roman numerals by which months and quarters are called. */
public final class Roman {
    /** The months' numerals, for patterns. */
    static final String MONTHS = "XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I";

    /** What a quarter of a year is called, for patterns; {@code KW} is a week. */
    public static final String QUARTER_WORD =
            "(?:(?iu:quartal|quarter|qtr|trimestre|trimestru|trim|kwarta[łl]|квартал|кв|čtvrtletí)|kw)\\.?";

    private static final List<String> NUMERALS =
            List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");

    private Roman() {}

    /** The number from 1 to 12 that a numeral says, or 0 where it is none of them. */
    public static int number(String numeral) {
        return NUMERALS.indexOf(numeral) + 1;
    }
}
