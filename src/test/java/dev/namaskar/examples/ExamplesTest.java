package dev.namaskar.examples;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.testing.Page;
import dev.namaskar.testing.Printed;
import dev.namaskar.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program in {@code examples/} compiles against the public API, runs, and prints what it is there to show. */
class ExamplesTest {
    private static final Path FOLDER = Path.of("examples");

    /** A pattern that each example's output must match somewhere. */
    private static final Map<String, String> SHOWN = Map.ofEntries(
            entry("Namaskar", "namaska -> r  (1[.]0000|0[.]9\\d+)"),
            entry("Stocks", "horizon 20, 15 origins[\\s\\S]+verdict: (no better|worse|better) than \\w+"),
            entry("ContinueText", "7 symbols grew to 38\\s+salu -> t"),
            entry("Optimize", "adam +ends at \\((0[.]99|1[.]00)\\d, (0[.]99|1[.]00)\\d\\)"),
            entry("CheckGradients", "backward (-?\\d[.]\\d{3})\\d*, difference quotient \\1"),
            entry("OwnOptimizer", "going on from step 50[\\s\\S]+the same bits: true"),
            entry("OwnSchedule", "update 20: 1[.]000[\\s\\S]+going on from step 50[\\s\\S]+the same bits: true"),
            entry(
                    "EvolveXor",
                    "genetic: start \\d+, \\d+ evaluations: 00 -> 0[.]0\\d, 01 -> (0[.]9\\d|1[.]00)[\\s\\S]+"
                            + "CMA-ES: start \\d+, \\d+ evaluations: 00 -> 0[.]0\\d, 01 -> (0[.]9\\d|1[.]00)"),
            entry("EvolveWord", "101 weights, \\d+ evaluations: 0[.]00\\d+ nats a letter\\s+namaska -> r  0[.]9"),
            entry(
                    "BalancePole",
                    "stand for a minute: true, after \\d+ .*\\s+another first angle: \\d{4,} of 10000[\\s\\S]+without"
                            + " memory: \\d{1,3} steps of 3000"),
            entry("Chorales", "8 bars, [1-5][.]\\d notes a chord: .*mid"),
            entry("ChoraleScores", "step 60: \\d+[.]\\d+ nats a chord held out\\s+test: \\d+[.]\\d+ nats a chord"),
            entry("Digits", "accuracy on the other half: 0[.]9[5-9]\\d"),
            entry("DigitRows", "18858 images to learn, 899 to test"),
            entry(
                    "JoinedDigits",
                    "train: 9 strings of 2000 recordings, \\d+ s\\s+dev: 9 [\\s\\S]+test: 9 strings of 250 "),
            entry("DigitFeatures", "softmax on pixels +0[.][678]\\d+\\s+softmax on features 0[.]9\\d+"),
            entry("ManyTexts", "first logit (\\S+)\\s+read alone at once, +first logit \\1"),
            entry(
                    "WithNd4j",
                    "predicted \\[ *(-?\\d[.]\\d{3})\\d*, +(-?\\d[.]\\d{3})\\d*\\]\\s+by hand +\\[ *\\1\\d*,"
                            + " +\\2\\d*\\]"),
            entry(
                    "NumberLanguages",
                    "sechsundsiebzig -> German [\\s\\S]+held out +\\d+ examples: accuracy (0[.]9\\d|1[.]0)"),
            entry("Labels", "\\[Italian 0[.]\\d+, [\\s\\S]+\\]\\s+(0[.]9\\d+|1[.]0)"),
            entry(
                    "MovingShapes",
                    "films: +1000 examples: accuracy 0[.][4-9]\\d+[\\s\\S]+frames: 30000 tokens .*accuracy 0[.][6-9]"),
            entry(
                    "Transcribe",
                    "middle high high low: middle 0[.]\\d\\d-[\\s\\S]+whistled: ln p = -0[.]\\d+\\s+with a tone more:"
                            + " ln p = -[1-9]"),
            entry(
                    "ColourNames",
                    "with the colour: .* (0[.]\\d+) nats[\\s\\S]+without the colour: .* nats[\\s\\S]+#c93f38 .*re"),
            entry("Pronounce", "\\[n .* \\(0[.]\\d+\\), .+ \\(\\d.*\\), .+\\]"),
            entry("Addition", "\\d\\+\\d+ = \\d* .*, right is \\d+[\\s\\S]+sources get a wrong target"),
            entry("Dates", "right \\d{4}-\\d\\d-\\d\\d[\\s\\S]+learned: .* get a wrong target[\\s\\S]+yyyy MMMM d: "),
            entry("SimulateRounds", "\\n +10 +(\\d+[.]\\d{3}) +\\1 [\\s\\S]+\\n +500 +(\\d+[.]\\d{3}) +\\2 "),
            entry("EveryWindow", "rows 108 to 144, 300 errors: MSE 0[.][01]\\d+, MAE 0[.][1-4]\\d+"),
            entry("OwnScale", "median +MASE \\d[.]\\d+, [\\s\\S]+standard +MASE \\d"),
            entry("TrainByHand", "step 200: \\d[.]\\d+ nats a character held out"),
            entry("WriteText", "\\[a 0[.]9\\d+, .+\\]\\s+na[\\s\\S]+\\[a 0[.]9\\d+\\]"),
            entry(
                    "OwnCell",
                    "worst error \\d[.]\\de-0[4-9]\\s+loss: 0[.][1-9]\\d+ before, 0[.]00\\d after 300 steps\\s+"
                            + "read back: Recurrent\\[cell=Leaky\\[leak=0[.]25\\], hidden=16.*, same bits: true"),
            entry("OwnLayer", "worst error \\d[.]\\de-0[4-9]\\s+read back: Squash\\[bend=0[.]5\\], same bits: true"),
            entry(
                    "OwnObjective",
                    "worst error \\d[.]\\de-0[4-9]\\s+stiffness 0: mean step [1-9][.]\\d+\\s+stiffness 4: mean step"
                            + " 0[.][0-5]"),
            entry(
                    "OwnInitializer",
                    "(59\\d|600) of 40000 recurrent weights are not zero\\s+read back: true\\s+"
                            + "a typo: no initializer \"sprase\"; there are .*sparse.* a service of"));

