package dev.namaskar.symbols;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Characters that Unicode writes in more than one way, and a vocabulary that knows another one. */
final class NormalForms {
    private NormalForms() {}

    /** Where the model knows the same character in another normal form of Unicode, which, with what to do. */
    static String hint(Vocabulary vocabulary, int symbol, int before, int after) {
        int[] apart = codePoints(Character.toString(symbol), Normalizer.Form.NFD);
        if (apart.length > 1 && Arrays.stream(apart).allMatch(part -> vocabulary.indexOf(part) >= 0)) {
            return ", which has it decomposed, as "
                    + Arrays.stream(apart).mapToObj(SymbolDisplay::withNumber).collect(Collectors.joining(" and "))
                    + ": bring the text into normal form NFD";
        }
        for (int[] pair : new int[][] {{before, symbol}, {symbol, after}}) {
            if (pair[0] >= 0 && pair[1] >= 0) {
                int[] together =
                        codePoints(Character.toString(pair[0]) + Character.toString(pair[1]), Normalizer.Form.NFC);
                if (together.length == 1 && vocabulary.indexOf(together[0]) >= 0) {
                    return ", which has it composed, in " + SymbolDisplay.withNumber(together[0])
                            + ": bring the text into normal form NFC";
                }
            }
        }
        return "";
    }

    private static int[] codePoints(String text, Normalizer.Form form) {
        return Normalizer.normalize(text, form).codePoints().toArray();
    }
}
