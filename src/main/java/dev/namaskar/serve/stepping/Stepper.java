package dev.namaskar.serve.stepping;

import dev.namaskar.serve.http.Refusal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * One of the threads that step: in turn a symbol of every text that is written and a chunk of some prompts, so that
 * neither waits for the other, nor a short prompt for a long one.
 */
final class Stepper implements Runnable {
    private final StepLoop loop;
    private final RowPass pass;
    private final List<Writing> writings = new ArrayList<>();
    private List<Reading> readings = new ArrayList<>();

    Stepper(StepLoop loop, RowPass pass) {
        this.loop = loop;
        this.pass = pass;
    }

    int rows() {
        return writings.size() + readings.size();
    }

    void take(Writing writing) {
        writings.add(writing);
    }

    void take(Reading reading) {
        readings.add(reading);
    }

    /** A text for a thread that has fewer; there is one unless all rows are prompts. */
    Writing giveBack() {
        return writings.remove(writings.size() - 1);
    }

    /** Texts whose turn is over, as many as others wait for their rows, at most. */
    List<Writing> turnsOver(int waiting) {
        List<Writing> over = new ArrayList<>();
        for (Iterator<Writing> all = writings.iterator(); over.size() < waiting && all.hasNext(); ) {
            Writing writing = all.next();
            if (writing.turnIsOver()) {
                over.add(writing);
                all.remove();
            }
        }
        return over;
    }

    boolean canGiveBack() {
        return !writings.isEmpty();
    }

    @Override
    public void run() {
        try {
            while (loop.share(this)) {
                write();
                read();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        int before = writings.size();
        writings.removeIf(Writing::cancelled);
        List<Row> rows = writings.stream().map(Writing::row).toList();
        if (!rows.isEmpty() && guarded(() -> pass.step(rows, null), this::failWritings)) {
            writings.removeIf(writing -> !goesOn(writing));
        }
        int over = before - writings.size();
        if (over > 0) {
            loop.leave(over, over);
        }
    }

    private boolean goesOn(Writing writing) {
        boolean[] on = new boolean[1];
        boolean well = guarded(() -> on[0] = writing.advance(), writing.text()::fail);
        return well && on[0];
    }

    private void failWritings(Refusal refusal) {
        writings.forEach(writing -> writing.text().fail(refusal));
        writings.clear();
    }

    private void read() {
        int before = readings.size();
        if (before == 0) {
            return;
        }
        int texts = 0;
        List<Reading> kept = new ArrayList<>();
        List<Reading> now = new ArrayList<>();
        for (Reading reading : readings) {
            if (reading.cancelled()) {
                texts += reading.texts().size();
            } else if (now.size() < RowPass.CHUNKED_ROWS) {
                now.add(reading);
            } else {
                kept.add(reading);
            }
        }
        List<Reading> unread = now.stream().filter(reading -> !reading.done()).toList();
        boolean well = unread.isEmpty() || guarded(() -> step(unread), refusal -> fail(now, refusal));
        for (Reading reading : now) {
            if (!well) {
                texts += reading.texts().size();
            } else if (reading.done()) {
                texts += goOn(reading);
            } else {
                kept.add(reading); // behind the others
            }
        }
        readings = kept;
        if (kept.size() < before) {
            loop.leave(before - kept.size(), texts);
        }
    }

    private void step(List<Reading> unread) {
        unread.forEach(Reading::next);
        boolean all = unread.stream().anyMatch(Reading::wantsAll);
        RowPass.Sink sink = (row, at, logits, from) -> {
            if (unread.get(row).wantsAll()) {
                unread.get(row).take(at, logits, from);
            }
        };
        pass.step(unread.stream().map(Reading::row).toList(), all ? sink : null);
        unread.forEach(Reading::stepped);
    }

    /** Begins to write what follows a prompt; returns how many of its texts are over already. */
    private int goOn(Reading reading) {
        List<Writing> going = new ArrayList<>();
        guarded(() -> going.addAll(reading.writings()), refusal -> fail(List.of(reading), refusal));
        loop.ready(going);
        return reading.texts().size() - going.size();
    }

    private static void fail(List<Reading> failed, Refusal refusal) {
        failed.forEach(reading -> reading.texts().forEach(text -> text.fail(refusal)));
    }

    /** What a model that is broken does must not end the thread that all its texts share. */
    private static boolean guarded(Runnable work, Consumer<Refusal> onFailure) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            onFailure.accept(new Refusal(500, "model_failed", "model", "the model failed: " + e.getMessage()));
            return false;
        }
    }
}
