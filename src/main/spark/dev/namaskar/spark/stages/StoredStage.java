package dev.namaskar.spark.stages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/** How stages that hold a model are stored: their parameters as Spark stores any stage's, the model as its file beside. */
final class StoredStage {
    private static final String FILE = "model.safetensors";

    private StoredStage() {}

    /** A stage that holds the bytes of a model. */
    interface Holder {
        /** The model's file. */
        byte[] modelBytes();

        /** Takes a model's file; refused if it is of another kind. */
        void modelBytes(byte[] bytes);
    }

    static <S extends Params & Holder> MLWriter writer(S stage) {
        return new MLWriter() {
            @Override
            public void saveImpl(String folder) {
                DefaultParamsWriter.saveMetadata(stage, folder, sparkSession());
                Path file = new Path(folder, FILE);
                try (OutputStream out = file.getFileSystem(
                                sparkSession().sessionState().newHadoopConf())
                        .create(file, false)) {
                    out.write(stage.modelBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            }
        };
    }

    static <S extends Params & Holder> MLReader<S> reader() {
        return new MLReader<>() {
            @Override
            public S load(String folder) {
                S stage = new DefaultParamsReader<S>().load(folder);
                Path file = new Path(folder, FILE);
                try (InputStream in = file.getFileSystem(
                                sparkSession().sessionState().newHadoopConf())
                        .open(file)) {
                    stage.modelBytes(in.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
                return stage;
            }
        };
    }
}
