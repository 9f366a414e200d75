package dev.namaskar.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthBucketsTest {
    /**
     * So many examples: example i reads its own number, {@code 1 + i % 9} times, beside a source of i % 5 values, and has
     * {@code 1 + i % 3} targets.
     */
    private record Numbers(int size, int shift, AtomicInteger asked) implements Examples {
        Numbers(int size, int shift) {
            this(size, shift, new AtomicInteger());
        }

        @Override
        public BatchShape shape() {
            asked.incrementAndGet();
            return BatchShape.labels(BatchShape.Sequence.tokens(9).withLengths(), 3)
                    .withSource(BatchShape.Sequence.values(4, 2).withLengths());
        }

        @Override
        public int length(int example) {
            return 1 + example % 9;
        }

        @Override
        public int targets(int example) {
            return 1 + example % 3;
        }

        @Override
        public int sourceLength(int example) {
            return example % 5;
        }

        @Override
        public void write(int example, Batch into, int row) {
            for (int t = 0; t < length(example); t++) {
                into.tokens[t * into.rows() + row] = example + shift;
            }
            for (int t = 0; t < targets(example); t++) {
                into.classes[t * into.rows() + row] = example;
            }
            for (int t = 0; t < sourceLength(example); t++) {
                into.source().values[(t * into.rows() + row) * 2] = example;
            }
        }
    }

    /** The shape is the longest of all examples: to look for it once an example made an epoch quadratic. */
    @Test
    void theShapeOfAllIsNotLookedForBatchByBatch() {
        AtomicInteger asked = new AtomicInteger();
        LengthBuckets batches = new LengthBuckets(new Numbers(200, 1, asked), 10, 5);
        Batch batch = new Batch(batches.shape(), 10);
        for (int number = 0; number < 40; number++) {
            batches.read(number, batch);
        }
        batches.fingerprint();
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"77, 10", "80, 10", "3, 8", "1, 1", "400, 7"})
    void anEpochHasEveryExampleOnceAndFillsUpWithEmptyRows(int size, int rows) {
        LengthBuckets batches = new LengthBuckets(new Numbers(size, 1), rows, 5);
        assertThat(batches.perEpoch()).isEqualTo((size + rows - 1) / rows);
        Batch batch = new Batch(batches.shape(), rows);
        List<List<Integer>> orders = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> seen = new ArrayList<>();
            for (long n = 0; n < batches.perEpoch(); n++) {
                batches.read(epoch * batches.perEpoch() + n, batch);
                collect(batch, seen);
            }
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, size).boxed().toList());
            orders.add(seen);
        }
        if (size > 10) {
            assertThat(orders.get(0)).isNotEqualTo(orders.get(1));
        }
        // A batch is a function of its number, whatever was read before.
        batches.read(2, batch);
        int[] first = batch.tokens.clone();
        batches.read(5, batch);
        batches.read(2, batch);
        assertThat(batch.tokens).isEqualTo(first);
        new LengthBuckets(new Numbers(size, 1), rows, 5).read(2, batch);
        assertThat(batch.tokens).isEqualTo(first);
    }

    private static void collect(Batch batch, List<Integer> seen) {
        int longest = 0;
        for (int b = 0; b < batch.rows(); b++) {
            if (batch.lengths[b] == 0) {
                assertThat(batch.targetLengths[b]).isZero();
                assertThat(batch.source().lengths[b]).isZero();
                continue;
            }
            int example = batch.tokens[b] - 1;
            seen.add(example);
            longest = Math.max(longest, batch.lengths[b]);
            assertThat(batch.lengths[b]).isEqualTo(1 + example % 9);
            assertThat(batch.targetLengths[b]).isEqualTo(1 + example % 3);
            assertThat(batch.source().lengths[b]).isEqualTo(example % 5);
            assertThat(batch.classes[b]).isEqualTo(example);
            for (int t = 0; t < batch.steps(); t++) {
                assertThat(batch.tokens[t * batch.rows() + b])
                        .as("nothing of another batch is left behind a row's end")
                        .isEqualTo(t < batch.lengths[b] ? example + 1 : 0);
            }
        }
        assertThat(batch.steps()).isEqualTo(longest);
    }

    @Test
    void examplesOfABatchAreAboutAsLong() {
        LengthBuckets batches = new LengthBuckets(new Numbers(900, 1), 10, 3);
        Batch batch = new Batch(batches.shape(), 10);
        int padded = 0;
        for (int n = 0; n < batches.perEpoch(); n++) {
            batches.read(n, batch);
            padded += batch.source().steps() * 10
                    - IntStream.of(batch.source().lengths).sum();
        }

        assertThat(padded)
                .as("padded steps of sources, of which there are 1800 real ones")
                .isLessThan(90);
    }

    @Test
    void aFingerprintTellsContentsAndOrder() {
        long one = new LengthBuckets(new Numbers(50, 1), 4, 1).fingerprint();

        assertThat(new LengthBuckets(new Numbers(50, 1), 9, 7).fingerprint()).isEqualTo(one);
        assertThat(new LengthBuckets(new Numbers(50, 2), 4, 1).fingerprint()).isNotEqualTo(one);
        assertThat(new LengthBuckets(new Numbers(49, 1), 4, 1).fingerprint()).isNotEqualTo(one);
    }

    @Test
    void refusesRowsWithoutAnExampleThatWouldCount() {
        Examples counting = new Examples() {
            @Override
            public BatchShape shape() {
                return BatchShape.oneClass(BatchShape.Sequence.tokens(3).withLengths());
            }

            @Override
            public int size() {
                return 3;
            }

            @Override
            public int length(int example) {
                return 1;
            }

            @Override
            public void write(int example, Batch into, int row) {}
        };
        assertThatThrownBy(() -> new LengthBuckets(counting, 2, 1)).hasMessageContaining("targets with weights");
        assertThatThrownBy(() -> new LengthBuckets(new Numbers(0, 1), 2, 1)).hasMessageContaining("found none");
    }
}
