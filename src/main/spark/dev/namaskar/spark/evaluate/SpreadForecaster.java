package dev.namaskar.spark.evaluate;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.spark.SparkFailure;
import dev.namaskar.spark.table.SeriesRow;
import dev.namaskar.train.NotANumberException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * A forecaster whose networks a cluster trains, a task each: those of all origins at once, for none depends on another.
 * What a task cannot train is trained by the driver, which then says why.
 */
final class SpreadForecaster implements Forecaster {
    private final JavaSparkContext context;
    private final NetworkForecaster forecaster;
    private final List<SeriesRow> rows;
    private final int[][] origins;
    private final boolean refit;
    private @Nullable Map<Network, float[]> trained;
    private int fold;

    /**
     * Of one back-test.
     *
     * @param forecaster whose products are said
     */
    SpreadForecaster(JavaSparkContext context, NetworkForecaster forecaster, Backtest backtest, Table table) {
        this.context = context;
        this.forecaster = forecaster;
        rows = table.series().stream().map(SeriesRow::of).toList();
        origins = backtest.origins(table);
        refit = backtest.refit();
    }

    /** A network of a fit, by the fold and its number there. */
    private record Network(int fold, int number) implements Serializable {}

    /**
     * What a task sends back.
     *
     * @param values null where it could not train
     */
    private record Told(Network network, float @Nullable [] values) implements Serializable {}

    @Override
    public String name() {
        return forecaster.name();
    }

    @Override
    public int shortest() {
        return forecaster.shortest();
    }

    @Override
    public Fitted fit(List<Series> histories) {
        fold = 0;
        trained = train(histories);
        return here().fit(histories);
    }

    @Override
    public Fitted next(Fitted earlier, List<Series> histories, boolean anew) {
        fold++;
        return here().next(earlier, histories, anew);
    }

    private NetworkForecaster here() {
        Map<Network, float[]> all = Objects.requireNonNull(trained);
        int now = fold;
        return forecaster.with(number -> all.get(new Network(now, number)));
    }

    private Map<Network, float[]> train(List<Series> first) {
        List<Network> networks = new ArrayList<>();
        for (int f = 0; f < (refit ? origins.length : 1); f++) {
            int count = forecaster.networks(first, f > 0);
            for (int number = 0; number < count; number++) {
                networks.add(new Network(f, number));
            }
        }
        Map<Network, float[]> all = new HashMap<>();
        if (networks.isEmpty()) {
            return all;
        }
        String text = forecaster.text();
        int[][] lengths = origins;
        Broadcast<List<SeriesRow>> table = context.broadcast(new ArrayList<>(rows));
        try {
            for (Told told : context.parallelize(networks, networks.size())
                    .map(network -> told(network, text, table.value(), lengths[network.fold()]))
                    .collect()) {
                if (told.values() != null) {
                    all.put(told.network(), told.values());
                }
            }
            return all;
        } catch (Exception e) {
            throw SparkFailure.of(e);
        } finally {
            table.destroy();
        }
    }

    private static Told told(Network network, String text, List<SeriesRow> rows, int[] lengths) throws IOException {
        NetworkForecaster forecaster = NetworkForecaster.fromText(text);
        GemmChoice choice = forecaster.fitting().asked().gemm();
        Objects.requireNonNull(choice).here();
        List<Series> known =
                Backtest.histories(rows.stream().map(SeriesRow::series).toList(), lengths);
        try {
            return new Told(network, forecaster.network(known, network.number()));
        } catch (IllegalArgumentException | NotANumberException e) {
            return new Told(network, null);
        }
    }
}
