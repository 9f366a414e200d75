import dev.namaskar.files.*;
import dev.namaskar.net.*;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.*;
import java.nio.file.*;

/** An initializer of one's own, by name and number: few recurrent weights, as in echo-state networks. */
public class OwnInitializer {
    /** {@code sparse(k)}: k weights into each unit, drawn normally, all others zero. Named in META-INF/services. */
    public static final class Sparse implements NamedInitializer {
        public String name() { return "sparse"; }
        public String form() { return "sparse(k)"; }
        public Initializer make(Call call) {
            int k = call.expect(1, 1, form()).whole(0, 0);
            if (k < 1) throw new IllegalArgumentException("expected at least 1 weight a unit, found sparse(" + k + ")");
            return new Initializer() {
                public void fill(float[] values, Slot slot, SplitMix64 random) {
                    for (int block = 0; block < slot.blocks(); block++) {
                        for (int unit = 0; unit < slot.columns(); unit++) {
                            for (int n = 0; n < k; n++) {
                                int from = random.nextInt(slot.rows());
                                values[slot.block(block) + from * slot.columns() + unit] = (float) (random.nextGaussian() / Math.sqrt(k));
                            }
                        }
                    }
                }
                public String spec() { return call.toString(); }
            };
        }
    }

    public static void main(String[] args) throws Exception {
        Thread.currentThread().setContextClassLoader(OwnInitializer.class.getClassLoader()); // run from source: it has the class
        Recurrent layer = new Recurrent("rnn", 200).withInitializers("uniform(-0.5,0.5)", "sparse(3)");
        Network network = NetworkSpec.values(2).then(layer).dense(1).build();
        Params params = network.initialize(1);
        int there = 0;
        for (float weight : params.get("rnn.weight_hh_l0")) there += weight == 0 ? 0 : 1;
        System.out.printf("%d of %d recurrent weights are not zero%n", there, 200 * 200);
        Path file = Files.createTempFile("sparse", ".safetensors");
        ModelFile.write(file, new Model(network, params));
        System.out.println("read back: " + ModelFile.read(file).spec().equals(network.spec()));
        Files.delete(file);
        try {
            new Recurrent("rnn", 200).withInitializers("uniform(-0.5,0.5)", "sprase(3)");
        } catch (IllegalArgumentException typo) {
            System.out.println("a typo: " + typo.getMessage());
        }
    }
}
