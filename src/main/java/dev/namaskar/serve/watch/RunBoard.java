package dev.namaskar.serve.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The runs that a page shows, in the order in which they began. */
public final class RunBoard {
    private final List<RunHistory> runs = new ArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);

    /** What one page has seen of them. */
    static final class Reader {
        private final List<RunHistory.Seen> seen = new ArrayList<>();
    }

    /** Hangs up one more. */
    synchronized void add(RunHistory run) {
        runs.add(run);
    }

    /** The runs by now. */
    synchronized List<RunHistory> runs() {
        return List.copyOf(runs);
    }

    /** The run of this number, counted from 0, or null. */
    synchronized @Nullable RunHistory run(int number) {
        return number >= 0 && number < runs.size() ? runs.get(number) : null;
    }

    /** No more news: pages get the last and are let go. */
    void close() {
        open.countDown();
    }

    boolean closed() {
        return open.getCount() == 0;
    }

    /** Waits for so long, or until {@link #close}; whether that has been. */
    boolean awaitClosed(Duration atMost) throws InterruptedException {
        return open.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What a reader has not seen yet, each run by its {@code run} number; modified: {@code reader}. */
    List<Map<String, @Nullable Object>> news(Reader reader) {
        List<Map<String, @Nullable Object>> news = new ArrayList<>();
        List<RunHistory> now = runs();
        for (int i = 0; i < now.size(); i++) {
            if (i == reader.seen.size()) {
                reader.seen.add(new RunHistory.Seen());
            }
            Map<String, @Nullable Object> told = now.get(i).since(reader.seen.get(i));
            if (told != null) {
                Map<String, @Nullable Object> numbered = new LinkedHashMap<>();
                numbered.put("run", i);
                numbered.putAll(told);
                news.add(numbered);
            }
        }
        return news;
    }
}
