import dev.namaskar.translation.*;
import java.awt.*;
import java.awt.image.BufferedImage;
import java.nio.file.*;
import java.util.*;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Learns to name colours, and what the colour is worth: nats a character with it and without. Arguments: a table with columns
 * {@code name} and {@code hex}, steps, and a picture to write of ten colours that it has not seen; by default few colours, named by rule.
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
        BufferedImage picture = new BufferedImage(560, 40 * TEN.length, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        pen.setBackground(Color.WHITE);
        pen.clearRect(0, 0, 560, 40 * TEN.length);
        for (int i = 0; i < TEN.length; i++) {
            Color colour = Color.decode(TEN[i]);
            StringJoiner names = new StringJoiner(", ");
            model.describe(3, colour.getRGBColorComponents(null)).forEach(each -> names.add(each.text()));
            System.out.println(TEN[i] + " " + names);
            pen.setColor(colour);
            pen.fillRect(0, 40 * i, 120, 40);
            pen.setColor(Color.BLACK);
            pen.drawString(names.toString(), 132, 40 * i + 26);
        }
        if (args.length > 2) ImageIO.write(picture, "png", Path.of(args[2]).toFile());
    }

    static List<DescribedVector> blank(List<DescribedVector> rows) {
        return rows.stream()
                .map(row -> new DescribedVector(new float[3], row.text()))
                .toList();
    }
}