    /** What examples are run with that take arguments: data of our own, or small numbers where the usual take minutes. */
    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "Labels", List.of("corpora/numbers.tsv", "corpora/numbers.tsv"), "MovingShapes", List.of("800", "200"));

    @TempDir
    private Path classes;

    static List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void runsAndShowsWhatItIsFor(Path program) throws Exception {
        String name = program.getFileName().toString().replace(".java", "");
        Programs.compile(classes, program);
        String printed = Programs.run(classes, name, arguments(name));
        Page tour = Page.ofGuide("tour");
        if (tour.text().contains("<!-- " + name + " -->")) {
            Printed.agrees(tour.between(name).replace("```", ""), printed);
        }
        if (SHOWN.containsKey(name)) {
            assertThat(printed).containsPattern(SHOWN.get(name));
        } else {
            assertThat(printed).as("output of " + name).isNotBlank();
        }
    }

    private String[] arguments(String name) throws IOException {
        if (name.equals("Pronounce")) {
            return new String[] {pairs()};
        }
        if (name.startsWith("Digit")) {
            return new String[] {shared("digits/digits.csv.gz"), classes.toString()};
        }
        if (name.equals("JoinedDigits")) {
            return new String[] {shared("fsdd/recordings"), classes.toString(), "9"};
        }
        return ARGUMENTS.getOrDefault(name, List.of()).toArray(String[]::new);
    }

    private static String shared(String name) {
        Path data = Path.of(System.getProperty("shared.dir", "../shared"), "data", "tasks", name);
        assumeTrue(Files.isReadable(data), () -> data + " is absent; set -Dshared.dir");
        return data.toString();
    }

    /** Words and their letters apart, for the program that learns a file of pairs. */
    private String pairs() throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String word = random.ints(3 + random.nextInt(6), 0, 6)
                    .mapToObj(letter -> "amnskr".substring(letter, letter + 1))
                    .collect(Collectors.joining());
            lines.add(word + "\t" + String.join(" ", word.split("")));
        }
        return Files.write(classes.resolve("pairs.tsv"), lines).toString();
    }

    @Test
    void theGuideListsEachOne() throws IOException {
        String guide = Page.ofGuide("index").text();
        for (Path program : programs()) {
            assertThat(guide).contains("examples/" + program.getFileName());
        }
    }

    /** The steps of the tour are short, and each is run above. */
    @Test
    void stepsOfTheTourAreShort() throws IOException {
        Page tour = Page.ofGuide("tour");
        int steps = 0;
        for (Path program : programs()) {
            if (tour.text().contains("`examples/" + program.getFileName() + "`")) {
                assertThat(Files.readAllLines(program)).as(program.toString()).hasSizeLessThan(60);
                steps++;
            }
        }
        assertThat(steps).isGreaterThanOrEqualTo(6);
    }

    /** What somebody has to write to bring something of one's own is the price of the door. */
    @Test
    void doorsAreLow() throws IOException {
        for (Path program : programs()) {
            if (program.getFileName().toString().startsWith("Own")) {
                assertThat(Files.readAllLines(program)).as(program.toString()).hasSizeLessThan(60);
            }
        }
    }

    @Test
    void theFirstOneIsShort() throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve("Namaskar.java"))).hasSizeLessThan(30);
    }
}
