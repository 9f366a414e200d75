import dev.namaskar.labelling.*;
import dev.namaskar.labelling.data.*;
import java.util.*;

/**
 * Films of a shape that moves over 16 x 16 pixels for 30 frames, round the edges and on: left, right, up or down, evenly or
 * in hops. The shape, where it is and how bright it is tell nothing, so that no single frame shows the motion. First a label
 * for each film; then, of films whose motion changes somewhere, a label for each frame.
 */
public class MovingShapes {
    static final int SIDE = 16, FRAMES = 30;
    static final String[] WAYS = {"left", "right", "up", "down"};
    static final String[] KINDS = {"evenly", "in hops"};
    static final String[] SHAPES = {
        "#### #### #### ####", ".##. #### #### .##.", "#### #..# #..# ####", "#... ##.. ###. ####"
    };

    public static void main(String[] args) {
        int films = args.length > 0 ? Integer.parseInt(args[0]) : 4000,
                steps = args.length > 1 ? Integer.parseInt(args[1]) : 800;
        Random random = new Random(1);
        List<ChannelSequence> learned = new ArrayList<>(), others = new ArrayList<>();
        List<TaggedSeries> changing = new ArrayList<>(), otherChanging = new ArrayList<>();
        for (int i = 0; i < films; i++) {
            learned.add(film(random, false).series());
            changing.add(film(random, true));
        }
        for (int i = 0; i < 1000; i++) {
            others.add(film(random, false).series());
            otherChanging.add(film(random, true));
        }

        Classifier whole = Classifier.training()
                .embedding(64)
                .hidden(64)
                .dropout(0.1)
                .steps(steps)
                .onChannels(learned);
        System.out.println("films:  " + whole.evaluateChannels(others));
        Tagger frames = Tagger.training()
                .embedding(64)
                .hidden(64)
                .dropout(0.1)
                .steps(steps)
                .onChannels(changing);
        System.out.println("frames: " + frames.evaluateChannels(otherChanging));
        System.out.println(
                frames.tagChannels(List.of(otherChanging.get(0).series()), 1).get(0));
    }

    /** A film of one motion, which is its label, or of two, one after the other. */
    static TaggedSeries film(Random random, boolean changes) {
        int change = changes ? 8 + random.nextInt(FRAMES - 16) : FRAMES;
        int first = random.nextInt(8), second = (first + 1 + random.nextInt(7)) % 8, phase = random.nextInt(3);
        int x = random.nextInt(SIDE), y = random.nextInt(SIDE);
        float light = 0.5f + random.nextFloat();
        String[] shape = SHAPES[random.nextInt(SHAPES.length)].split(" ");
        float[] pixels = new float[FRAMES * SIDE * SIDE];
        List<String> tags = new ArrayList<>();
        for (int t = 0; t < FRAMES; t++) {
            int motion = t < change ? first : second;
            int far = motion < 4 ? 1 : (t + phase) % 3 == 0 ? 3 : 0; // three pixels every third frame
            x = Math.floorMod(x + (motion % 4 == 0 ? -far : motion % 4 == 1 ? far : 0), SIDE);
            y = Math.floorMod(y + (motion % 4 == 2 ? -far : motion % 4 == 3 ? far : 0), SIDE);
            for (int row = 0; row < 4; row++)
                for (int column = 0; column < 4; column++)
                    if (shape[row].charAt(column) == '#')
                        pixels[(t * SIDE + (y + row) % SIDE) * SIDE + (x + column) % SIDE] = light;
            tags.add(WAYS[motion % 4] + " " + KINDS[motion / 4]);
        }
        return new TaggedSeries(new ChannelSequence(pixels, SIDE * SIDE, tags.get(0)), tags);
    }
}
