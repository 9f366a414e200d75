package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is taken up with the settings it began with; another one is refused by its name, for texts and series alike. */
class ResumedSettingsTest {
    private static final String PROSE = "to be, or not to be: that is the question. whether 'tis nobler\n".repeat(40);

    @TempDir
    Path dir;

    private Ran train(String kind, Object... more) throws IOException {
        List<Object> args = new ArrayList<>(List.of("train", kind));
        if (kind.equals("text")) {
            args.add(Files.writeString(dir.resolve("prose.txt"), PROSE));
        } else {
            args.addAll(List.of("corpora/AirPassengers.csv", "--horizon", 2, "--context", 12, "--starts", 12));
            args.addAll(List.of("--calibration", 0));
        }
        args.addAll(List.of("--hidden", 4, "--threads", 1, "--checkpoint-every", 2, "--out", dir.resolve("m")));
        return Ran.of(args, more);
    }

    @ParameterizedTest
    @CsvSource({
        "--lr, 0.003, lr 0.003, 0.002",
        "--clip, 0.25, clip 0.25, ",
        "--optimizer, adam:beta2=0.99, beta2 0.99, 0.999",
        "--optimizer, 'adam:lr=0.5', lr 0.5, 0.002",
        "--optimizer, adamw, optimizer adamw, adam",
        "--optimizer, 'adam:weight_decay=0.1', weight-decay 0.1, 0.0"
    })
    void anotherSettingOfTheOptimizerIsRefusedByName(String flag, String value, String found, String stored)
            throws IOException {
        for (String kind : List.of("text", "series")) {
            train(kind, "--steps", 4).good();
            byte[] before = Files.readAllBytes(dir.resolve("m"));
            train(kind, "--steps", 6, "--resume", flag, value)
                    .failed(
                            found + ", the checkpoint has " + (stored == null ? "" : stored),
                            "the settings the run began with");
            assertThat(Files.readAllBytes(dir.resolve("m"))).isEqualTo(before);
            Files.delete(dir.resolve("m.checkpoint"));
        }
    }

    /** Whoever prolongs a run changes how the rate falls, so that the schedule may be another. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "series"})
    void usualValuesMayBeSaidAndTheLengthChanged(String kind) throws IOException {
        train(kind, "--steps", 4).good();
        assertThat(train(kind, "--steps", 6, "--resume", "--lr", 0.002, "--optimizer", "adam:beta1=0.9")
                        .good()
                        .err())
                .contains("going on from step 4");
        assertThat(train(kind, "--steps", 8, "--resume", "--schedule", "constant")
                        .good()
                        .err())
                .contains("going on from step 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "series"})
    void theMatrixLibraryIsPartOfARun(String kind) throws IOException {
        assumeThat(GemmLibrary.available()).contains(GemmLibrary.ONEDNN);
        String mixed = "step=onednn-packed,window=onednn,gradient=onednn";
        assertThat(train(kind, "--steps", 4, "--gemm", mixed, "--verbose")
                        .good()
                        .err())
                .contains("matrix products by " + mixed);
        train(kind, "--steps", 6, "--gemm", "java", "--resume").failed("gemm java, the checkpoint has " + mixed);
        // Nothing is said, and these products are so small that a new run would take plain Java.
        Ran resumed = train(kind, "--steps", 6, "--resume", "--verbose").good();
        assertThat(resumed.err()).contains("going on from step 4");
        assertThat(train(kind, "--steps", 8, "--gemm", mixed, "--resume").good().err())
                .contains("going on from step 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "series"})
    void aRunTellsItsProductsSoThatTheyCanBeAskedForAgain(String kind) throws IOException {
        Ran auto = train(kind, "--steps", 2, "--json").good();
        String told = String.valueOf(auto.json().get("gemm"));
        assertThat(GemmChoice.named(told).missing()).isEmpty();
        byte[] model = Files.readAllBytes(dir.resolve("m"));
        for (String asked : List.of(told, "Auto")) {
            assertThat(train(kind, "--steps", 2, "--json", "--gemm", asked)
                            .good()
                            .json())
                    .containsEntry("gemm", told);
            assertThat(Files.readAllBytes(dir.resolve("m"))).isEqualTo(model);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "series"})
    void whatIsNoLibraryHereIsWrongUsage(String kind) throws IOException {
        train(kind, "--gemm", "blas").wrongUsage("--gemm", "expected one of mkl, onednn", "found \"blas\"");
        train(kind, "--gemm", "step=onednn").wrongUsage("--gemm", "each of step, window and gradient");
        assumeThat(GemmLibrary.available()).doesNotContain(GemmLibrary.MKL);
        train(kind, "--gemm", "mkl").wrongUsage("--gemm", "expected what loads on this machine", "found mkl");
        assertThat(dir.resolve("m")).doesNotExist();
    }
}
