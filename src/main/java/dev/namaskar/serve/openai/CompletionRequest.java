package dev.namaskar.serve.openai;

import dev.namaskar.decoding.Sampler;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.stepping.Prompt;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for completions. A token is a character. Beside OpenAI's settings there are {@code top_k}, and {@code unknown}
 * for characters that the model does not know: {@code error}, {@code skip} or {@code replace:S}.
 *
 * @param model the model's name
 * @param prompts to go on from
 * @param length characters to write, {@code max_tokens}
 * @param choices texts for each prompt, {@code n}
 * @param drawing how symbols are chosen
 * @param stops before which a text ends
 * @param echo whether texts begin with their prompts
 * @param logprobs how many of the likeliest characters are told at each place, or null
 * @param stream whether the texts come as they grow
 * @param usage whether a stream ends with how much it was
 * @param unknown what becomes of characters that the model does not know
 */
record CompletionRequest(
        String model,
        List<String> prompts,
        int length,
        int choices,
        Drawing drawing,
        List<String> stops,
        boolean echo,
        @Nullable Integer logprobs,
        boolean stream,
        boolean usage,
        UnknownPolicy unknown) {
    private static final int USUAL_LENGTH = 16;
    private static final int MOST_STOPS = 16;
    private static final int MOST_LOGPROBS = 20;
    private static final int LONGEST_STOP = 256;
    private static final double HOTTEST = 100;

    /** Settings of OpenAI's service that mean nothing here, with the value by which they ask for nothing. */
    private static final List<String> PENALTIES = List.of("presence_penalty", "frequency_penalty");

    /** How symbols are chosen: as {@code generate} does with the same settings and seed. */
    record Drawing(
            double temperature,
            @Nullable Integer topK,
            @Nullable Double topP,
            long seed) {
        Prompt.Draw draw(int text) {
            SplitMix64 random = new SplitMix64(SplitMix64.mix(seed + text * SplitMix64.GOLDEN_GAMMA));
            return new Prompt.Draw(Sampler.of(temperature, topK, topP, random), random);
        }
    }

    /**
     * Reads a request.
     *
     * @throws Refusal naming the setting that is wrong, out of range or not known
     */
    static CompletionRequest read(Fields fields, CompletionLimits limits) {
        String model = fields.text("model");
        List<String> prompts = fields.texts("prompt", limits.texts());
        int length = fields.whole("max_tokens", USUAL_LENGTH, 0, limits.characters());
        int choices = fields.whole("n", 1, 1, limits.texts());
        List<String> stops = stops(fields);
        Fields options = fields.object("stream_options");
        boolean stream = fields.flag("stream");
        boolean usage = options != null && options.flag("include_usage");
        if (options != null) {
            options.noOthers();
            if (!stream) {
                throw Refusal.wrong("unknown_field", "stream_options", "`stream_options` needs `stream`: true");
            }
        }
        CompletionRequest request = new CompletionRequest(
                model,
                prompts == null ? List.of("") : prompts,
                length,
                choices,
                drawing(fields),
                stops,
                fields.flag("echo"),
                fields.whole("logprobs", 0, MOST_LOGPROBS),
                stream,
                usage,
                unknown(fields));
        refuseWhatMeansNothing(fields, choices);
        fields.noOthers();
        request.check(limits);
        return request;
    }

    private static Drawing drawing(Fields fields) {
        Double temperature = fields.number("temperature", 0, HOTTEST);
        Double topP = fields.number("top_p", 0, 1);
        if (topP != null && topP == 0) {
            throw fields.wrong("top_p", "a number above 0", topP);
        }
        Long seed = fields.whole("seed");
        return new Drawing(
                temperature == null ? 1 : temperature,
                fields.whole("top_k", 1, Integer.MAX_VALUE),
                topP,
                seed == null ? System.nanoTime() : seed);
    }

    private static List<String> stops(Fields fields) {
        List<String> stops = fields.texts("stop", MOST_STOPS);
        for (String stop : stops == null ? List.<String>of() : stops) {
            if (stop.isEmpty() || stop.length() > LONGEST_STOP) {
                throw fields.wrong("stop", "texts of 1 to " + LONGEST_STOP + " characters", stop);
            }
        }
        return stops == null ? List.of() : stops;
    }

    private static UnknownPolicy unknown(Fields fields) {
        String policy = fields.text("unknown", "error");
        try {
            return UnknownPolicy.parse(policy);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("unknown", "error, skip or replace:S with one symbol S", policy);
        }
    }

    private static void refuseWhatMeansNothing(Fields fields, int choices) {
        fields.text("user", "");
        for (String penalty : PENALTIES) {
            Double value = fields.number(penalty, -2, 2);
            if (value != null && value != 0) {
                throw Refusal.wrong("unsupported_setting", penalty, "`" + penalty + "` is not supported; leave it out");
            }
        }
        Integer best = fields.whole("best_of", 1, Integer.MAX_VALUE);
        if (best != null && best != choices) {
            throw Refusal.wrong("unsupported_setting", "best_of", "`best_of` is not supported; leave it out");
        }
    }

    private void check(CompletionLimits limits) {
        long texts = (long) prompts.size() * choices;
        if (texts > limits.texts()) {
            throw Refusal.wrong(
                    "out_of_range", "n", "expected at most " + limits.texts() + " texts in all, found " + texts);
        }
        if (texts * length > limits.characters()) {
            throw Refusal.wrong(
                    "out_of_range",
                    "max_tokens",
                    "expected at most " + limits.characters() + " characters in all texts together, found "
                            + texts * length);
        }
        long read = prompts.stream().mapToLong(String::length).sum();
        if (read > limits.promptCharacters()) {
            throw Refusal.wrong(
                    "prompt_too_long",
                    "prompt",
                    "expected prompts of at most " + limits.promptCharacters() + " characters, found " + read);
        }
        long pieces = texts * length + (echo ? read * choices : 0);
        if (logprobs != null && pieces > limits.pieces()) {
            throw Refusal.wrong(
                    "out_of_range",
                    "logprobs",
                    "expected log probabilities of at most " + limits.pieces() + " characters, found " + pieces);
        }
    }

    /** Characters of all prompts. */
    long read() {
        return prompts.stream()
                .mapToLong(prompt -> prompt.codePointCount(0, prompt.length()))
                .sum();
    }

    /** What is asked of the model. */
    List<Prompt> prompts(Vocabulary vocabulary) {
        List<Prompt> all = new ArrayList<>();
        for (String prompt : prompts) {
            List<Prompt.Draw> draws = new ArrayList<>();
            for (int choice = 0; choice < choices; choice++) {
                draws.add(drawing.draw(all.size() * choices + choice));
            }
            all.add(new Prompt(encode(vocabulary, prompt), echo, length, logprobs, stops, draws));
        }
        return all;
    }

    private int[] encode(Vocabulary vocabulary, String prompt) {
        try {
            return vocabulary.encode(prompt, unknown);
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong("unknown_character", "prompt", Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }
}
