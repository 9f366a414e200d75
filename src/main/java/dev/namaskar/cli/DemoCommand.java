package dev.namaskar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code namaskar demo}: the whole tour, on data that the project ships. It runs nothing but other commands and shows
 * each before it runs it, so that what was seen can be done again, with other data.
 */
@Command(
        description = "Take the whole tour on shipped data: a word, a text, a series. Under two minutes.",
        footer = {"", "Example: namaskar demo --out /tmp/tour"})
final class DemoCommand implements Callable<Integer> {
    /** System property that the launcher sets to the project's folder. */
    private static final String HOME = "namaskar.home";

    /** What the text network reads while its units are watched. */
    private static final String TO_READ =
            "/** Forecasts a series. */ public final class Forecaster { private final int horizon = 12; }";

    @Option(names = "--out", paramLabel = "DIR", description = "Where models and pictures go (target/demo).")
    private Path out = home().resolve("target").resolve("demo");

    @Option(
            names = "--minutes",
            defaultValue = "0.9",
            paramLabel = "M",
            description = "How long to learn the text (default ${DEFAULT-VALUE}).")
    private double minutes;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    private static Path home() {
        return Path.of(System.getProperty(HOME, "."));
    }

    @Override
    public Integer call() throws IOException {
        new Range(spec).above("--minutes", 0, minutes);
        Path corpora = home().resolve("corpora");
        if (!Files.isDirectory(corpora)) {
            throw new IllegalArgumentException(
                    "expected the project's corpora in " + corpora + ", found no such folder; start ./namaskar there");
        }
        Files.createDirectories(out);
        if (!(word(corpora) && text() && series(corpora))) {
            return 1;
        }
        say("To look at, in " + relative(out.toString())
                + ": units.html (what every hidden unit says while the network "
                + "reads), passengers.png (the forecast), folds.png (the back-test).");
        return 0;
    }

    private boolean word(Path corpora) {
        say("1. A word. A tanh network reads namaskar, then is asked what follows namaska.");
        String model = file("word.safetensors");
        return run(
                        "train",
                        "text",
                        corpora.resolve("word.txt").toString(),
                        "--cell",
                        "rnn",
                        "--hidden",
                        "32",
                        "--steps",
                        "400",
                        "--out",
                        model)
                && run("next", "namaska", "--model", model, "--top", "3");
    }

    private boolean text() throws IOException {
        say("2. A text. A GRU reads this project's own sources and writes some of its own. "
                + "The bigram figure is what counting pairs of characters gives.");
        String model = file("source.safetensors");
        List<String> train = new ArrayList<>(List.of("train", "text"));
        train.addAll(sources());
        train.addAll(List.of(
                "--cell",
                "gru",
                "--hidden",
                "256",
                "--batch",
                "32",
                "--lr",
                "4e-3",
                "--minutes",
                Double.toString(minutes),
                "--out",
                model));
        return run(train.toArray(String[]::new))
                && run(
                        "generate",
                        "--model",
                        model,
                        "--prime",
                        "/** ",
                        "--length",
                        "300",
                        "--temperature",
                        "0.6",
                        "--seed",
                        "1")
                && run("inspect", model, "--text", TO_READ, "--unknown", "skip", "--out", file("units.html"));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files =
                Files.walk(home().resolve("src").resolve("main").resolve("java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(Path::toString)
                    .toList();
        }
    }

    private boolean series(Path corpora) {
        say("3. A series. Passengers of airlines by month: two years ahead, with intervals and a picture, "
                + "and whether that beats saying last year's figures again.");
        String table = corpora.resolve("AirPassengers.csv").toString();
        String model = file("passengers.safetensors");
        return run("train", "series", table, "--target", "passengers", "--horizon", "24", "--out", model)
                && run(
                        "forecast",
                        table,
                        "--model",
                        model,
                        "--out",
                        file("passengers.csv"),
                        "--plot",
                        file("passengers.png"),
                        "--unit",
                        "passengers (thousands)")
                && run(
                        "backtest",
                        table,
                        "--target",
                        "passengers",
                        "--horizon",
                        "12",
                        "--folds",
                        "10",
                        "--refit",
                        "--plot",
                        file("folds.png"),
                        "--unit",
                        "passengers (thousands)");
    }

    private String file(String name) {
        return out.resolve(name).toString();
    }

    private void say(String words) {
        PrintWriter results = spec.commandLine().getOut();
        results.println();
        results.println(words);
        results.flush();
    }

    /** Shows a command and runs it; whether it succeeded. */
    private boolean run(String... command) {
        PrintWriter results = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        results.println("$ namaskar " + String.join(" ", shortened(command)));
        results.flush();
        return Main.run(results, errors, command) == 0;
    }

    /** The command as a person would type it: of many files the first alone, paths from the project's folder on. */
    private static List<String> shortened(String... command) {
        List<String> words = new ArrayList<>();
        boolean elided = false;
        for (String word : command) {
            if (word.endsWith(".java")
                    && !words.isEmpty()
                    && words.get(words.size() - 1).endsWith(".java")) {
                elided = true;
                continue;
            }
            if (elided) {
                words.set(words.size() - 1, "$(find src/main/java -name '*.java' | sort)");
                elided = false;
            }
            words.add(word.indexOf(' ') >= 0 ? "\"" + word + "\"" : relative(word));
        }
        return words;
    }

    private static String relative(String word) {
        String folder = home().toString() + "/";
        return word.startsWith(folder) ? word.substring(folder.length()) : word;
    }
}
