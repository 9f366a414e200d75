package dev.namaskar.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.train.run.RunStoppedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A search on something that takes no time, so that many can be made. */
class TuningTest {
    @TempDir
    Path folder;

    private static Tuning<String> search(Bowl bowl, long seed) {
        return Tuning.of(bowl).seed(seed);
    }

    private static List<Map<String, Object>> table(Tuned<?> tuned) {
        List<Map<String, Object>> table = new ArrayList<>();
        for (TrialResult result : tuned.trials()) {
            table.add(new TreeMap<>(result.figures()));
        }
        return table;
    }

    /** Takes all that is ready at once, and ends it in an order of its own. */
    private static TrialPool shuffled(long seed, int least) {
        Random random = new Random(seed);
        return new TrialPool() {
            @Override
            public <M> void carryOut(Trials<M> trials, Tunable<M> tunable, Tunable.Setup setup) {
                for (List<Trial> rung = trials.rung(least); !rung.isEmpty(); rung = trials.rung(least)) {
                    List<Trial> order = new ArrayList<>(rung);
                    Collections.shuffle(order, random);
                    for (Trial trial : order) {
                        try {
                            Done<M> done = TrialPool.carryOut(trial, tunable, setup, () -> false);
                            trials.finish(done.result(), done.model());
                        } catch (IOException e) {
                            trials.fail(e);
                        }
                    }
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void trialsAndResultsAreTheSameWhoeverCarriesThemOut(long seed) throws IOException {
        int trials = 1 + new Random(seed).nextInt(40);
        Tuned<String> one = search(new Bowl(), seed).trials(trials).workers(1).run();

        assertThat(one.tried()).isEqualTo(trials);
        for (int workers : new int[] {2, 5, 16}) {
            Tuned<String> many =
                    search(new Bowl(), seed).trials(trials).workers(workers).run();
            assertThat(table(many)).isEqualTo(table(one));
            assertThat(many.model()).isEqualTo(one.model());
        }
        for (int least : new int[] {1, 4, 50}) {
            Tuned<String> apart = search(new Bowl(), seed)
                    .trials(trials)
                    .pool(shuffled(seed, least))
                    .run();
            assertThat(table(apart)).isEqualTo(table(one));
            assertThat(apart.model()).isEqualTo(one.model());
        }
    }

    /** Successive halving written down again, all at once: brackets of nine, a third of each rung goes on. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void theTrialsAreThoseOfSuccessiveHalving(long seed) throws IOException {
        Tuned<String> tuned = search(new Bowl(), seed).trials(33).run();

        Map<Integer, Map<String, Object>> settings = new TreeMap<>();
        tuned.trials().forEach(r -> settings.put(r.trial().number(), r.trial().settings()));
        Set<String> expected = new HashSet<>(Set.of("0 1.0"));
        for (int first = 1; first < 33; first += 9) {
            List<Integer> all = new ArrayList<>(
                    IntStream.range(first, Math.min(first + 9, 33)).boxed().toList());
            int[] kept = all.size() == 9 ? new int[] {9, 3, 1} : new int[] {all.size(), all.size() / 3};
            for (int rung = 0; rung < kept.length; rung++) {
                double part = Math.pow(3, rung + 1 - kept.length);
                List<Integer> there = all.subList(0, kept[rung]);
                there.forEach(number -> expected.add(number + " " + Math.round(part * 900) / 900.0));
                there.sort(Comparator.comparingDouble(number -> Bowl.score(settings.get(number), part)));
            }
        }
        assertThat(tuned.trials().stream()
                        .map(r ->
                                r.trial().number() + " " + Math.round(r.trial().part() * 900) / 900.0))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(tuned.best().score())
                .isEqualTo(tuned.trials().stream()
                        .filter(r -> r.trial().whole())
                        .mapToDouble(TrialResult::score)
                        .min()
                        .orElseThrow());
    }

    @Test
    void settingsDependOnTheSeedAndTheirNumberAlone() throws IOException {
        Map<Integer, Map<String, Object>> few =
                settings(search(new Bowl(), 3).trials(6).run());
        Map<Integer, Map<String, Object>> more =
                settings(search(new Bowl(), 3).trials(30).wholeRuns().run());

        assertThat(more).containsAllEntriesOf(few);
        assertThat(new HashSet<>(more.values())).hasSize(30);
        assertThat(settings(search(new Bowl(), 4).trials(6).run()).get(1)).isNotEqualTo(few.get(1));
    }

    private static Map<Integer, Map<String, Object>> settings(Tuned<?> tuned) {
        Map<Integer, Map<String, Object>> settings = new TreeMap<>();
        tuned.trials().forEach(r -> settings.put(r.trial().number(), r.trial().settings()));
        return settings;
    }

    @Test
    void theUsualSettingsAreOneOfThemAndStayWhereNoneIsBetter() throws IOException {
        Tuned<String> tuned = search(new Bowl(), 1).trials(100).run();
        assertThat(tuned.usual().trial().settings()).isEmpty();
        assertThat(tuned.usual().score()).isEqualTo(Bowl.score(Map.of(), 1));
        assertThat(tuned.best().score()).isLessThan(tuned.usual().score());

        // All others are what is usual, said: nothing is better, and what is as good does not take its place.
        Tuned<String> equal = search(new Bowl(), 1)
                .space("lr=0.002,hidden=128,cell=gru,dropout=0")
                .trials(20)
                .run();
        assertThat(equal.best().trial().number()).isZero();
        assertThat(equal.toString()).contains("none of 19 settings is better");
    }

    @Test
    void drawnValuesLieInTheirRangesAndCanBeWrittenDown() throws IOException {
        Tuned<String> tuned = search(new Bowl(), 5)
                .space("lr=1e-3..1e-1, hidden=64..256, cell=gru|lstm, layers=1..3, dropout=default")
                .trials(200)
                .wholeRuns()
                .run();

        List<Map<String, Object>> drawn =
                settings(tuned).values().stream().filter(s -> !s.isEmpty()).toList();
        assertThat(drawn).hasSize(199).allSatisfy(s -> {
            assertThat(s).containsOnlyKeys("lr", "hidden", "cell", "layers");
            assertThat((double) s.get("lr")).isBetween(1e-3, 1e-1);
            assertThat((int) s.get("hidden")).isBetween(64, 256);
            assertThat(String.valueOf(s.get("lr")).replaceAll("[^1-9]", "")).hasSizeLessThanOrEqualTo(5);
        });
        assertThat(drawn.stream().map(s -> s.get("cell")))
                .contains("gru", "lstm")
                .doesNotContain("rnn");
        assertThat(drawn.stream().map(s -> s.get("layers"))).contains(1, 2, 3);
        // Even in the logarithm: about half of all rates lie below the geometric mean.
        assertThat(drawn.stream().filter(s -> (double) s.get("lr") < 1e-2).count())
                .isBetween(70L, 130L);
        assertThat(drawn.stream().filter(s -> (int) s.get("hidden") < 128).count())
                .isBetween(70L, 130L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 9, 14, 19})
    void aSearchThatWasKilledIsTakenUpWithoutDoingAnyTrialAgain(int ended) throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        Bowl undisturbed = new Bowl();
        Tuned<String> expected =
                search(undisturbed, 2).trials(15).workers(1).log(whole, false).run();
        List<String> lines = Files.readAllLines(whole);
        Path log = folder.resolve("killed.jsonl");
        String half = ended + 1 < lines.size() ? lines.get(ended + 1).substring(0, 30) : "";
        Files.writeString(log, String.join("\n", lines.subList(0, Math.min(ended + 1, lines.size()))) + "\n" + half);

        Bowl bowl = new Bowl();
        List<String> notes = new ArrayList<>();
        Tuned<String> resumed = search(bowl, 2)
                .trials(15)
                .workers(3)
                .log(log, true)
                .notes(notes::add)
                .run();

        assertThat(table(resumed)).isEqualTo(table(expected));
        assertThat(resumed.model()).isEqualTo(expected.model());
        assertThat(bowl.fits.get()).isEqualTo(Math.max(0, undisturbed.fits.get() - ended));
        assertThat(withoutTimes(log)).containsExactlyInAnyOrderElementsOf(withoutTimes(whole));
        assertThat(notes.stream().anyMatch(note -> note.contains(ended + " trials have ended")))
                .isEqualTo(ended > 0 && ended < lines.size() - 1);
    }

    private static List<String> withoutTimes(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceAll(",\"seconds\":.*", ""))
                .toList();
    }

    @Test
    void aLongerSearchGoesOnWithTheTrialsOfAShorterOne() throws IOException {
        Path log = folder.resolve("log.jsonl");
        Bowl bowl = new Bowl();
        search(bowl, 2).trials(10).log(log, true).run();
        int before = bowl.fits.get();
        Tuned<String> longer = search(bowl, 2).trials(28).log(log, true).run();

        Bowl fresh = new Bowl();
        assertThat(table(longer)).isEqualTo(table(search(fresh, 2).trials(28).run()));
        assertThat(before).isEqualTo(14);
        assertThat(bowl.fits.get()).isEqualTo(fresh.fits.get());
    }

    @Test
    void aLogOfAnotherSearchIsRefusedByWhatIsOtherAndLeftAsItIs() throws IOException {
        Path log = folder.resolve("log.jsonl");
        search(new Bowl(), 2).trials(4).log(log, false).run();
        String before = Files.readString(log);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> search(new Bowl(), 3).trials(4).log(log, true).run())
                .withMessageContaining("another seed: 2 there, 3 here");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> search(new Bowl(), 2)
                        .space("hidden=3..4")
                        .trials(4)
                        .log(log, true)
                        .run())
                .withMessageContaining("another space");
        Bowl other = new Bowl();
        other.diverging = 3;
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> search(other, 2).trials(4).log(log, true).run())
                .withMessageContaining("another data");
        assertThat(other.fits.get()).isZero();
        assertThat(Files.readString(log)).isEqualTo(before);

        Files.writeString(log, before + "{\"trial\":9}\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> search(new Bowl(), 2).trials(4).log(log, true).run())
                .withMessageContaining("line " + (before.lines().count() + 1) + ", settings: expected a JSON object");
        Files.writeString(log, "what is this\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> search(new Bowl(), 2).trials(4).log(log, true).run())
                .withMessageContaining("line 1");
    }

    @Test
    void whatDoesNotGoWithTheDataIsAResultAndGoesNoFurther() throws IOException {
        Bowl bowl = new Bowl();
        bowl.diverging = 0.1;
        Path log = folder.resolve("log.jsonl");
        Tuned<String> tuned = search(bowl, 1).trials(19).log(log, false).run();

        List<TrialResult> without =
                tuned.trials().stream().filter(r -> !r.scored()).toList();
        assertThat(without).hasSizeGreaterThan(2).allSatisfy(r -> {
            assertThat(r.trial().rung()).isZero();
            assertThat((double) r.trial().settings().get("lr")).isGreaterThan(0.1);
            assertThat(r.error()).contains("does not go with a bowl");
        });
        assertThat(Files.readString(log)).contains("\"score\":null,\"error\":\"a rate of ");
        assertThat(tuned.best().scored()).isTrue();
        int fits = bowl.fits.get();
        assertThat(table(search(bowl, 1).trials(19).log(log, true).run())).isEqualTo(table(tuned));
        assertThat(bowl.fits.get()).isEqualTo(fits);
    }

    @Test
    void aBracketWithoutAnyScoreEndsAndTheUsualSettingsRemain() throws IOException {
        Bowl bowl = new Bowl();
        bowl.diverging = 0.01;
        Tuned<String> tuned =
                search(bowl, 1).space("lr=1..2").trials(12).workers(2).run();
        assertThat(tuned.best().trial().number()).isZero();
        assertThat(tuned.trials()).hasSize(12);
    }

    @Test
    void usualSettingsThatCannotBeTriedEndTheSearch() {
        Bowl bowl = new Bowl();
        bowl.diverging = 1e-9;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(bowl, 1).trials(12).run())
                .withMessageContaining("the usual settings cannot be tried: a rate of 0.002");
    }

    @Test
    void oneWorkerThatThrowsEndsTheSearchWithItsOwnWordsAndItCanBeTakenUp() throws IOException {
        Path log = folder.resolve("log.jsonl");
        Bowl bowl = new Bowl();
        bowl.before = trial -> {
            if (trial.number() == 7) {
                throw new UncheckedIOException(new IOException("the disk is gone"));
            }
        };
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() ->
                        search(bowl, 2).trials(20).workers(3).log(log, false).run())
                .withMessageContaining("the disk is gone");
        assertThat(Files.readString(log)).doesNotContain("\"trial\":7,").contains("\"trial\":1,");

        int before = Files.readAllLines(log).size() - 1;
        Bowl mended = new Bowl();
        Tuned<String> tuned = search(mended, 2).trials(20).log(log, true).run();
        assertThat(table(tuned))
                .isEqualTo(table(search(new Bowl(), 2).trials(20).run()));
        assertThat(mended.fits.get()).isEqualTo(tuned.trials().size() - before);
    }

    @Test
    void soDoesAnError() {
        Bowl bowl = new Bowl();
        bowl.before = trial -> {
            if (trial.number() == 3) {
                throw new OutOfMemoryError("heap");
            }
        };
        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> search(bowl, 2).trials(20).workers(2).run());
    }

    @Test
    void budgets() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(new Bowl(), 1).trials(0))
                .withMessageContaining("`trials`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(new Bowl(), 1).minutes(0))
                .withMessageContaining("`minutes`");
        assertThat(search(new Bowl(), 1).trials(1).run().trials()).hasSize(1);
        // Time that is up at once is enough for the usual settings, and for what a log has of others.
        Tuned<String> atOnce = search(new Bowl(), 1).minutes(1e-9).run();
        assertThat(atOnce.trials()).hasSize(1);
        Path log = folder.resolve("log.jsonl");
        Tuned<String> full = search(new Bowl(), 1).trials(20).log(log, false).run();
        Bowl bowl = new Bowl();
        Tuned<String> resumed = search(bowl, 1).minutes(1e-9).log(log, true).run();
        assertThat(bowl.fits.get()).isZero();
        assertThat(resumed.best().trial()).isEqualTo(full.best().trial());
        assertThat(bowl.trained.get()).isEqualTo(1);
        assertThat(resumed.model()).isEqualTo(full.model());
    }

    @Test
    void whoIsAskedToStopSaysWhereItStands() {
        Bowl bowl = new Bowl();
        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> search(bowl, 1)
                        .trials(20)
                        .workers(1)
                        .stopWhen(() -> bowl.fits.get() >= 3)
                        .run())
                .withMessageContaining("stopped after 2 trials");
        assertThat(bowl.fits.get()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hiden=3..4; expected one of lr, hidden, cell, layers, dropout, found \"hiden\"",
                "hidden; expected ranges such as hidden=64..256",
                "hidden=3..4,hidden=5; hidden twice",
                "hidden=many; expected a whole number, found \"many\"",
                "hidden=2.5..3; expected a whole number, found \"2.5\"",
                "hidden=9..3; from <= to",
                "hidden=0..3; above 0",
                "lr=fast; expected a number, found \"fast\"",
                "lr=0..1; above 0",
                "lr=1e-3..; expected a number, found \"\"",
                "cell=gru||lstm; expected a word",
                "dropout=0.1..1; 0 <= number < 1, found 1.0",
                "lr=default,hidden=default,cell=default,dropout=default; expected a setting to try",
            })
    void aSpaceThatCannotBeMeantIsRefusedBeforeAnythingIsDone(String space, String message) {
        Bowl bowl = new Bowl();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(bowl, 1).space(space).check())
                .withMessageContaining("`space`")
                .withMessageContaining(message);
        assertThat(bowl.fits.get()).isZero();
    }

    @Test
    void whatIsAskedForIsNotTriedAndMayNotBeNamed() throws IOException {
        Bowl bowl = new Bowl();
        bowl.asked = Set.of("hidden");
        assertThat(search(bowl, 1).trials(5).run().trials())
                .noneMatch(r -> r.trial().settings().containsKey("hidden"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(bowl, 1).space("hidden=3..4").check())
                .withMessageContaining("hidden, which is asked for by itself too");
    }
}
