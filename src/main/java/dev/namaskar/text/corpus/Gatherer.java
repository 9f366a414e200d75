package dev.namaskar.text.corpus;

import dev.namaskar.symbols.DecodedText;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Utf8Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Takes the symbols of file after file. */
final class Gatherer implements DecodedText.Sink {
    final SymbolStore store;
    final List<String> notes = new ArrayList<>();
    private final Unit unit;
    private final BitSet distinct = new BitSet();
    private long characters;
    private long fingerprint;
    private int last = '\n';
    private boolean atFileStart;

    Gatherer(Unit unit, long inMemory) {
        this.unit = unit;
        store = new SymbolStore(inMemory);
    }

    /** What is known of the text once all of it was taken. */
    Corpus.Survey survey(String name, String fileName) {
        return new Corpus.Survey(name, fileName, unit, characters, fingerprint, distinct);
    }

    boolean isEmpty() {
        return characters < 1;
    }

    void startFile() {
        atFileStart = true;
    }

    @Override
    public void accept(int symbol) throws IOException {
        if (atFileStart) {
            atFileStart = false;
            if (last != '\n') {
                accept('\n');
            }
        }
        store.append(symbol);
        distinct.set(symbol);
        fingerprint = 31 * fingerprint + symbol;
        last = symbol;
        if (unit == Unit.CODEPOINT || Utf8Rule.startsCharacter(symbol)) {
            characters++;
        }
    }
}
