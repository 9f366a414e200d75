package dev.namaskar.labelling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.Tagger;
import dev.namaskar.labelling.TaggingReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceFileTest {
    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content.replace("\\n", "\n"));
    }

    @Test
    void readsBothFormsAlike() throws IOException {
        Path sktime = file("a.ts", "#x\n@problemName p\n@classLabel true u v\n@data\n1,2,3:4,5,6:u\n7:8:v\n");
        Path table = file("a.csv", "label,id,x,y\nu,one,1,4\nu,one,2,5\nu,one,3,6\nv,two,7,8\n");

        List<ChannelSequence> one = SequenceFile.sktime(sktime, null);
        List<ChannelSequence> same = SequenceFile.table(table, new SequenceFile.Columns("id", "label"), null);

        for (List<ChannelSequence> all : List.of(one, same)) {
            assertThat(all).extracting(ChannelSequence::label).containsExactly("u", "v");
            assertThat(all.get(0).values()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(all.get(1).values()).containsExactly(7, 8);
            assertThat(all.get(0).steps()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1,2:3:u             | line 1: expected lines beginning with @ before @data
        @data\\n1,2:3:u     | line 2: expected channels of equal length, found 2 values and 1 in channel 2
        @data\\n1:3:u\\n1:u | line 3: expected 2 channels and a label with : between them, found 2 parts
        @data\\n1,x:3,4:u   | line 2, channel 1, value 2: expected a finite number, found "x"
        @data\\n1,NaN:3,4:u | line 2, channel 1, value 2: expected a finite number, found "NaN"
        @data\\n1:          | line 2: expected a label behind the last :, found none
        @data\\n            | expected sequences of channels, found none
        """)
    void saysWhatIsWrongWithSktimes(String content, String message) throws IOException {
        Path file = file("b.ts", content);

        assertThatThrownBy(() -> Classifier.train(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        id,x\\na,1\\na,    | line 3, column x: expected a finite number, found ""
        id,x\\na,1,2       | line 2: expected 2 cells, found 3
        no,x\\na,1         | expected a column "id", found [no, x]
        id,label\\na,u     | expected columns of values beside id and label, found none
        id,label,x\\na,u,1\\na,v,2 | line 3: expected one label in all rows of a sequence, found "u" and "v"
        """)
    void saysWhatIsWrongWithATable(String content, String message) throws IOException {
        Path file = file("b.csv", content);

        assertThatThrownBy(() -> SequenceFile.table(file, new SequenceFile.Columns("id", "label"), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    /** Series of two channels; which of the two leads is the label. Channels are of very different size. */
    private static List<ChannelSequence> waves(int count, long seed) {
        Random random = new Random(seed);
        List<ChannelSequence> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean first = random.nextBoolean();
            float[] values = new float[2 * (8 + random.nextInt(8))];
            double phase = random.nextDouble() * 6;
            for (int t = 0; t < values.length / 2; t++) {
                values[2 * t] = (float) (1000 + 50 * Math.sin(phase + t + (first ? 1 : 0)));
                values[2 * t + 1] = (float) (0.001 * Math.sin(phase + t + (first ? 0 : 1)));
            }
            all.add(new ChannelSequence(values, 2, first ? "first" : "second"));
        }
        return all;
    }

    /** A step's tag is whether the value is higher than the one before. */
    private static List<TaggedSeries> climbs(int count, long seed) {
        Random random = new Random(seed);
        List<TaggedSeries> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[3 + random.nextInt(6)];
            List<String> tags = new ArrayList<>();
            for (int t = 0; t < values.length; t++) {
                values[t] = 5 + random.nextFloat();
                tags.add(t > 0 && values[t] > values[t - 1] ? "up" : "down");
            }
            all.add(new TaggedSeries(new ChannelSequence(values, 1, ""), tags));
        }
        return all;
    }

    @Test
    void aTaggerTagsEveryStepOfChannels() throws IOException {
        Tagger model = Tagger.training()
                .hidden(16)
                .dropout(0)
                .batch(16)
                .steps(300)
                .learningRate(0.01)
                .threads(1)
                .onChannels(climbs(300, 1));

        TaggingReport report = model.evaluateChannels(climbs(200, 2));
        assertThat(report.accuracy()).isGreaterThan(0.93);
        assertThat(report.tokens().examples())
                .isEqualTo(
                        climbs(200, 2).stream().mapToInt(s -> s.tags().size()).sum());
        assertThatThrownBy(() -> model.tag("text")).hasMessageContaining("this model reads 1 channels");
    }

    @Test
    void aTableMayHaveATagInEveryRow() throws IOException {
        Path table = file("t.csv", "id,tag,x\na,u,1\na,v,2\nb,u,3\n");

        List<TaggedSeries> all = SequenceFile.tagged(table, new SequenceFile.Columns("id", "tag"), null);

        assertThat(all).extracting(TaggedSeries::tags).containsExactly(List.of("u", "v"), List.of("u"));
        Path hole = file("h.csv", "id,tag,x\na,u,1\na,,2\n");
        assertThatThrownBy(() -> SequenceFile.tagged(hole, new SequenceFile.Columns("id", "tag"), null))
                .hasMessageContaining("line 3: expected a tag, found an empty cell");
        Tagger model = Tagger.training()
                .columns(new SequenceFile.Columns("id", "tag"))
                .hidden(3)
                .steps(2)
                .threads(1)
                .on(table);
        assertThat(model.evaluate(table).sequences()).isEqualTo(2);
    }

    @Test
    void aClassifierReadsChannelsOfAnySizeAndKeepsTheirScale() throws IOException {
        Classifier model = Classifier.training()
                .hidden(8)
                .dropout(0)
                .batch(16)
                .steps(250)
                .learningRate(0.01)
                .threads(1)
                .onChannels(waves(200, 1));

        assertThat(model.evaluateChannels(waves(200, 2)).accuracy()).isGreaterThan(0.97);
        Path file = folder.resolve("m");
        model.write(file);
        assertThat(Classifier.read(file).classifyChannels(waves(20, 3), 2))
                .isEqualTo(model.classifyChannels(waves(20, 3), 2));
        assertThatThrownBy(() -> model.classify("text", 1))
                .hasMessageContaining("expected what the model reads, 2 channels, found texts");
        assertThatThrownBy(() -> model.classifyChannels(List.of(new ChannelSequence(new float[3], 3, "")), 1))
                .hasMessageContaining("expected sequences of 2 channels, found one of 3");
    }
}
