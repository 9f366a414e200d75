package dev.namaskar.cli.text;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.UnknownOption;
import dev.namaskar.symbols.SymbolDisplay;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.Candidate;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar next}. */
@Command(
        description = "Say which character comes next.",
        footer = {"", "Example: namaskar next \"namaska\" --model word.safetensors --top 3"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class NextCommand extends ReportingCommand {
    @Parameters(paramLabel = "TEXT", description = "The text to go on from, of any length; - for standard input.")
    private String prime;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A model that train text wrote.")
    private Path model;

    @Option(names = "--top", defaultValue = "5", paramLabel = "N", description = "How many candidates (5).")
    private int top;

    @Mixin
    private EncodingOption encoding;

    @Mixin
    private UnknownOption unknown;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.atLeast("--top", 1, top);
        UnknownPolicy policy = unknown.policy(range);
        List<Candidate> candidates = TextModelFile.read(model).next(encoding.text(prime, range), top, policy);
        print(
                Map.of("next", candidates.stream().map(NextCommand::entry).toList()),
                candidates.stream()
                        .map(c -> String.format(Locale.ROOT, "%-8s %s", SymbolDisplay.of(c.symbol()), c.digits()))
                        .collect(Collectors.joining(System.lineSeparator())));
        return 0;
    }

    private static Map<String, Object> entry(Candidate candidate) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("symbol", candidate.symbol());
        entry.put("probability", candidate.probability());
        return entry;
    }
}
