import dev.namaskar.labelling.*;
import dev.namaskar.labelling.data.*;
import java.nio.file.Path;
import java.util.*;

/** Learns which language a number's name is in, and asks about names that it has not seen. */
public class NumberLanguages {
    public static void main(String[] args) throws Exception {
        List<LabelledText> all = LabelledText.read(Path.of("corpora/numbers.tsv"));
        List<LabelledText> learned = new ArrayList<>();
        List<LabelledText> heldOut = new ArrayList<>();
        for (int i = 0; i < all.size(); i++)
            (i / 5 % 4 == 3 ? heldOut : learned).add(all.get(i)); // every fourth number

        Classifier model = Classifier.training().hidden(64).on(learned);

        for (String name : List.of("sechsundsiebzig", "soixante-seize", "settantasei")) {
            System.out.println(name + " -> " + model.classify(name, 1).get(0));
        }
        System.out.println("held out " + model.evaluate(heldOut));
    }
}
