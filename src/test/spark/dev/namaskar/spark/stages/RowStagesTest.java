package dev.namaskar.spark.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.corpus.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Models of texts and labels as stages: the answers are those of the models themselves. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class RowStagesTest {
    @TempDir
    private Path folder;

    private static Dataset<Row> texts(String... texts) {
        return SparkCluster.session()
                .createDataset(Arrays.asList(texts), Encoders.STRING())
                .toDF("text")
                .repartition(3);
    }

    @Test
    void bothStandInOnePipelineThatIsSavedAndLoaded() throws Exception {
        CharacterModel characters =
                CharacterModel.training().hidden(6).steps(5).threads(1).on("the quick brown fox jumps over it\n");
        Path examples = Files.writeString(
                folder.resolve("words.tsv"), "quick\tshort\nbrown fox\tlong\nfox\tshort\nover it the\tlong\n");
        Classifier classifier =
                Classifier.training().hidden(4).steps(5).threads(1).on(examples);
        PipelineStage[] stages = {
            CharacterScorer.of(characters).setColumns("text", "nats"),
            LabelPredictor.of(classifier).setColumns("text", "label"),
        };
        Dataset<Row> rows = texts("quick fox", null, "x", "over the fox", "it");
        PipelineModel pipeline = new Pipeline().setStages(stages).fit(rows);
        pipeline.write().save(folder.resolve("pipeline").toString());
        List<Row> answers = PipelineModel.load(folder.resolve("pipeline").toString())
                .transform(rows)
                .collectAsList();

        assertThat(answers).hasSize(5).allSatisfy(row -> {
            String text = row.getString(0);
            if (text == null) {
                assertThat(row.isNullAt(1) && row.isNullAt(2)).isTrue();
                return;
            }
            assertThat(row.getString(2))
                    .isEqualTo(classifier
                            .predict(List.of(text), PredictionSettings.USUAL)
                            .get(0)
                            .line());
            if (text.length() < 2) {
                assertThat(row.isNullAt(1)).isTrue();
            } else {
                assertThat(row.getDouble(1))
                        .isEqualTo(characters
                                .score(Tokens.of(characters.vocabulary().encode(text)), GemmLibrary.JAVA)
                                .natsPerChar());
            }
        });
    }

    @Test
    void whatAStageCannotReadIsSaidInASentence() throws Exception {
        CharacterModel model =
                CharacterModel.training().hidden(3).steps(2).threads(1).on("namaskar namaskar\n");
        CharacterScorer scorer = CharacterScorer.of(model).setColumns("text", "nats");

        assertThatThrownBy(() -> scorer.transform(texts("namä")).collectAsList())
                .hasStackTraceContaining("'ä' (U+00E4) at character 4 is not in the model's vocabulary");
        assertThat(scorer.setSkipUnknown(true)
                        .transform(texts("namä", "nam"))
                        .select("nats")
                        .distinct()
                        .count())
                .isEqualTo(1);
        assertThatThrownBy(() -> scorer.transform(texts("a").toDF("words")))
                .hasMessage("expected a column \"text\", found words");
        assertThatThrownBy(() -> scorer.setColumns("text", "text").transform(texts("a")))
                .hasMessage("column \"text\" is there already; choose another `outputCol`");
        assertThatThrownBy(() -> scorer.setColumns("id", "nats")
                        .transform(SparkCluster.session().range(2).toDF()))
                .hasMessage("column \"id\": expected texts, found bigint; cast it");
    }
}
