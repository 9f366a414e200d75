package dev.namaskar.cli;

import dev.namaskar.cli.command.NamaskarCommand;
import dev.namaskar.cli.command.WatchPage;
import dev.namaskar.cli.options.WatchOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code namaskar demo}: the whole tour, on data that the project ships. It runs nothing but other commands and shows
 * each before it runs it, so that what was seen can be done again, with other data.
 */
@Command(
        description = "Take the whole tour on shipped data: a word, a text, a series. Under two minutes.",
        footer = {"", "Example: namaskar demo --out /tmp/tour"})
final class DemoCommand extends NamaskarCommand {
    /** System property that the launcher sets to the project's folder. */
    private static final String HOME = "namaskar.home";

    private static final String SOURCES = "$(find src/main/java -name '*.java' | sort)";

    /** A word of a command line, or several between double quotes. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Option(names = "--out", paramLabel = "DIR", description = "Where models and pictures go (target/demo).")
    private Path out = home().resolve("target").resolve("demo");

    @Option(
            names = "--minutes",
            defaultValue = "0.9",
            paramLabel = "M",
            description = "How long to learn the text (default ${DEFAULT-VALUE}).")
    private double minutes;

    /** What each command that trains gets behind it. */
    private String watched = "";

    @Mixin
    private final WatchOption watch = new WatchOption();

    private static Path home() {
        return Path.of(System.getProperty(HOME, "."));
    }

    @Override
    public Integer call() throws IOException {
        range().above("--minutes", 0, minutes);
        Path corpora = home().resolve("corpora");
        if (!Files.isDirectory(corpora)) {
            throw new IllegalArgumentException(
                    "expected the project's corpora in " + corpora + ", found no such folder; start ./namaskar there");
        }
        Integer port = watch.port(range());
        Files.createDirectories(out);
        try (WatchPage page = port == null ? null : WatchPage.share(port, err())) {
            watched = page == null ? "" : " --watch=" + page.port();
            if (!(word() && text() && series() && labels())) {
                return 1;
            }
        }
        say("To look at, in " + shown(out) + ": units.html (what every hidden unit says while the network reads), "
                + "passengers.png (the forecast), folds.png (the back-test).");
        return 0;
    }

    private boolean word() throws IOException {
        say("1. A word. A tanh network reads namaskar, then is asked what follows namaska.");
        return run("train text CORPORA/word.txt --cell rnn --hidden 32 --steps 400 --out OUT/word.safetensors")
                && run("next namaska --model OUT/word.safetensors --top 3");
    }

    private boolean text() throws IOException {
        say("2. A text. A network that suits the time, whatever this machine is, reads this project's own sources and "
                + "writes some of its own. The bigram figure is what counting pairs of characters gives.");
        return run("train text SOURCES --minutes " + minutes + " --out OUT/source.safetensors")
                && run("generate --model OUT/source.safetensors --prime \"/** \" --length 300 --temperature 0.6"
                        + " --seed 1")
                && run("inspect OUT/source.safetensors --text \"/** Forecasts a series. */ public final class"
                        + " Forecaster { private final int horizon = 12; }\" --unknown skip --out OUT/units.html");
    }

    private boolean series() throws IOException {
        say("3. A series. Passengers of airlines by month: two years ahead, with intervals and a picture, "
                + "and whether that beats saying last year's figures again.");
        String table = " CORPORA/AirPassengers.csv ";
        String unit = " --unit \"passengers (thousands)\"";
        return run("train series" + table + "--target passengers --horizon 24 --out OUT/passengers.safetensors")
                && run("forecast" + table + "--model OUT/passengers.safetensors --out OUT/passengers.csv"
                        + " --plot OUT/passengers.png" + unit)
                && run("backtest" + table + "--target passengers --horizon 12 --folds 10 --refit --plot OUT/folds.png"
                        + unit);
    }

    private boolean labels() throws IOException {
        say("4. Labels. The numbers from 1 to 99 in five languages; then the language of three numbers above them.");
        return run("train classify CORPORA/numbers.tsv --hidden 64 --steps 300 --out OUT/numbers.safetensors")
                && run("predict \"zweihundertfünfzig\" \"trescientos\" \"soixante mille\" --model"
                        + " OUT/numbers.safetensors");
    }

    private void say(String words) {
        PrintWriter results = out();
        results.println();
        results.println(words);
        results.flush();
    }

    /** Shows a command as a person would type it in the project's folder, and runs it; whether it succeeded. */
    private boolean run(String command) throws IOException {
        String line = command.startsWith("train") ? command + watched : command;
        PrintWriter results = out();
        results.println("$ namaskar "
                + line.replace("CORPORA", "corpora").replace("OUT", shown(out)).replace("SOURCES", SOURCES));
        results.flush();
        return Main.run(results, err(), words(line)) == 0;
    }

    private String[] words(String line) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : split(line)) {
            if (word.equals("SOURCES")) {
                words.addAll(sources());
            } else {
                words.add(word.replace("CORPORA", home().resolve("corpora").toString())
                        .replace("OUT", out.toString()));
            }
        }
        return words.toArray(String[]::new);
    }

    /** The words of a command line, as a shell would see them. */
    static List<String> split(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
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

    private static String shown(Path path) {
        return path.startsWith(home()) ? home().relativize(path).toString() : path.toString();
    }
}
