package dev.namaskar.serve.stepping;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.stepping.Texts.OneText;
import dev.namaskar.text.CharacterModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads and writes all texts of one model that are wanted at the same time, in steps that they share. What a text becomes
 * depends on its prompt, its settings and its seed alone, not on the others. Threads come with the first text and go some
 * time after the last.
 */
public final class StepLoop {
    private static final long IDLE_SECONDS = 5;

    private final CharacterModel model;
    private final StepLimits limits;
    private final RowPass.Chosen weights;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final Deque<Writing> writings = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    /** Texts that wait or grow. */
    private int open;
    /** Rows that the threads have. */
    private int held;

    private int threads;

    /** A loop over a model, at rest. */
    public StepLoop(CharacterModel model, StepLimits limits) {
        this.model = model;
        this.limits = limits;
        weights = RowPass.choose(model.network(), model.params());
    }

    /** The model. */
    public CharacterModel model() {
        return model;
    }

    /** The library by which it multiplies. */
    public GemmLibrary library() {
        return weights.library();
    }

    /** How many texts wait or grow. */
    public int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins the texts of a request, in the order of the prompts and of each prompt's draws.
     *
     * @throws Refusal if they are more than the queue has room for: 429
     */
    public Texts submit(List<Prompt> prompts) {
        Texts texts = new Texts();
        List<Reading> fresh = new ArrayList<>();
        int count = prompts.stream().mapToInt(prompt -> prompt.draws().size()).sum();
        lock.lock();
        try {
            if (open + count > limits.queue()) {
                throw Refusal.overloaded(
                        "the model has " + open + " texts of at most " + limits.queue() + " waiting or growing", 1);
            }
            open += count;
        } finally {
            lock.unlock();
        }
        for (Prompt prompt : prompts) {
            List<OneText> those = new ArrayList<>();
            prompt.draws().forEach(draw -> those.add(texts.add(prompt.stops())));
            fresh.add(new Reading(model, prompt, those));
        }
        lock.lock();
        try {
            readings.addAll(fresh);
            wake();
        } finally {
            lock.unlock();
        }
        return texts;
    }

    private void wake() {
        while (threads < Math.min(limits.threads(), held + readings.size() + writings.size())) {
            threads++;
            start();
        }
        work.signalAll();
    }

    private void start() {
        RowPass pass = new RowPass(model.network(), weights.weights(), weights.library());
        Thread thread = new Thread(new Stepper(this, pass), "step");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Gives a thread its share of what waits, and waits where there is nothing at all. Prompts come first, since nothing has
     * been told of them; where more wait than there are rows, texts that have had their turn make room and wait for another.
     *
     * @param stepper has what it has already
     * @return false if the thread has nothing left to do, and ends
     */
    boolean share(Stepper stepper) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
            while (stepper.rows() == 0 && readings.isEmpty() && writings.isEmpty()) {
                if (left <= 0) {
                    threads--;
                    return false;
                }
                left = work.awaitNanos(left);
            }
            int all = held + readings.size() + writings.size();
            int fair = Math.min(RowPass.MOST_ROWS, (all + threads - 1) / threads);
            while (stepper.rows() > fair + 1 && stepper.canGiveBack()) {
                putBack(stepper.giveBack());
            }
            int more = readings.size() + writings.size() - (fair - stepper.rows());
            stepper.turnsOver(more).forEach(this::putBack);
            while (stepper.rows() < fair && !readings.isEmpty()) {
                stepper.take(readings.removeFirst());
                held++;
            }
            while (stepper.rows() < fair && !writings.isEmpty()) {
                stepper.take(writings.removeFirst());
                held++;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(Writing writing) {
        writings.addLast(writing);
        held--;
        work.signal();
    }

    /** Takes texts whose prompts have been read. */
    void ready(List<Writing> going) {
        lock.lock();
        try {
            writings.addAll(going);
            wake();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts what a thread no longer has.
     *
     * @param rows of the thread
     * @param texts that are over
     */
    void leave(int rows, int texts) {
        lock.lock();
        try {
            held -= rows;
            open -= texts;
        } finally {
            lock.unlock();
        }
    }
}
