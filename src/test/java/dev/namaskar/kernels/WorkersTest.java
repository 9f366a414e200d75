package dev.namaskar.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyWorkerDoesEveryRoundOnce(int count) {
        try (Workers workers = new Workers(count)) {
            int[] done = new int[count];
            for (int round = 0; round < 500; round++) {
                workers.run(worker -> done[worker]++);
            }
            assertThat(done).containsOnly(500);
            assertThat(workers.count()).isEqualTo(count);
        }
    }

    /** Each worker adds its neighbour's number of the phase before: right only if nobody runs ahead. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void nobodyPassesTheBarrierAlone(int count) {
        int phases = 100;
        try (Workers workers = new Workers(count)) {
            for (int round = 0; round < 5; round++) {
                int[][] sums = new int[phases + 1][count];
                Arrays.fill(sums[0], 1);
                workers.run(worker -> {
                    for (int phase = 1; phase <= phases; phase++) {
                        sums[phase][worker] = sums[phase - 1][(worker + 1) % count] + 1;
                        workers.awaitAll();
                    }
                });
                assertThat(sums[phases]).containsOnly(phases + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatAWorkerThrowsReachesTheCallerAndTheCrewGoesOn(int culprit) {
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 20; round++) {
                assertThatThrownBy(() -> workers.run(worker -> {
                            if (worker == culprit) {
                                throw new IllegalArgumentException("worker " + worker);
                            }
                            workers.awaitAll();
                        }))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("worker " + culprit);
                int[] done = new int[3];
                workers.run(worker -> {
                    workers.awaitAll();
                    done[worker] = 1;
                });
                assertThat(done).containsOnly(1);
            }
        }
    }

    @Test
    void anErrorComesThroughAsItIs() {
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() -> workers.run(worker -> {
                        throw new StackOverflowError("deep");
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void sharesCoverAllItemsInOrder() {
        for (int count = 1; count <= 5; count++) {
            try (Workers workers = new Workers(count)) {
                for (int items : new int[] {0, 1, 4, 17, 2_000_000_003}) {
                    assertThat(workers.shareStart(0, items)).isZero();
                    assertThat(workers.shareStart(count, items)).isEqualTo(items);
                    for (int worker = 0; worker < count; worker++) {
                        int share = workers.shareStart(worker + 1, items) - workers.shareStart(worker, items);
                        assertThat(share).isBetween(items / count, items / count + 1);
                    }
                }
            }
        }
    }

    @Test
    void aClosedCrewDoesNothingAndSaysSo() {
        Workers workers = new Workers(2);
        workers.run(worker -> {});
        workers.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> workers.run(worker -> {}))
                .withMessageContaining("closed");
    }

    @Test
    void aCrewOfNobodyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Workers(0)).withMessageContaining("at least 1");
    }
}
