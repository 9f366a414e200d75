package dev.namaskar.serve.stepping;

import dev.namaskar.serve.http.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one request while they grow. The threads that step write them, the thread that answers takes what is new.
 */
public final class Texts {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /** Apart from the news, so that who waits for the end alone is not woken by every character. */
    private final Condition ends = lock.newCondition();

    private final List<OneText> all = new ArrayList<>();
    private int ended;
    private @Nullable Refusal failure;
    private boolean cancelled;

    /** Why a text ended. */
    public enum End {
        /** It has as many characters as were asked for. */
        LENGTH,
        /** One of the strings came before which it was to end. */
        STOP
    }

    /**
     * What is new in a text.
     *
     * @param index of the text
     * @param text behind what was taken before
     * @param pieces its characters, where log probabilities were asked for, else none
     * @param end why it has ended, or null while it grows
     */
    public record Growth(
            int index,
            String text,
            List<Piece> pieces,
            @Nullable End end) {}

    /** One of the texts, as it is written. */
    final class OneText {
        private final StringBuilder text = new StringBuilder();
        private final List<Piece> pieces = new ArrayList<>();
        private final @Nullable StopRule stop;
        private int taken;
        private int piecesTaken;
        private int open;
        private int written;
        private @Nullable End end;
        private boolean told;

        private OneText(@Nullable StopRule stop) {
            this.stop = stop;
        }

        /** Adds what is told again, and cannot end the text. */
        void echo(String said, @Nullable Piece piece) {
            lock.lock();
            try {
                append(said, piece);
                news.signal();
            } finally {
                lock.unlock();
            }
        }

        /**
         * Adds what was written.
         *
         * @param fresh a character, or a piece of several
         * @param last whether it is the last that was asked for
         * @return whether the text goes on
         */
        boolean write(String fresh, @Nullable Piece piece, boolean last) {
            lock.lock();
            try {
                int before = text.length();
                append(fresh, piece);
                written += fresh.codePointCount(0, fresh.length());
                int kept = 0;
                for (int at = 0; stop != null && kept >= 0 && at < fresh.length(); ) {
                    String character = Character.toString(fresh.codePointAt(at));
                    at += character.length();
                    kept = stop.add(character);
                    if (kept < 0) {
                        cut(before + at + kept);
                    }
                }
                if (kept < 0) {
                    end(End.STOP);
                } else if (last) {
                    end(End.LENGTH);
                } else {
                    open = kept;
                }
                news.signal();
                return end == null && !cancelled;
            } finally {
                lock.unlock();
            }
        }

        /** Ends a text of which nothing was asked for but what it begins with. */
        void end() {
            lock.lock();
            try {
                end(End.LENGTH);
                news.signal();
            } finally {
                lock.unlock();
            }
        }

        boolean cancelled() {
            return Texts.this.cancelled();
        }

        void fail(Refusal refusal) {
            Texts.this.fail(refusal);
        }

        private void append(String more, @Nullable Piece piece) {
            text.append(more);
            if (piece != null) {
                pieces.add(piece);
            }
        }

        private void cut(int length) {
            text.setLength(length);
            int whole = pieces.stream().mapToInt(piece -> piece.text().length()).sum();
            while (!pieces.isEmpty() && whole > length) {
                Piece last = pieces.remove(pieces.size() - 1);
                whole -= last.text().length();
                if (whole < length) { // the stop began within it
                    String rest = last.text().substring(0, length - whole);
                    pieces.add(new Piece(rest, last.logProbability(), last.alternatives()));
                    return;
                }
            }
        }

        private void end(End why) {
            end = why;
            open = 0;
            ended++;
            ends.signal();
        }

        /** What may be told by now. */
        private @Nullable Growth take(int index) {
            int sure = text.length() - open;
            if (told || (sure == taken && end == null)) {
                return null;
            }
            String fresh = text.substring(taken, sure);
            List<Piece> freshPieces = new ArrayList<>();
            for (int length = 0; piecesTaken < pieces.size() && length < fresh.length(); piecesTaken++) {
                freshPieces.add(pieces.get(piecesTaken));
                length += pieces.get(piecesTaken).text().length();
            }
            taken = sure;
            told = end != null;
            return new Growth(index, fresh, freshPieces, end);
        }
    }

    /** Adds a text. */
    OneText add(List<String> stops) {
        OneText text = new OneText(stops.isEmpty() ? null : new StopRule(stops));
        all.add(text);
        return text;
    }

    /** How many characters were written so far, in all texts, those of stops among them. */
    public int written() {
        lock.lock();
        try {
            return all.stream().mapToInt(text -> text.written).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants them any more. */
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean cancelled() {
        lock.lock();
        try {
            return cancelled || failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void fail(Refusal refusal) {
        lock.lock();
        try {
            failure = refusal;
            news.signal();
            ends.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all have ended, taken or not. */
    public boolean ended() {
        lock.lock();
        try {
            return ended == all.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something is new, and takes it.
     *
     * @return nothing where nothing came in this time
     * @throws Refusal if the texts cannot be written on
     */
    public List<Growth> take(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                if (failure != null) {
                    throw failure;
                }
                List<Growth> fresh = new ArrayList<>();
                for (int i = 0; i < all.size(); i++) {
                    Growth growth = all.get(i).take(i);
                    if (growth != null) {
                        fresh.add(growth);
                    }
                }
                if (!fresh.isEmpty() || left <= 0) {
                    return fresh;
                }
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all have ended.
     *
     * @return whether they have, in this time
     * @throws Refusal if the texts cannot be written on
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (ended < all.size() && failure == null && left > 0) {
                left = ends.awaitNanos(left);
            }
            if (failure != null) {
                throw failure;
            }
            return ended == all.size();
        } finally {
            lock.unlock();
        }
    }
}
