package dev.namaskar.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Checkpoints;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.OpenText;
import dev.namaskar.text.Score;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbols of several characters. */
class TextUnitTest {
    private static final String PROSE = "the cat sat on the mat and देवनागरी stayed, the cat did not\n".repeat(120);

    @TempDir
    Path dir;

    private static TextTraining training(String unit) {
        return CharacterModel.training()
                .unit(TextUnit.parse(unit))
                .cell("gru")
                .hidden(16)
                .threads(1)
                .steps(40);
    }

    @ParameterizedTest
    @CsvSource({
        "codepoint,codepoint",
        "byte,byte",
        "bpe:300,bpe:300",
        "BPE,bpe:512",
        "word,word:8192",
        "word:999,word:999"
    })
    void labelsAreRead(String label, String shown) {
        assertThat(TextUnit.parse(label).label()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bpe:", "bpe:256", "bpe:x", "bpe:-3", "word:1", "letters", "bpe:100000", "byte:300"})
    void whatIsNoUnitIsRefused(String label) {
        assertThatThrownBy(() -> TextUnit.parse(label))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpe:280", "word:270"})
    void aModelOfPiecesPredictsWritesAndScoresByTheCharacter(String unit) throws IOException {
        TextTraining training = training(unit);
        TrainedText trained;
        try (Corpus corpus = Corpus.of(PROSE, training.unit())) {
            trained = training.fit(corpus);
        }
        CharacterModel model = trained.model();
        assertThat(trained.report().figures())
                .containsEntry("unit", TextUnit.label(model.vocabulary()))
                .containsKey("train_nats_per_char");
        assertThat(unit).startsWith(model.vocabulary().unitLabel());
        String written = model.generate("the c", 200, 7);
        assertThat(written.codePointCount(0, written.length())).isEqualTo(205);
        assertThat(written).startsWith("the c").doesNotContain("\ufffd");
        assertThat(model.generate("the c", 90, 7)).isEqualTo(written.substring(0, written.offsetByCodePoints(0, 95)));
        assertThat(model.next("the", 3)).hasSize(3);
        model.write(dir.resolve("m"));
        CharacterModel read = CharacterModel.read(dir.resolve("m"));
        assertThat(read.vocabulary()).isEqualTo(model.vocabulary());
        assertThat(read.next("the", 3)).isEqualTo(model.next("the", 3));
        assertThat(read.next("日本", 1)).as("nothing is unknown").hasSize(1);
        try (Corpus corpus = Corpus.of(PROSE, Unit.BYTE)) {
            Tokens all = corpus.encode(model.vocabulary());
            Score score = model.score(all, GemmLibrary.JAVA);
            int[] symbols = model.vocabulary().encode(PROSE);
            assertThat(all.length()).as("a corpus is cut as a text at hand is").isEqualTo(symbols.length);
            assertThat(score.characters())
                    .isEqualTo(corpus.characters() - model.vocabulary().characters(symbols[0]));
            OpenText open = model.open();
            double nats = 0;
            for (int t = 0; t < 50; t++) {
                open.read(symbols[t]);
                float[] logits = open.logits();
                double sum = 0;
                for (float logit : logits) {
                    sum += Math.exp(logit);
                }
                nats += Math.log(sum) - logits[symbols[t + 1]];
            }
            assertThat(model.score(all.slice(0, 51), GemmLibrary.JAVA).nats()).isCloseTo(nats, within(1e-3));
        }
    }

    private record StopAfter(long[] seen) implements TrainingListener {
        @Override
        public void onStep(Progress progress) {
            seen[0] = progress.step();
        }

        @Override
        public boolean asksToStop() {
            return seen[0] >= 10;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpe:280", "word:270"})
    void aRunIsResumedToTheSameBitsAndGoneOnWithByItsOwnPieces(String unit) throws IOException {
        CharacterModel straight = training(unit).on(PROSE);
        Path kept = dir.resolve("kept");
        assertThatThrownBy(() -> training(unit)
                        .checkpoints(new Checkpoints(kept, 0, true))
                        .listen(new StopAfter(new long[1]))
                        .on(PROSE))
                .isInstanceOf(RunStoppedException.class);
        assertThat(training(unit)
                        .checkpoints(new Checkpoints(kept, 0, true))
                        .on(PROSE)
                        .params()
                        .values())
                .isEqualTo(straight.params().values());
        String other = "quite another text, in which all is other\n".repeat(80);
        CharacterModel more =
                CharacterModel.training().from(straight).threads(1).steps(5).on(other);
        assertThat(more.vocabulary()).isEqualTo(straight.vocabulary());
        assertThatThrownBy(() -> training("byte").from(straight).check())
                .hasMessageContaining("`unit`: expected " + TextUnit.label(straight.vocabulary()));
    }

    @Test
    void aListOfWordsIsNotReadByPieces() {
        String list =
                String.join("\n", List.of("alpha", "beta", "gamma", "delta")).repeat(30);
        assertThatThrownBy(() -> training("bpe:270").reading(Reading.WORDS).on(list))
                .hasMessageStartingWith("`read`: expected stream");
    }
}
