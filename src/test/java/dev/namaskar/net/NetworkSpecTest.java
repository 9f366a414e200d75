package dev.namaskar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.cells.Backflow;
import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cells.Step;
import dev.namaskar.cells.Tanh;
import dev.namaskar.files.Json;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.CausalConvolution;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.GatedFeedForward;
import dev.namaskar.net.layers.Normalization;
import dev.namaskar.net.layers.Residual;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Initializer;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Specifications survive being written down; a file that lies gets an answer, not a crash. */
class NetworkSpecTest {
    @Test
    void whateverIsBuiltReadsBackTheSameThroughJson() throws Exception {
        for (int seed = 0; seed < 100; seed++) {
            NetworkSpec spec = drawn(new Random(seed));

            assertThat(NetworkSpec.fromMap(spec.toMap())).isEqualTo(spec);
            assertThat(NetworkSpec.fromMap(Json.readObject("spec", Json.write(spec.toMap()))))
                    .isEqualTo(spec);
            assertThat(spec.build().params().size())
                    .isEqualTo(
                            NetworkSpec.fromMap(spec.toMap()).build().params().size());
        }
    }

    /** An initializer that nobody else could make again. */
    private record Ascending(float step) implements Initializer {
        @Override
        public void fill(float[] values, Slot slot, SplitMix64 random) {
            for (int i = slot.offset(); i < slot.end(); i++) {
                values[i] = (i - slot.offset()) * step;
            }
        }

        @Override
        public String spec() {
            return "identity";
        }
    }

    @Test
    void anInitializerOfOnesOwnFillsWhatItIsGivenAndIsRefusedWhereItWouldBeStored() {
        Recurrent layer = new Recurrent("gru", 3).withInitializers(new Ascending(1), new Ascending(2));
        NetworkSpec spec = NetworkSpec.values(2).then(layer).then(new Dense(4, Activation.IDENTITY, new Ascending(3)));
        Params params = spec.build().initialize(1);

        assertThat(params.get("rnn.weight_ih_l0")).startsWith(0, 1, 2).endsWith(17);
        assertThat(params.get("rnn.weight_hh_l0")).startsWith(0, 2, 4).endsWith(52);
        assertThat(params.get("head.weight")).startsWith(0, 3).endsWith(33);
        assertThat(params.get("head.bias")).containsOnly(0);
        assertThatIllegalArgumentException()
                .isThrownBy(spec::toMap)
                .withMessageContaining("initializer \"identity\"")
                .withMessageContaining(Ascending.class.getName());
    }

    private static NetworkSpec drawn(Random random) {
        boolean tokens = random.nextBoolean();
        NetworkSpec spec = tokens ? NetworkSpec.tokens(5) : NetworkSpec.values(3);
        if (tokens && random.nextBoolean()) {
            spec = spec.embedding(1 + random.nextInt(9));
        }
        for (int i = 0; i <= random.nextInt(3); i++) {
            String cell = Cells.all().get(random.nextInt(3)).name();
            Recurrent layer = new Recurrent(cell, 1 + random.nextInt(9))
                    .withOrder(cell.equals("rnn") ? 1 + random.nextInt(4) : 1)
                    .withMerge(List.of(Merge.values()).get(random.nextInt(5)))
                    .withForgetBias(random.nextFloat());
            spec = spec.then(
                    random.nextBoolean() ? layer : layer.withInitializers("uniform(-0.1,0.1)", "identity(0.5)"));
            spec = random.nextBoolean() ? spec : spec.then(new Dropout(random.nextDouble(), random.nextBoolean()));
        }
        spec = random.nextBoolean() ? spec : spec.lastStep();
        return spec.dense(1 + random.nextInt(4), Activation.all().get(random.nextInt(4)));
    }

    /** Every entry of every map removed, or replaced with something of another kind, size or sign. */
    @Test
    void maimedMapsGetAClearAnswer() {
        NetworkSpec spec = NetworkSpec.tokens(5)
                .embedding(3)
                .then(new Recurrent("lstm", 4))
                .then(new Dropout(0.5, true))
                .lastStep()
                .dense(2);
        List<Object> poisons = new ArrayList<>(Arrays.asList(
                null,
                "",
                "x",
                -1,
                0,
                1.5,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                1e300,
                true,
                List.of(),
                Map.of(),
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                List.of(1, "a")));
        int refused = 0;
        for (List<Object> place : places(spec)) {
            for (Object poison : poisons) {
                refused += refusedOrFine(maimed(spec, place, poison, false)) ? 1 : 0;
            }
            refused += refusedOrFine(maimed(spec, place, null, true)) ? 1 : 0;
        }

        assertThat(refused).isGreaterThan(150);
    }

