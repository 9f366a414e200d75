package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that has learnt words completes every prefix that leaves no choice. */
class WordsLearntTest {
    private static final String WORDS = "namaskar namaste hola ola bonjour bonsoir ahoj hej aloha jambo salam shalom"
            + " ciao konnichiwa merhaba sawubona talofa здраво 你好 नमस्कार";

    private static CharacterModel learn(String text, Unit unit, String cell, int steps) {
        TextData data = TextData.of(Corpus.of(text, unit));
        int size = data.vocabulary().size();
        Network network =
                NetworkSpec.tokens(size).recurrent(cell, 64).dense(size).build();
        try (Trainer trainer = new Trainer(
                network,
                network.initialize(1),
                data.reading()
                        .withUsualRate(OptimizerSpec.parse("adam"))
                        .build(0)
                        .clipByGlobalNorm(5)
                        .with(Schedules.cosine(steps, 0.1)),
                data.batches(),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                TrainerSettings.of(1, 1))) {
            for (int step = 0; step < steps; step++) {
                trainer.step();
            }
            return new CharacterModel(network, trainer.params(), data.vocabulary());
        }
    }

    /** What may follow each prefix of these words; -1 is the end. */
    private static Map<String, Set<Integer>> continuations(String words) {
        Map<String, Set<Integer>> next = new TreeMap<>();
        for (String word : words.split("\\s+", -1)) {
            int[] codePoints = word.codePoints().toArray();
            for (int i = 1; i <= codePoints.length; i++) {
                next.computeIfAbsent(new String(codePoints, 0, i), prefix -> new TreeSet<>())
                        .add(i < codePoints.length ? codePoints[i] : -1);
            }
        }
        return next;
    }

    private static void assertCompletes(CharacterModel model, String words) {
        int asked = 0;
        for (Map.Entry<String, Set<Integer>> entry : continuations(words).entrySet()) {
            int only = entry.getValue().iterator().next();
            if (entry.getValue().size() == 1 && only >= 0) {
                Candidate first = model.next(entry.getKey(), 1, new UnknownPolicy.Refuse())
                        .get(0);
                assertThat(first.symbol()).as("after %s", entry.getKey()).isEqualTo(Character.toString(only));
                assertThat(first.probability()).as("after %s", entry.getKey()).isGreaterThan(0.9);
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(5);
    }

    @ParameterizedTest
    @CsvSource({"rnn,codepoint", "gru,codepoint", "lstm,codepoint", "rnn,byte"})
    void theWordAlone(String cell, String unit) {
        assertCompletes(learn("namaskar", Unit.of(unit), cell, 200), "namaskar");
    }

    @Test
    void theWordInAFileWithALineEnd() {
        CharacterModel model = learn("namaskar\n", Unit.CODEPOINT, "rnn", 200);
        assertCompletes(model, "namaskar");
        assertThat(model.next("namaskar", 1, new UnknownPolicy.Refuse()).get(0).symbol())
                .isEqualTo("\n");
    }

    @ParameterizedTest
    @CsvSource({"rnn,'\n'", "gru,'\n'", "lstm,'\n'", "rnn,' '", "rnn,'\r\n'"})
    void aListOfWords(String cell, String between) {
        assertCompletes(learn(WORDS.replace(" ", between), Unit.CODEPOINT, cell, 600), WORDS);
    }

    @Test
    void severalWordsToALine() {
        String lines = WORDS.replace(" bonjour", "\nbonjour").replace(" jambo", "\njambo") + "\n";
        assertCompletes(learn(lines, Unit.CODEPOINT, "rnn", 600), WORDS);
    }

    @Test
    void aListIsWrittenOnWithWordsOfTheList() {
        CharacterModel model = learn(WORDS.replace(" ", "\n") + "\n", Unit.CODEPOINT, "gru", 600);
        StringBuilder text = new StringBuilder("namas");
        SplitMix64 random = new SplitMix64(3);
        model.generate("namas", new UnknownPolicy.Refuse(), 400, Sampler.of(0.5, null, null, random), random, c -> {
            text.appendCodePoint(c);
            return true;
        });
        String[] written = text.toString().split("\n", -1);
        Set<String> known = new TreeSet<>(Arrays.asList(WORDS.split(" ", -1)));
        long right = Arrays.stream(written, 0, written.length - 1)
                .filter(known::contains)
                .count();
        assertThat(right).isGreaterThan((long) (0.9 * (written.length - 1)));
    }

    @Test
    void validationDisturbsNothingAndFallsWithTraining() {
        TextData words = TextData.of(Corpus.of(WORDS, Unit.CODEPOINT));
        TextData prose = TextData.of(Corpus.of("to be or not to be that is the question ".repeat(60), Unit.CODEPOINT));
        assertThat(words.heldOut().length()).isZero();
        assertThat(prose.heldOut().length()).isEqualTo(240);
        for (TextData data : new TextData[] {words, prose}) {
            float[] undisturbed = train(data, 0);
            assertThat(train(data, 5)).containsExactly(undisturbed);
        }
    }

    private static float[] train(TextData data, int validateEvery) {
        int size = data.vocabulary().size();
        Network network = NetworkSpec.tokens(size)
                .recurrent("rnn", 24)
                .dropout(0.1)
                .dense(size)
                .build();
        TextValidation validation = new TextValidation(network, data, GemmLibrary.JAVA);
        try (Trainer trainer = new Trainer(
                network,
                network.initialize(2),
                Optimizers.adam(5e-3),
                data.batches(),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                new TrainerSettings(1, 1, 2, true, GemmLibrary.JAVA))) {
            double before = validation.applyAsDouble(trainer.params().values());
            for (int step = 1; step <= 40; step++) {
                trainer.step();
                if (validateEvery > 0 && step % validateEvery == 0) {
                    double loss = validation.applyAsDouble(trainer.params().values());
                    assertThat(loss).isLessThan(before);
                }
            }
            if (data.heldOut().length() > 0) {
                CharacterModel model = new CharacterModel(network, trainer.params(), data.vocabulary());
                assertThat(validation.applyAsDouble(trainer.params().values()))
                        .isEqualTo(model.score(data.heldOut(), GemmLibrary.JAVA).natsPerChar());
            }
            return trainer.params().values().clone();
        }
    }
}
