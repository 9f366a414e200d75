import dev.namaskar.text.CharacterModel;
import java.nio.file.Path;

/** Learns a text with the command's defaults, asks what comes next, writes on, stores the model and reads it again. */
public class WriteText {
    public static void main(String[] args) throws Exception {
        CharacterModel model = CharacterModel.train(Path.of("corpora/greetings.txt"));
        System.out.println(model.next("namask", 3));
        System.out.println(model.generate("na", 60));
        model.write(Path.of("target/greetings.safetensors"));
        System.out.println(
                CharacterModel.read(Path.of("target/greetings.safetensors")).next("namask", 1));
    }
}
