import dev.namaskar.exchange.onnx.OnnxModel;
import dev.namaskar.files.ModelFile;
import java.nio.file.Path;

/** Writes a stored model as ONNX, where the classes for that are there. */
public class WriteOnnx {
    public static void main(String[] args) throws Exception {
        try {
            System.out.println(OnnxModel.toBytes(ModelFile.read(Path.of(args[0]))).length > 0);
        } catch (IllegalStateException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
