import dev.namaskar.translation.*;
import java.awt.*;
import java.awt.image.BufferedImage;
import java.nio.file.*;
import java.util.*;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Learns to name colours, and what the colour is worth: nats a character with it and without. Arguments: a table with columns
 * {@code name} and {@code hex}, steps, and a picture to write of ten colours; by default few colours, named by rule.
 */
public class ColourNames {
    static final String[] TEN = {
        "#c93f38", "#f4a259", "#f7e463", "#3f7d3a", "#7fd1ae", "#1d4e89", "#86b7e8", "#5e3a87", "#d9a5c3", "#5b3a29"
    };

    static List<DescribedVector> byRule() {
        List<DescribedVector> rows = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 600; i++) {
            Color colour = Color.getHSBColor(random.nextInt(3) / 3f, 1, random.nextBoolean() ? 1 : 0.4f);
            String hue = colour.getRed() > 0 ? "red" : colour.getGreen() > 0 ? "green" : "blue";
            float[] rgb = colour.getRGBColorComponents(null);
            rows.add(new DescribedVector(rgb, (rgb[0] + rgb[1] + rgb[2] > 0.9 ? "light " : "dark ") + hue));
        }
        return rows;
    }

    static DescriptionModel learn(List<DescribedVector> rows, long steps, int hidden) {
        return DescriptionModel.training()
                .hidden(hidden)
                .batch(128)
                .steps(steps)
                .learningRate(hidden < 64 ? 1e-2 : 3e-3)
                .smoothing(0)
                .heldOut(0)
                .on(rows);
    }

    public static void main(String[] args) throws Exception {
        boolean small = args.length == 0;
        List<DescribedVector> rows = new ArrayList<>(
                small
                        ? byRule()
                        : DescribedVector.read(
                                Path.of(args[0]), new DescribedVector.Columns("name", List.of("hex")), null));
        long steps = small ? 200 : Long.parseLong(args[1]);
        Collections.shuffle(rows, new Random(1));
        List<DescribedVector> test = rows.subList(0, Math.min(1500, rows.size() / 6));
        List<DescribedVector> train = rows.subList(test.size(), rows.size());
        DescriptionModel model = learn(train, steps, small ? 32 : 192);
        System.out.println("with the colour:    " + model.evaluate(test, Decoding.USUAL));
        System.out.println("without the colour: "
                + learn(blank(train), steps, small ? 32 : 192).evaluate(blank(test), Decoding.USUAL));
        List<List<String>> names = new ArrayList<>();
        for (String hex : TEN) {
            names.add(names(model, Color.decode(hex).getRGBColorComponents(null)));
            System.out.println(hex + " " + String.join(", ", names.get(names.size() - 1)));
        }
        if (args.length > 2)
            ImageIO.write(picture(names), "png", Path.of(args[2]).toFile());
    }

    /** The likeliest three in which no word stands twice: the search likes Blue Blue. */
    static List<String> names(DescriptionModel model, float[] rgb) {
        return model.describe(List.of(rgb), Decoding.USUAL.withBeam(30).withBest(15)).get(0).stream()
                .map(Translation::text)
                .filter(name -> Stream.of(name.split(" ")).distinct().count() == name.split(" ").length)
                .limit(3)
                .toList();
    }

    /** Two columns of colours, beside each its likeliest name, and below it the two that come next. */
    static BufferedImage picture(List<List<String>> names) {
        int rows = TEN.length / 2;
        BufferedImage picture = new BufferedImage(1640, 200 * rows + 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        for (int i = 0; i < TEN.length; i++) {
            int x = 40 + 800 * (i / rows);
            int y = 40 + 200 * (i % rows);
            pen.setColor(Color.decode(TEN[i]));
            pen.fillRoundRect(x, y, 240, 160, 32, 32);
            write(pen, names.get(i).get(0), x + 272, y + 58, 40, 0x22272e);
            for (int k = 1; k < names.get(i).size(); k++)
                write(pen, names.get(i).get(k), x + 272, y + 62 + 42 * k, 28, 0x6b7280);
        }
        return picture;
    }

    static void write(Graphics2D pen, String text, int x, int y, int size, int colour) {
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        pen.setColor(new Color(colour));
        pen.drawString(text, x, y);
    }

    static List<DescribedVector> blank(List<DescribedVector> rows) {
        return rows.stream()
                .map(row -> new DescribedVector(new float[3], row.text()))
                .toList();
    }
}
