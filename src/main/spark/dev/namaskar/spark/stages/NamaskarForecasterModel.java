package dev.namaskar.spark.stages;

import dev.namaskar.series.SeriesModel;
import dev.namaskar.spark.table.SeriesColumns;
import dev.namaskar.spark.table.SeriesTable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained forecaster as a stage: it takes rows of series and gives rows of forecasts with intervals, {@code series, time,
 * step, forecast, lo_80, hi_80, ...}, the numbers that the command {@code forecast} gives. Every executor reads the model
 * once.
 */
public final class NamaskarForecasterModel extends Model<NamaskarForecasterModel>
        implements MLWritable, StoredStage.Holder {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final transient ColumnParams columns;
    private CarriedModel<SeriesModel> model = new CarriedModel<>(new byte[0], SeriesModel::read);

    /** A stage of this name, into which a model is still to be read. */
    public NamaskarForecasterModel(String uid) {
        this.uid = uid;
        columns = new ColumnParams(this);
    }

    /** The stage of a model. */
    public static NamaskarForecasterModel of(SeriesModel model) throws IOException {
        NamaskarForecasterModel stage =
                new NamaskarForecasterModel(Identifiable$.MODULE$.randomUID("namaskarForecasterModel"));
        stage.model = CarriedModel.of(model::write, SeriesModel::read);
        return stage;
    }

    /**
     * The stage of a model in a file, with the columns of the table that it was trained on.
     *
     * @throws IOException when the file cannot be read, or is no model of series: it says why
     */
    public static NamaskarForecasterModel of(Path file) throws IOException {
        SeriesModel read = SeriesModel.read(file);
        return of(read);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Which column plays which part. */
    public NamaskarForecasterModel setColumns(SeriesColumns which) {
        columns.set(which);
        return this;
    }

    /** The model itself. */
    public SeriesModel model() {
        return model.model();
    }

    @Override
    public byte[] modelBytes() {
        return model.bytes();
    }

    @Override
    public void modelBytes(byte[] bytes) {
        model = new CarriedModel<>(bytes, SeriesModel::read);
        model.model();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        StructType schema = transformSchema(rows.schema());
        SeriesTable table = SeriesTable.as(
                rows.toDF(), columns.columns(), model.model().source().frequency());
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        return rows.sparkSession()
                .createDataFrame(table.series().mapPartitions(new ForecastRows(context.broadcast(model))), schema);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        SeriesColumns which = columns.columns();
        SeriesTable.check(schema, which);
        if (!which.known().equals(model.model().spec().known())
                || !which.observed().equals(model.model().spec().observed())) {
            throw new IllegalArgumentException("the model reads the columns known ahead "
                    + model.model().spec().known() + " and the observed columns "
                    + model.model().spec().observed() + ", found " + which.known() + " and " + which.observed());
        }
        return ForecastRows.schema(model.model().spec().levels());
    }

    @Override
    public NamaskarForecasterModel copy(ParamMap extra) {
        NamaskarForecasterModel copy = defaultCopy(extra);
        copy.model = model;
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return StoredStage.writer(this);
    }

    /** Reads what was written. */
    public static MLReader<NamaskarForecasterModel> read() {
        return StoredStage.reader();
    }

    /** Reads what was written to a folder. */
    public static NamaskarForecasterModel load(String folder) {
        return read().load(folder);
    }

    /** The column of times. */
    public Param<String> timeCol() {
        return columns.timeCol;
    }

    /** The column that is forecast. */
    public Param<String> targetCol() {
        return columns.targetCol;
    }

    /** The columns that name a series. */
    public StringArrayParam groupCols() {
        return columns.groupCols;
    }

    /** The columns known ahead. */
    public StringArrayParam knownCols() {
        return columns.knownCols;
    }

    /** The observed columns. */
    public StringArrayParam observedCols() {
        return columns.observedCols;
    }

    /** The static columns. */
    public StringArrayParam staticCols() {
        return columns.staticCols;
    }

    /** The step; always the model's. */
    public Param<String> frequency() {
        return columns.frequency;
    }
}
