package dev.namaskar.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void withoutAPlanTheExpectedStepsFollowTheSpeed() {
        Pace pace = new Pace(100, Long.MAX_VALUE, false);
        pace.begin(0);
        assertThat(pace.changes(1.9, 19)).as("too early to tell").isFalse();
        assertThat(pace.changes(2, 20)).isTrue();
        assertThat(pace.expected()).isEqualTo(20 + 980);
        assertThat(pace.changes(6.9, 60)).as("a twentieth later").isFalse();
        assertThat(pace.changes(12, 40)).isTrue();
        assertThat(pace.expected()).as("half a second a step since").isEqualTo(40 + 176);
    }

    @Test
    void aPlanStaysWhileTheEndIsLessThanAFifthOff() {
        Pace pace = new Pace(100, 1000, true);
        pace.begin(0);
        assertThat(pace.changes(5, 43)).isFalse();
        assertThat(pace.changes(10, 100)).isFalse();
        assertThat(pace.expected()).isEqualTo(1000);
        assertThat(pace.isPlanned()).isTrue();
    }

    @Test
    void aPlanIsMadeAnewWhereTheMachineIsMuchSlowerOrFaster() {
        Pace slower = new Pace(100, 1000, true);
        slower.begin(0);
        assertThat(slower.changes(10, 50)).isTrue();
        assertThat(slower.expected()).isEqualTo(50 + 450);
        Pace faster = new Pace(100, 1000, true);
        faster.begin(0);
        assertThat(faster.changes(10, 200)).isTrue();
        assertThat(faster.expected()).isEqualTo(200 + 1800);
    }

    @Test
    void aRunThatTimeDoesNotEndKeepsItsSteps() {
        Pace pace = new Pace(0, 70, true);
        pace.begin(30);
        assertThat(pace.changes(1e6, 40)).isFalse();
        assertThat(pace.expected()).isEqualTo(70);
    }

    @Test
    void afterTheTimeThereIsOneMoreStep() {
        Pace pace = new Pace(10, 1000, true);
        pace.begin(0);
        assertThat(pace.changes(20, 3)).isTrue();
        assertThat(pace.expected()).isEqualTo(4);
    }
}
