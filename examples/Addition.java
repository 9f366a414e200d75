import dev.namaskar.translation.*;
import java.util.*;

/**
 * Learns to add by examples, {@code 123+45} to {@code 168}, the question read from its end. Two arguments:
 * digits of a number, and examples; by default two and so few that it takes seconds, and is often wrong.
 */
public class Addition {
    public static void main(String[] args) {
        int digits = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        int examples = args.length > 1 ? Integer.parseInt(args[1]) : 3000;
        int end = (int) Math.pow(10, digits);
        Random random = new Random(1);
        Map<String, TextPair> all = new LinkedHashMap<>(); // each question once, so that none of the test is learned
        while (all.size() < Math.min(examples * 5 / 4, end * end)) {
            int a = random.nextInt(end);
            int b = random.nextInt(end);
            String question = new StringBuilder(a + "+" + b).reverse().toString();
            all.put(question, new TextPair(question, Integer.toString(a + b)));
        }
        List<TextPair> pairs = new ArrayList<>(all.values());
        List<TextPair> asked = pairs.subList(examples, pairs.size());

        TranslationModel model = TranslationModel.training()
                .layers(l -> l.withLayers(1).withHidden(digits < 3 ? 48 : 128).withDropout(0))
                .smoothing(0)
                .heldOut(0)
                .batch(digits < 3 ? 64 : 128)
                .steps(digits < 3 ? 500 : 20 * examples / 128)
                .learningRate(4e-3)
                .on(pairs.subList(0, examples));

        for (TextPair pair : asked.subList(0, 3)) {
            String question = new StringBuilder(pair.source()).reverse().toString();
            System.out.println(
                    question + " = " + model.translate(pair.source(), 1).get(0) + ", right is " + pair.target());
        }
        System.out.println(model.evaluate(asked, Decoding.USUAL));
    }
}
