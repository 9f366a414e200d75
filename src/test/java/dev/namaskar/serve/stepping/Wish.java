package dev.namaskar.serve.stepping;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.CharacterModel;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A request of one text with all that it depends on. */
record Wish(
        String prime,
        int length,
        double temperature,
        @Nullable Integer topK,
        long seed) {
    static Wish random(Random random, String letters) {
        int[] symbols = letters.codePoints().toArray();
        int length = random.nextInt(4) == 0 ? 0 : random.nextInt(random.nextInt(5) == 0 ? 300 : 40);
        StringBuilder prime = new StringBuilder();
        for (int i = 0; i < length; i++) {
            prime.appendCodePoint(symbols[random.nextInt(symbols.length)]);
        }
        return new Wish(
                prime.toString(),
                random.nextInt(60),
                random.nextInt(4) == 0 ? 0 : 0.5 + random.nextDouble(),
                random.nextBoolean() ? null : 1 + random.nextInt(6),
                random.nextLong());
    }

    Prompt.Draw draw() {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed));
        return new Prompt.Draw(Sampler.of(temperature, topK, null, random), random);
    }

    Prompt prompt(CharacterModel model, @Nullable Integer top, boolean echo) {
        return new Prompt(model.vocabulary().encode(prime), echo, length, top, List.of(), List.of(draw()));
    }

    /** What the model writes without anybody beside it. */
    String alone(CharacterModel model) {
        Prompt.Draw draw = draw();
        StringBuilder text = new StringBuilder();
        model.generate(prime, new UnknownPolicy.Refuse(), length, draw.sampler(), draw.random(), symbol -> {
            text.appendCodePoint(symbol);
            return true;
        });
        return text.toString();
    }
}