    /** Every kind of layer and cell that there is, layers within layers too. */
    @Test
    void everyLayerAndCellComesBackFromItsMap() throws java.io.IOException {
        NetworkSpec spec = NetworkSpec.tokens(7).embedding(4);
        for (Cell cell : Cells.all()) {
            spec = spec.then(new Recurrent(cell, 4).withForgetBias(0.5f));
        }
        spec = spec.then(new Residual(
                        Normalization.rms(),
                        new Residual(new Recurrent("mingru", 4), new CausalConvolution(3)),
                        new GatedFeedForward(9, Activation.TANH)))
                .then(new Recurrent(new Tanh(3), 4).withMerge(Merge.CONCATENATE))
                .bothEnds()
                .meanOverSteps()
                .maximumOverSteps()
                .lastStep()
                .dropout(0.25)
                .dense(2, Activation.RELU);

        NetworkSpec read = NetworkSpec.fromMap(Json.readObject("spec", Json.write(spec.toMap())));

        assertThat(read).isEqualTo(spec);
        assertThat(read.build().params().slots())
                .isEqualTo(spec.build().params().slots());
    }

    /** A model file that nobody could read back is not written. */
    @Test
    void whatIsNoServiceIsNotStored() {
        NetworkSpec spec = NetworkSpec.values(2).recurrent(new Unknown(), 3);
        assertThat(spec.build().params().size()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(spec::toMap)
                .withMessageContaining("no cell \"unknown\"")
                .withMessageContaining("service of dev.namaskar.cells.Cell");
        NetworkSpec impostor = NetworkSpec.values(2).recurrent(new Impostor(), 3);
        assertThatIllegalArgumentException()
                .isThrownBy(impostor::toMap)
                .withMessageContaining("expected the cell \"gru\" to be a dev.namaskar.cells.Gru");
    }

    private static class Unknown implements Cell {
        @Override
        public String name() {
            return "unknown";
        }

        @Override
        public int gates() {
            return 1;
        }

        @Override
        public void forward(Step before, Step now, int size) {
            System.arraycopy(now.gates[0], 0, now.h, 0, size);
        }

        @Override
        public void backward(Step before, Step now, Backflow flow, int size) {
            System.arraycopy(flow.dh, 0, now.gates[0], 0, size);
        }
    }

    private static final class Impostor extends Unknown {
        @Override
        public String name() {
            return "gru";
        }
    }

    private static boolean refusedOrFine(Map<String, Object> map) {
        try {
            NetworkSpec read = NetworkSpec.fromMap(map);
            new Network(read);
            return false;
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return true;
        }
    }

    /** All entries: key in the whole, or index of the layer and key. */
    private static List<List<Object>> places(NetworkSpec spec) {
        List<List<Object>> places = new ArrayList<>();
        spec.toMap().keySet().forEach(key -> places.add(List.of(key)));
        List<?> layers = (List<?>) spec.toMap().get("layers");
        for (int i = 0; i < layers.size(); i++) {
            places.add(List.of(i));
            for (Object key : ((Map<?, ?>) layers.get(i)).keySet()) {
                places.add(List.of(i, key));
            }
        }
        return places;
    }

    private static Map<String, Object> maimed(NetworkSpec spec, List<Object> place, Object poison, boolean remove) {
        Map<String, Object> map = new HashMap<>(spec.toMap());
        if (place.get(0) instanceof String key) {
            set(map, key, poison, remove);
            return map;
        }
        List<Object> layers = new ArrayList<>((List<?>) map.get("layers"));
        map.put("layers", layers);
        int index = (Integer) place.get(0);
        if (place.size() == 1) {
            layers.set(index, poison);
            return map;
        }
        Map<String, Object> layer = new LinkedHashMap<>();
        ((Map<?, ?>) layers.get(index)).forEach((key, value) -> layer.put((String) key, value));
        set(layer, (String) place.get(1), poison, remove);
        layers.set(index, layer);
        return map;
    }

    private static void set(Map<String, Object> map, String key, Object poison, boolean remove) {
        if (remove) {
            map.remove(key);
        } else {
            map.put(key, poison);
        }
    }

    @Test
    void messagesSayWhatWasExpectedAndFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.fromMap(Map.of()))
                .withMessage("expected \"input\" in the network, found []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recurrent("rnn", 3).withOrder(0))
                .withMessageContaining("expected a memory order of 1 to");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recurrent("gru", 3).withOrder(2))
                .withMessageContaining("expected order 1 for gru, found 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.values(2).build())
                .withMessageContaining("at least one layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.values(2).embedding(2).build())
                .withMessageContaining("embedding reads token ids");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.tokens(2).dense(2).build())
                .withMessageContaining("put an embedding or a recurrent layer before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dropout(1, false))
                .withMessageContaining("below 1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NetworkSpec.values(2).recurrent("lstm", 1 << 20).build())
                .withMessageContaining("parameters in all");
    }
}
