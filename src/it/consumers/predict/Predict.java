import dev.namaskar.text.CharacterModel;
import java.nio.file.Path;

/** Reads a model that was trained elsewhere and predicts. */
public class Predict {
    public static void main(String[] args) throws Exception {
        CharacterModel model = CharacterModel.read(Path.of(args[0]));
        System.out.println(model.next("namaska", 1).get(0).symbol());
    }
}
