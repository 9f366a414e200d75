package dev.namaskar.translation;

import dev.namaskar.symbols.Lexicon;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The symbols that targets are written in, and behind them one that begins and ends every target. */
record TargetSymbols(Lexicon lexicon) {
    /** How many the decoder tells apart. */
    int size() {
        return lexicon.size() + 1;
    }

    /** The symbol that begins and ends a target. */
    int end() {
        return lexicon.size();
    }

    int[] encode(String target) {
        return lexicon.encode(target);
    }

    /** The symbols by their names. */
    List<String> names(int... symbols) {
        return Arrays.stream(symbols).mapToObj(this::name).toList();
    }

    private String name(int symbol) {
        return symbol < lexicon.symbols().size() ? lexicon.symbols().get(symbol) : "\uFFFD";
    }

    /** The text that they are. */
    String text(List<String> names) {
        return names.stream().collect(Collectors.joining(lexicon.cut() == Lexicon.Cut.WORD ? " " : ""));
    }
}
