package dev.namaskar.cli.text;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TextArgument;
import dev.namaskar.cli.options.UnknownOption;
import dev.namaskar.decoding.Sampler;
import dev.namaskar.files.Json;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.LikeliestText;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code namaskar generate}. */
@Command(
        description = "Write on from a text.",
        footer = {
            "",
            "Prints the prime and what follows it, each character as soon as it is chosen.",
            "Example: namaskar generate --model play.safetensors --prime \"ROMEO:\" --length 300 --temperature 0.8"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class GenerateCommand extends ReportingCommand {
    /** Characters that a search writes at most: it prints nothing before it has all. */
    private static final int MOST_SEARCHED = 100_000;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that train text wrote.")
    private Path model;

    @Option(
            names = "--prime",
            paramLabel = "TEXT",
            parameterConsumer = TextArgument.class,
            description = "The text to go on from, of any length, - for standard input; without it, writing starts as "
                    + "after a line end.")
    private @Nullable String prime;

    @Option(names = "--prime-file", paramLabel = "FILE", description = "A file with the text to go on from.")
    private @Nullable Path primeFile;

    @Option(
            names = "--length",
            defaultValue = "300",
            paramLabel = "N",
            description = "How many characters to write (300).")
    private long length;

    @Option(
            names = "--temperature",
            defaultValue = "1",
            paramLabel = "X",
            description = "Below 1 bolder, above 1 wilder, 0 always the likeliest (1).")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Choose among the K likeliest.")
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Choose among the likeliest that together have probability P.")
    private @Nullable Double topP;

    @Option(
            names = "--beam",
            paramLabel = "B",
            description = "Draw nothing: search for the likeliest text with B beginnings side by side.")
    private @Nullable Integer beam;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Start of the random numbers: the same seed, the same text. Drawn and told if left out.")
    private @Nullable Long seed;

    @Mixin
    private EncodingOption encoding;

    @Mixin
    private UnknownOption unknown;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.atLeast("--length", 0, length);
        range.require(prime == null || primeFile == null, "--prime", "either it or --prime-file", "both");
        UnknownPolicy policy = unknown.policy(range);
        long start = seed == null ? System.nanoTime() & 0xffffffL : seed;
        SplitMix64 random = new SplitMix64(SplitMix64.mix(start));
        range.notBelow("--temperature", 0, temperature);
        for (String flag : List.of("--top-k", "--top-p")) {
            range.effective(flag, temperature > 0, "with --temperature 0, which always takes the likeliest");
        }
        Sampler sampler = range.usage(() -> Sampler.of(temperature, topK, topP, random));
        CharacterModel reader = TextModelFile.read(model);
        String text = primeText(range);
        reader.vocabulary().encode(text, policy);
        if (beam != null) {
            search(range, reader, text, policy, beam);
            return 0;
        }
        if (seed == null && temperature > 0) {
            err().println("seed " + start + " (--seed " + start + " writes the same again)");
        }
        if (json()) {
            StringBuilder written = new StringBuilder();
            reader.generate(text, policy, length, sampler, random, c -> {
                written.appendCodePoint(c);
                return true;
            });
            printJson(text, written.toString(), start);
        } else {
            stream(reader, text, policy, sampler, random);
        }
        return 0;
    }

    private void search(Range range, CharacterModel reader, String text, UnknownPolicy policy, int width) {
        for (String flag : List.of("--temperature", "--top-k", "--top-p", "--seed")) {
            range.effective(flag, false, "with --beam, which draws nothing");
        }
        range.atLeast("--beam", 1, width);
        range.require(
                length >= 1 && length <= MOST_SEARCHED, "--length", "1 to " + MOST_SEARCHED + " with --beam", length);
        LikeliestText.Continuation found = new LikeliestText(reader)
                .after(text, policy, (int) length, width, 1)
                .get(0);
        if (json()) {
            Map<String, Object> object = written(text, found.text());
            object.put("log_probability", found.logProbability());
            out().println(Json.write(object));
        } else {
            out().println(text + found.text());
        }
    }

    private String primeText(Range range) throws IOException {
        Charset charset = encoding.charset(range);
        if (primeFile == null) {
            return prime == null ? "" : encoding.text(prime, range);
        }
        return EncodingOption.source(primeFile).readAll(charset);
    }

    private void stream(CharacterModel reader, String text, UnknownPolicy policy, Sampler sampler, SplitMix64 random) {
        PrintWriter out = out();
        out.print(text);
        out.flush();
        // checkError flushes; it is true when nobody reads any more.
        IntPredicate print = c -> {
            out.print(Character.toString(c));
            return !out.checkError();
        };
        reader.generate(text, policy, length, sampler, random, print);
        out.println();
    }

    private static Map<String, Object> written(String prime, String text) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("prime", prime);
        object.put("text", text);
        object.put("chars", text.codePointCount(0, text.length()));
        return object;
    }

    private void printJson(String text, String written, long start) {
        Map<String, Object> object = written(text, written);
        object.put("seed", start);
        out().println(Json.write(object));
    }
}
