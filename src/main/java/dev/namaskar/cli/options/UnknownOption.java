package dev.namaskar.cli.options;

import dev.namaskar.symbols.UnknownPolicy;
import picocli.CommandLine.Option;

/** What becomes of characters that a model has never seen. */
@Heading(Heading.DATA)
public final class UnknownOption {
    @Option(
            names = "--unknown",
            defaultValue = "error",
            paramLabel = "POLICY",
            parameterConsumer = TextArgument.class,
            description = "Characters the model does not know: error, skip or replace:S (error).")
    private String policy = "error";

    public UnknownPolicy policy(Range range) {
        return range.usage(() -> UnknownPolicy.parse(policy));
    }

    /** Refuses another policy than the usual one where nothing is read. */
    public void requireText(Range range, boolean reads) {
        range.require(reads || policy.equals("error"), "--unknown", "none without --text", policy);
    }
}
