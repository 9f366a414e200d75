import dev.namaskar.translation.*;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.*;

/**
 * Learns to read dates as people write them, {@code Dienstag, 3. März 1987} to {@code 1987-03-03}. Two arguments: how many
 * forms, thirty at most, and examples; by default so few that it takes seconds.
 */
public class Dates {
    static final String[] FORMS = {
        "en d MMMM yyyy",
        "de d. MMMM yyyy",
        "en MMMM d, yyyy",
        "fr EEEE d MMMM yyyy",
        "en EEEE, d MMMM yyyy",
        "en MMM d, yyyy",
        "en d MMM yyyy",
        "en EEE, d MMM yyyy",
        "en dd/MM/yyyy",
        "de EEEE, d. MMMM yyyy",
        "de dd.MM.yyyy",
        "fr d MMMM yyyy",
        "es d 'de' MMMM 'de' yyyy",
        "es EEEE, d 'de' MMMM 'de' yyyy",
        "it d MMMM yyyy",
        "it EEEE d MMMM yyyy",
        "pt d 'de' MMMM 'de' yyyy",
        "nl d MMMM yyyy",
        "en yyyy/MM/dd",
        "en yyyyMMdd",
        "sv d MMMM yyyy",
        "da d. MMMM yyyy",
        "fi d. MMMM yyyy",
        "pl d MMMM yyyy",
        "hu yyyy. MMMM d.",
        "tr d MMMM yyyy",
        "ru d MMMM yyyy",
        "ja yyyy年M月d日",
        "ko yyyy년 M월 d일",
        "en dd-MMM-yyyy"
    };
    static final String[] NEVER_LEARNED = {"en EEEE, MMMM d, yyyy", "de d.M.yyyy", "en yyyy MMMM d"};

    static List<TextPair> written(int count, int forms, String[] all, Random random) {
        List<TextPair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] form = all[random.nextInt(forms)].split(" ", 2);
            LocalDate day = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(73_000));
            Locale language = Locale.forLanguageTag(form[0]);
            pairs.add(new TextPair(day.format(DateTimeFormatter.ofPattern(form[1], language)), day.toString()));
        }
        return pairs;
    }

    public static void main(String[] args) {
        int forms = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        int examples = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        TranslationModel model = TranslationModel.training()
                .layers(l ->
                        l.withLayers(1).withHidden(args.length > 1 ? 128 : 48).withDropout(args.length > 1 ? 0.1 : 0))
                .sourceUnit(dev.namaskar.symbols.Lexicon.Cut.CODEPOINT)
                .smoothing(0)
                .steps(Math.max(300, 8 * examples / 64))
                .learningRate(4e-3)
                .on(written(examples, forms, FORMS, new Random(1)));
        TextPair asked = written(1, 2, FORMS, new Random(7)).get(0);
        System.out.println(
                asked.source() + " is " + model.translate(asked.source(), 1).get(0) + ", right " + asked.target());
        int test = args.length > 1 ? 2000 : 200;
        System.out.println("forms that were learned: "
                + model.evaluate(written(test, forms, FORMS, new Random(2)), Decoding.USUAL));
        for (String form : NEVER_LEARNED)
            System.out.println(form + ": "
                    + model.evaluate(written(test / 4, 1, new String[] {form}, new Random(3)), Decoding.USUAL));
    }
}
