package dev.namaskar.serve.stepping;

import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.serve.stepping.Texts.OneText;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prompt that is being read, a chunk a step, and the texts that go on from it. */
final class Reading {
    private final CharacterModel model;
    private final Prompt prompt;
    private final List<OneText> texts;
    private final Row row;
    private final int[] symbols;
    private final @Nullable Wording echo;
    private final int chunk;
    private int at;

    Reading(CharacterModel model, Prompt prompt, List<OneText> texts) {
        this.model = model;
        this.prompt = prompt;
        this.texts = texts;
        Vocabulary vocabulary = model.vocabulary();
        row = new Row(model.network().zeroState(1), vocabulary.size());
        boolean told = prompt.echo() && prompt.top() != null;
        echo = told ? new Wording(vocabulary, prompt.top()) : null;
        int lineFeed = vocabulary.indexOf('\n');
        boolean begins = prompt.symbols().length == 0 && prompt.length() > 0 && lineFeed >= 0;
        symbols = begins ? new int[] {lineFeed} : prompt.symbols();
        boolean everyStep =
                model.window() == 0 && model.network().spec().everyLayer().noneMatch(LastStep.class::isInstance);
        chunk = !told || everyStep ? RowPass.CHUNK : 1;
        // Nothing to write and nothing to tell of it: then it need not be read.
        at = prompt.length() == 0 && !told ? symbols.length : 0;
        begin();
    }

    private void begin() {
        if (echo != null && prompt.symbols().length > 0) {
            tell(symbols[0], null, 0);
        } else if (prompt.echo()) {
            String said = model.vocabulary().decode(prompt.symbols());
            texts.forEach(text -> text.echo(said, null));
        }
    }

    Row row() {
        return row;
    }

    boolean cancelled() {
        return texts.stream().allMatch(OneText::cancelled);
    }

    List<OneText> texts() {
        return texts;
    }

    /** Whether all was read. */
    boolean done() {
        return at == symbols.length;
    }

    /** Lays out what the next step reads. */
    void next() {
        int n = model.window() > 0 && chunk > 1 ? symbols.length : Math.min(chunk, symbols.length - at);
        int[] reads = Arrays.copyOfRange(symbols, at, at + n);
        at += n;
        if (model.window() > 0) {
            row.slide(model.window(), reads);
        } else {
            row.next(reads);
        }
    }

    /** Whether the logits behind every symbol of a step are wanted. */
    boolean wantsAll() {
        return echo != null && chunk > 1;
    }

    /**
     * Takes the logits behind a symbol of the step.
     *
     * @param place among those that the step read
     */
    void take(int place, float[] logits, int from) {
        tellFollowing(at - row.reads().length + place + 1, logits, from);
    }

    /** Called when the step was taken. */
    void stepped() {
        if (chunk == 1) {
            tellFollowing(at, row.logits, 0);
        }
    }

    private void tellFollowing(int place, float[] logits, int from) {
        if (echo != null && place < prompt.symbols().length) {
            tell(symbols[place], logits, from);
        }
    }

    private void tell(int symbol, float @Nullable [] logits, int from) {
        Wording wording = echo;
        String character = wording == null ? null : wording.take(symbol, logits, from);
        if (character != null && wording != null) {
            texts.forEach(text -> text.echo(character, wording.piece(character)));
        }
    }

    /** The texts that go on from here, each with its next symbol chosen; those that are over already have ended. */
    List<Writing> writings() {
        List<Writing> going = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            OneText text = texts.get(i);
            if (prompt.length() == 0) {
                text.end();
                continue;
            }
            Prompt.Draw draw = prompt.draws().get(i);
            Wording wording = new Wording(model.vocabulary(), prompt.top());
            Writing writing = new Writing(text, row.fork(), draw.sampler(), wording, prompt.length(), model.window());
            boolean goesOn = symbols.length == 0 ? writing.take(evenly(draw), null) : writing.advance();
            if (goesOn) {
                going.add(writing);
            }
        }
        return going;
    }

    private int evenly(Prompt.Draw draw) {
        int first;
        do {
            first = draw.random().nextInt(model.vocabulary().size());
        } while (model.vocabulary().isMark(first));
        return first;
    }
}
