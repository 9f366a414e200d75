import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import java.nio.file.Path;

/** Reads a model that was trained elsewhere and predicts. */
public class Predict {
    public static void main(String[] args) throws Exception {
        CharacterModel model = TextModelFile.read(Path.of(args[0]));
        System.out.println(
                model.next("namaska", 1, new UnknownPolicy.Refuse()).get(0).symbol());
    }
}
