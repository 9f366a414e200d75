import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits of 8 x 8 pixels as sequences of eight rows, in the tables that train classify --group image --label
 * digit reads: DigitRows digits.csv.gz [FOLDER]. The first half is to be learnt, and beside each image altered copies of it,
 * as other hands write.
 */
public class DigitRows {
    static final int HALF = 898, SIDE = 8, PIXELS = SIDE * SIDE, COPIES = 20;

    public static void main(String[] args) throws Exception {
        if (args.length == 0) throw new IllegalArgumentException("expected digits.csv.gz, as scikit-learn brings it");
        String table = new String(
                new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(Path.of(args[0])))).readAllBytes());
        double[][] images = table.lines()
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        Path folder = Path.of(args.length > 1 ? args[1] : "target");
        Random random = new Random(1);
        try (PrintWriter learn =
                        new PrintWriter(folder.resolve("digits-train.csv").toFile());
                PrintWriter test =
                        new PrintWriter(folder.resolve("digits-test.csv").toFile())) {
            for (PrintWriter each : List.of(learn, test)) each.println("image,digit,a,b,c,d,e,f,g,h");
            for (int i = 0; i < HALF; i++) {
                write(learn, "" + i, images[i], images[i]);
                for (int copy = 1; copy <= COPIES; copy++)
                    write(learn, i + "-" + copy, altered(images[i], random), images[i]);
            }
            for (int i = HALF; i < images.length; i++) write(test, "" + i, images[i], images[i]);
        }
        System.out.printf("%d images to learn, %d to test%n", HALF * (COPIES + 1), images.length - HALF);
    }

    static void write(PrintWriter to, String name, double[] pixels, double[] image) {
        for (int row = 0; row < SIDE; row++) {
            String values = Arrays.stream(pixels, row * SIDE, (row + 1) * SIDE)
                    .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
                    .collect(Collectors.joining(","));
            to.println(name + "," + (int) image[PIXELS] + "," + values);
        }
    }

    /** Turned, stretched, slanted and moved a little, each pixel out of four. */
    static double[] altered(double[] image, Random random) {
        double[] altered = new double[PIXELS], u = random.doubles(5, -1, 1).toArray();
        double turn = 0.3 * u[0], size = 1 + 0.15 * u[1], slant = 0.2 * u[2], middle = (SIDE - 1) / 2.0;
        for (int i = 0; i < PIXELS; i++) {
            double x = i % SIDE - middle, y = i / SIDE - middle;
            double fromX = Math.cos(turn) / size * x + (slant - Math.sin(turn)) * y + 0.6 * u[3] + middle;
            double fromY = Math.sin(turn) * x + Math.cos(turn) / size * y + 0.6 * u[4] + middle;
            for (int k = 0; k < PIXELS; k++)
                altered[i] += image[k]
                        * Math.max(0, 1 - Math.abs(fromX - k % SIDE))
                        * Math.max(0, 1 - Math.abs(fromY - k / SIDE));
        }
        return altered;
    }
}
