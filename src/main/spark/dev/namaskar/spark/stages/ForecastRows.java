package dev.namaskar.spark.stages;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.notation.TableZone;
import dev.namaskar.spark.table.SeriesRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Forecasts of series as rows, as the command line writes them: a row a series and step. Some series at a time are held. */
record ForecastRows(Broadcast<CarriedModel<SeriesModel>> model) implements FlatMapFunction<Iterator<SeriesRow>, Row> {
    private static final int TOGETHER = 64;

    static StructType schema(double[] levels) {
        StructType schema = new StructType()
                .add("series", DataTypes.StringType, false)
                .add("time", DataTypes.StringType, false)
                .add("step", DataTypes.IntegerType, false)
                .add("forecast", DataTypes.DoubleType, false);
        for (double level : levels) {
            schema = schema.add("lo_" + Levels.percent(level), DataTypes.DoubleType, true)
                    .add("hi_" + Levels.percent(level), DataTypes.DoubleType, true);
        }
        return schema;
    }

    @Override
    public Iterator<Row> call(Iterator<SeriesRow> series) {
        SeriesModel forecaster = model.value().model();
        return new Iterator<>() {
            private Iterator<Row> ready = List.<Row>of().iterator();

            @Override
            public boolean hasNext() {
                while (!ready.hasNext() && series.hasNext()) {
                    List<Series> some = new ArrayList<>();
                    while (some.size() < TOGETHER && series.hasNext()) {
                        some.add(series.next().series());
                    }
                    ready = rows(forecaster, some).iterator();
                }
                return ready.hasNext();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("no more forecasts");
                }
                return ready.next();
            }
        };
    }

    private static List<Row> rows(SeriesModel forecaster, List<Series> histories) {
        double[] levels = forecaster.spec().levels();
        List<Row> rows = new ArrayList<>();
        TableZone zone = new TableZone("");
        for (Forecast forecast :
                forecaster.forecast(histories, forecaster.spec().horizon(), levels)) {
            for (int h = 0; h < forecast.horizon(); h++) {
                List<Object> cells = new ArrayList<>(Arrays.asList(
                        forecast.series(),
                        zone.text(forecaster.source().frequency(), forecast.times()[h]),
                        h + 1,
                        forecast.point()[h]));
                for (int l = 0; l < levels.length; l++) {
                    cells.add(cell(forecast.lower()[l][h]));
                    cells.add(cell(forecast.upper()[l][h]));
                }
                rows.add(RowFactory.create(cells.toArray()));
            }
        }
        return rows;
    }

    private static @org.jspecify.annotations.Nullable Double cell(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
