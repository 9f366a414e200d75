package dev.namaskar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.run.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    Path folder;

    private final Model model =
            Predictions.random(NetworkSpec.tokens(4).recurrent("lstm", 3).dense(4), 8);
    private final Map<String, String> texts = Map.of("vocabulary", "[\"a\"]");

    private Snapshot snapshot(long step) {
        Random random = new Random(step);
        return new Snapshot(
                step,
                Predictions.gaussians(model.network().params().size(), random),
                step + 1,
                Predictions.gaussians(9, random),
                Predictions.gaussians(12, random),
                -5,
                2,
                new Snapshot.Average(
                        0.999,
                        step,
                        Predictions.gaussians(model.network().params().size(), random)),
                GemmChoice.named("step=onednn-packed,window=openblas,gradient=onednn"));
    }

    @Test
    void everythingComesBack() throws IOException {
        Path path = folder.resolve("c");
        Snapshot saved = snapshot(7);
        float[] best = Predictions.gaussians(saved.params().length, new Random(1));
        try (CheckpointFile file = CheckpointFile.open(path, model.network(), texts)) {
            assertThat(file.last()).isNull();
            file.save(snapshot(3), Standing.BEGUN);
            Checkpoint first = Objects.requireNonNull(file.last());
            assertThat(first.standing().bestLoss()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(first.best().params().values())
                    .isEqualTo(Objects.requireNonNull(snapshot(3).average()).mean());
            assertThat(first.standing().trainLoss()).isNaN();
            assertThat(first.finished()).isEmpty();
            file.finish(best);
            file.save(saved, new Standing(0.1 + 0.2, 5, 1, best, 0.7, List.of(0.5, 0.25), 40));
        }
        Checkpoint read = Checkpoint.read(path);
        assertThat(read.snapshot()).usingRecursiveComparison().isEqualTo(saved);
        assertThat(read.standing())
                .usingRecursiveComparison()
                .isEqualTo(new Standing(0.1 + 0.2, 5, 1, best, 0.7, List.of(0.5, 0.25), 40));
        assertThat(read.model().texts()).isEqualTo(texts);
        assertThat(read.best().params().values()).isEqualTo(best);
        assertThat(read.finished())
                .singleElement()
                .satisfies(one -> assertThat(one.values()).isEqualTo(best));
        assertThat(ModelFile.read(path).params().values()).isEqualTo(saved.params());
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() throws IOException {
        Path path = folder.resolve("c");
        Standing standing = new Standing(1, 1, 0, new float[0], 2, List.of(), 0);
        try (CheckpointFile file = CheckpointFile.open(path, model.network(), texts)) {
            file.save(snapshot(1), standing);
        }
        var wider = NetworkSpec.tokens(4).recurrent("lstm", 5).dense(4).build();
        try (CheckpointFile file = CheckpointFile.open(path, wider, texts)) {
            assertThatThrownBy(file::last).hasMessageContaining("resume with the settings the run began with");
        }
        try (CheckpointFile file = CheckpointFile.open(path, model.network(), Map.of("vocabulary", "[]"))) {
            assertThatThrownBy(file::last).hasMessageContaining("another \"vocabulary\"");
        }
        ModelFile.write(path, model);
        try (CheckpointFile file = CheckpointFile.open(path, model.network(), texts)) {
            assertThatThrownBy(file::last)
                    .hasMessageContaining("expected a checkpoint, found a model without a run's progress");
        }
    }

    @Test
    void aStateThatIsNotFiniteLeavesTheLastGoodCheckpoint() throws IOException {
        Path path = folder.resolve("c");
        Standing standing = new Standing(1, 1, 0, new float[0], 2, List.of(), 0);
        try (CheckpointFile file = CheckpointFile.open(path, model.network(), texts)) {
            file.save(snapshot(1), standing);
            byte[] good = Files.readAllBytes(path);
            Snapshot bad = snapshot(2);
            bad.optimizer()[3] = Float.NaN;
            assertThatThrownBy(() -> file.save(bad, standing)).hasMessageContaining("NaN at index 3");
            assertThat(path).hasBinaryContent(good);
        }
    }

    @Test
    void twoRunsNeverShareAFile() throws IOException {
        Path path = folder.resolve("c");
        try (CheckpointFile file = CheckpointFile.open(path, model.network(), texts)) {
            assertThat(file.last()).isNull();
            assertThatThrownBy(() -> CheckpointFile.open(path, model.network(), texts))
                    .hasMessageContaining("already open for writing");
        }
    }
}
