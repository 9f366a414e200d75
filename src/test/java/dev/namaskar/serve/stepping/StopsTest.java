package dev.namaskar.serve.stepping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.serve.stepping.Texts.End;
import dev.namaskar.serve.stepping.Texts.Growth;
import dev.namaskar.text.CharacterModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strings before which a text ends. */
class StopsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void textsEndBeforeTheirStops() throws Exception {
        CharacterModel model = SmallModels.model("ab", 0, spec -> spec.recurrent("gru", 8));
        StepLoop loop = new StepLoop(model, new StepLimits(1, 1000));
        for (int seed = 0; seed < 200; seed++) {
            Wish wish = new Wish("a", 40, 1, null, seed);
            List<String> stops = List.of("aabab", "bbbb", "ba" + "b".repeat(seed % 3));
            String whole = wish.alone(model);
            int end = stops.stream()
                    .mapToInt(whole::indexOf)
                    .filter(at -> at >= 0)
                    .min()
                    .orElse(-1);
            // Of stops that end at the same place the text ends before the one that is complete first.
            int first = stops.stream()
                    .filter(whole::contains)
                    .mapToInt(stop -> whole.indexOf(stop) + stop.length())
                    .min()
                    .orElse(-1);
            Texts texts = loop.submit(
                    List.of(new Prompt(model.vocabulary().encode("a"), false, 40, 1, stops, List.of(wish.draw()))));
            assertThat(texts.awaitEnd(LONG)).isTrue();
            Growth growth = texts.take(Duration.ZERO).get(0);

            assertThat(whole).startsWith(growth.text());
            assertThat(growth.end()).isEqualTo(end < 0 ? End.LENGTH : End.STOP);
            assertThat(growth.pieces().stream().map(Piece::text).reduce("", String::concat))
                    .isEqualTo(growth.text());
            if (end >= 0) {
                assertThat(stops)
                        .anyMatch(
                                stop -> whole.substring(growth.text().length()).startsWith(stop)
                                        && growth.text().length() + stop.length() == first);
            }
        }
    }

    @Test
    void whatMayBecomeAStopIsHeldBack() throws Exception {
        Texts texts = new Texts();
        Texts.OneText text = texts.add(List.of("xyz"));

        for (String character : List.of("a", "x", "y")) {
            assertThat(text.write(character, null, false)).isTrue();
        }
        assertThat(texts.take(Duration.ZERO).get(0).text()).isEqualTo("a");
        assertThat(texts.take(Duration.ZERO)).isEmpty();
        assertThat(text.write("x", null, false)).isTrue();
        assertThat(texts.take(Duration.ZERO).get(0).text()).isEqualTo("xy");
        assertThat(text.write("y", null, false)).isTrue();
        assertThat(text.write("z", null, false)).isFalse();
        assertThat(texts.take(Duration.ZERO).get(0)).isEqualTo(new Growth(0, "", List.of(), End.STOP));
        assertThat(texts.take(Duration.ZERO)).isEmpty();
    }
}
