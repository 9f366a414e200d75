package dev.namaskar.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.decoding.LengthRule;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.net.attention.AttentionScore;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.Lexicon.Cut;
import dev.namaskar.tasks.Prediction;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Translation models: what they learn, what they say of it, how they travel, and what they refuse. */
class TranslationTest {
    @TempDir
    private Path folder;

    private static List<TextPair> pairs;
    private static TranslationModel model;

    /** Letters to their names in words, the other way round: each source has one right target. */
    private static List<TextPair> reversed(int count, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        List<TextPair> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder source = new StringBuilder();
            List<String> target = new ArrayList<>();
            int length = 2 + random.nextInt(4);
            for (int k = 0; k < length; k++) {
                char letter = (char) ('a' + random.nextInt(5));
                source.append(letter);
                target.add(0, letter + "" + letter);
            }
            all.add(new TextPair(source.toString(), String.join(" ", target)));
        }
        return all;
    }

    private static TranslationTraining small() {
        return TranslationModel.training()
                .hidden(32)
                .embedding(16)
                .layers(l -> l.withLayers(1).withDropout(0))
                .batch(32)
                .learningRate(8e-3)
                .threads(1);
    }

    @BeforeAll
    static void learn() {
        pairs = reversed(1200, 1);
        model = small().steps(500).on(pairs);
    }

    @Test
    void learnsToTurnWordsRound() {
        TranslationReport report = model.evaluate(reversed(150, 99), Decoding.USUAL);
        assertThat(report.sequenceErrorRate()).isLessThan(0.1);
        assertThat(report.symbolErrorRate()).isLessThan(report.sequenceErrorRate() + 1e-9);
        assertThat(report.examples()).isEqualTo(150);
        assertThat(model.sources().cut()).isEqualTo(Cut.CODEPOINT);
        assertThat(model.targets().cut()).isEqualTo(Cut.WORD);
        assertThat(model.translate("abcd", 1).get(0).text()).isEqualTo("dd cc bb aa");
    }

    @Test
    void theBestAreOrderedAndTheirProbabilitiesAddUp() {
        List<Translation> best = model.translate("abca", 5);
        assertThat(best).hasSize(5);
        double sum = 0;
        for (int i = 0; i < best.size(); i++) {
            Translation each = best.get(i);
            assertThat(i == 0 || each.score() <= best.get(i - 1).score()).isTrue();
            double symbols = each.symbolLogProbabilities().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(each.symbolLogProbabilities()).hasSameSizeAs(each.symbols());
            assertThat(each.logProbability()).isLessThanOrEqualTo(symbols);
            sum += each.probability();
        }
        assertThat(sum).isLessThanOrEqualTo(1 + 1e-6);
        assertThat(best.stream().map(Translation::text).distinct()).hasSize(5);
    }

    /** With every target learned by heart, the sum of its symbols' log probabilities is what evaluation says. */
    @Test
    void theSearchAgreesWithTheLossOfWhatItFound() {
        Translation best = model.translate("badce", 1).get(0);
        TextPair found = new TextPair("badce", best.text());
        double nats = model.evaluate(List.of(found), Decoding.USUAL).natsPerSymbol();
        assertThat(nats * (best.symbols().size() + 1)).isCloseTo(-best.logProbability(), within(1e-4));
    }

    @Test
    void manyAtOnceAreAsEachAlone() {
        List<String> sources = List.of("abc", "ed", "cabde", "abc", "b");
        List<List<Translation>> together = model.translate(sources, Decoding.USUAL.withBest(2));
        for (int i = 0; i < sources.size(); i++) {
            List<Translation> alone = model.translate(sources.get(i), 2);
            assertThat(together.get(i).stream().map(Translation::text).toList())
                    .isEqualTo(alone.stream().map(Translation::text).toList());
            assertThat(together.get(i).get(0).logProbability())
                    .isCloseTo(alone.get(0).logProbability(), within(1e-5));
        }
    }

    @Test
    void attendsToWhatItWrites() {
        float[][] weights = model.attention("abcd", "dd cc bb aa");
        assertThat(weights).hasDimensions(5, 4);
        for (float[] row : weights) {
            double sum = 0;
            for (float weight : row) {
                sum += weight;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void anyRightTargetWillDo() {
        TextPair right = new TextPair("ab", "bb aa");
        TextPair other = new TextPair("ab", "aa");
        TranslationReport both = model.evaluate(List.of(other, right), Decoding.USUAL);
        assertThat(both.sequenceErrorRate()).isZero();
        assertThat(both.sources()).isEqualTo(1);
        assertThat(both.examples()).isEqualTo(2);
        TranslationReport wrong = model.evaluate(List.of(other), Decoding.USUAL);
        assertThat(wrong.sequenceErrorRate()).isEqualTo(1);
        assertThat(wrong.symbolErrorRate()).isEqualTo(1);
        assertThat(both.figures())
                .containsOnlyKeys("sequence_error_rate", "symbol_error_rate", "nats_per_symbol", "examples", "sources");
    }

    @Test
    void rulesOfLengthAndLongestAreKept() {
        List<List<Translation>> shortest =
                model.translate(List.of("abcde"), Decoding.USUAL.withLongest(2).withRule(LengthRule.MEAN));
        assertThat(shortest.get(0).get(0).symbols()).hasSizeLessThanOrEqualTo(2);
        Translation mean = shortest.get(0).get(0);
        assertThat(mean.score())
                .isCloseTo(mean.logProbability() / (mean.symbols().size() + 1), within(1e-9));
    }

    @Test
    void travelsAsOneFile() throws IOException {
        Path file = folder.resolve("m.safetensors");
        model.write(file);
        TranslationModel again = TranslationModel.read(file);
        assertThat(again.translate("abca", 3)).isEqualTo(model.translate("abca", 3));
        assertThat(again.stored().params().values())
                .isEqualTo(model.stored().params().values());
        assertThat(TaskKind.read(file)).isInstanceOf(TranslationModel.class).hasToString(model.toString());
        String line =
                again.predict(List.of("ab"), PredictionSettings.USUAL).get(0).line();
        assertThat(line).isEqualTo("ab\tbb aa");
    }

    @Test
    void theSameSettingsMakeTheSameBitsAndAStoppedRunGoesOn() throws IOException {
        List<TextPair> some = pairs.subList(0, 200);
        Path file = folder.resolve("pairs.tsv");
        Files.write(file, some.stream().map(p -> p.source() + "\t" + p.target()).toList());
        float[] whole = small().attention(AttentionScore.ADDITIVE)
                .dropout(0.2)
                .steps(12)
                .on(file)
                .stored()
                .params()
                .values();
        Path checkpoint = folder.resolve("run.checkpoint");
        assertThatThrownBy(() -> small().attention(AttentionScore.ADDITIVE)
                        .dropout(0.2)
                        .steps(12)
                        .checkpoints(new Checkpoints(checkpoint, 0, false))
                        .listen(new StopAfter(5))
                        .on(file))
                .isInstanceOf(RunStoppedException.class);
        float[] resumed = small().attention(AttentionScore.ADDITIVE)
                .dropout(0.2)
                .steps(12)
                .checkpoints(new Checkpoints(checkpoint, 0, true))
                .on(file)
                .stored()
                .params()
                .values();
        assertThat(resumed).isEqualTo(whole);
    }

    /** Asks a run to stop. */
    private static final class StopAfter implements TrainingListener {
        private final long steps;
        private long done;

        StopAfter(long steps) {
            this.steps = steps;
        }

        @Override
        public void onStep(Progress progress) {
            done = progress.step();
        }

        @Override
        public boolean asksToStop() {
            return done >= steps;
        }
    }

    @Test
    void aModelGoesOnWithItsSymbols() {
        TranslationModel more = small().from(model).steps(3).on(List.of(new TextPair("xyz", "aa zz")));
        assertThat(more.sources().symbols()).isEqualTo(model.sources().symbols());
        assertThat(more.network().params().size())
                .isEqualTo(model.network().params().size());
        assertThat(more.stored().params().values())
                .isNotEqualTo(model.stored().params().values());
    }

    @ParameterizedTest
    @CsvSource({
        "N AH M|AA|K AE T S, WORD",
        "hello there world|good day to you, CODEPOINT",
        "1987-03-03|2001-12-31, CODEPOINT",
        "abc|AA B, CODEPOINT"
    })
    void unitsAreToldByTheirTexts(String texts, Cut unit) {
        assertThat(TranslationTraining.unitOf(List.of(texts.split("[|]")))).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ab;no tab here | line 2: expected a source, one tab and a target, found no tab",
                "ab;a~b~c       | line 2: expected a source, one tab and a target, found a second tab at column 4",
                "ab;~b          | line 2: expected a source, one tab and a target, found nothing before the tab",
                "ab;a~          | line 2: expected a source, one tab and a target, found nothing behind the tab"
            })
    void whatIsNoPairIsRefusedByItsLine(String lines, String said) throws IOException {
        Path file = folder.resolve("bad.tsv");
        Files.writeString(file, lines.strip().replace("ab;", "a\tb\n").replace('~', '\t') + "\n");
        assertThatThrownBy(() -> TranslationModel.train(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ", " + said);
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        Path empty = folder.resolve("empty.tsv");
        Files.writeString(empty, "\n\n");
        assertThatThrownBy(() -> TranslationModel.train(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found none");
        Path file = folder.resolve("long.tsv");
        Files.writeString(file, "ab\tcd\nab\tabcdefgh\n");
        assertThatThrownBy(() -> small().longest(5).steps(1).on(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        file + ": line 2: expected a target of at most 5 symbols (`longest`), found one of 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.translate(" ", 1))
                .withMessageContaining("at least one symbol");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.translate("a", 0))
                .withMessageContaining("nbest");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().smoothing(1))
                .withMessageContaining("smoothing");
        Path other = folder.resolve("no-model.safetensors");
        Files.writeString(other, "nothing");
        assertThatThrownBy(() -> TranslationModel.read(other)).isInstanceOf(MalformedFileException.class);
    }

    /** A symbol that the model has never met is read as unknown, and never written. */
    @Test
    void unknownSymbolsAreRead() {
        assertThat(model.translate("aßb", 3))
                .allSatisfy(each -> assertThat(each.text()).doesNotContain("\uFFFD"));
        Prediction said =
                model.predict(List.of("aßbß"), PredictionSettings.USUAL).get(0);
        assertThat(said.fields()).containsEntry("unknown_symbols", List.of("ß"));
        assertThat(said.line()).endsWith("\t(unknown: ß)");
    }
}
