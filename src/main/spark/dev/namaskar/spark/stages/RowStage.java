package dev.namaskar.spark.stages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A stage that asks a model about the text in a column and adds a column of answers. Every executor reads the model once.
 *
 * @param <M> the model
 * @param <S> the stage itself
 */
public abstract sealed class RowStage<M, S extends RowStage<M, S>> extends Transformer
        implements MLWritable, StoredStage.Holder permits CharacterScorer, LabelPredictor {
    private static final long serialVersionUID = 1;
    private static final int TOGETHER = 64;

    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final CarriedModel.Reader<M> reader;
    private CarriedModel<M> model;

    RowStage(String uid, CarriedModel.Reader<M> reader) {
        this.uid = uid;
        this.reader = reader;
        model = new CarriedModel<>(new byte[0], reader);
        inputCol = new Param<>(this, "inputCol", "the column of texts");
        outputCol = new Param<>(this, "outputCol", "the column of answers, which is added");
    }

    /** Answers to texts, none of which is null: as many, null where there is none. */
    abstract Asked<M> asked();

    /** The type of an answer. */
    abstract DataType type();

    /** Asks a model. */
    interface Asked<M> extends java.io.Serializable {
        List<@Nullable Object> of(M model, List<String> texts);
    }

    void take(CarriedModel.Writer writer) throws IOException {
        model = CarriedModel.of(writer, reader);
    }

    /** The model itself. */
    public final M model() {
        return model.model();
    }

    /** Whether a parameter is set, and to true. */
    final boolean isOn(BooleanParam param) {
        return isSet(param) && (Boolean) getOrDefault(param);
    }

    @Override
    public final String uid() {
        return uid;
    }

    /** The column of texts. */
    public final Param<String> inputCol() {
        return inputCol;
    }

    /** The column of answers. */
    public final Param<String> outputCol() {
        return outputCol;
    }

    /** The column of texts, and the one that is added. */
    @SuppressWarnings("unchecked") // every stage names itself
    public final S setColumns(String input, String output) {
        set(inputCol, input);
        set(outputCol, output);
        return (S) this;
    }

    @Override
    public final byte[] modelBytes() {
        return model.bytes();
    }

    @Override
    public final void modelBytes(byte[] bytes) {
        model = new CarriedModel<>(bytes, reader);
        model.model();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        StructType schema = transformSchema(rows.schema());
        int column = rows.schema().fieldIndex(getOrDefault(inputCol));
        Broadcast<CarriedModel<M>> everywhere = JavaSparkContext.fromSparkContext(
                        rows.sparkSession().sparkContext())
                .broadcast(model);
        Asked<M> asked = asked();
        MapPartitionsFunction<Row, Row> answers =
                part -> new Answers<>(everywhere.value().model(), asked, part, column);
        return rows.toDF().mapPartitions(answers, Encoders.row(schema));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (!isSet(inputCol) || !isSet(outputCol)) {
            throw new IllegalArgumentException("expected `inputCol` and `outputCol` to be set");
        }
        String from = getOrDefault(inputCol);
        String to = getOrDefault(outputCol);
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains(from)) {
            throw new IllegalArgumentException("expected a column \"" + from + "\", found " + String.join(", ", names));
        }
        DataType found = schema.apply(from).dataType();
        if (!found.equals(DataTypes.StringType)) {
            throw new IllegalArgumentException(
                    "column \"" + from + "\": expected texts, found " + found.simpleString() + "; cast it");
        }
        if (names.contains(to)) {
            throw new IllegalArgumentException("column \"" + to + "\" is there already; choose another `outputCol`");
        }
        return schema.add(to, type(), true);
    }

    @Override
    public Transformer copy(ParamMap extra) {
        RowStage<M, S> copy = defaultCopy(extra);
        copy.model = model;
        return copy;
    }

    @Override
    public MLWriter write() {
        return StoredStage.writer(this);
    }

    /** Rows with their answers, some at a time. */
    private static final class Answers<M> implements Iterator<Row> {
        private final M model;
        private final Asked<M> asked;
        private final Iterator<Row> rows;
        private final int column;
        private Iterator<Row> ready = List.<Row>of().iterator();

        Answers(M model, Asked<M> asked, Iterator<Row> rows, int column) {
            this.model = model;
            this.asked = asked;
            this.rows = rows;
            this.column = column;
        }

        @Override
        public boolean hasNext() {
            return ready.hasNext() || rows.hasNext();
        }

        @Override
        public Row next() {
            if (!ready.hasNext()) {
                List<Row> some = new ArrayList<>();
                while (some.size() < TOGETHER && rows.hasNext()) {
                    some.add(rows.next());
                }
                ready = answer(some).iterator();
            }
            return ready.next();
        }

        private List<Row> answer(List<Row> some) {
            List<String> texts = some.stream()
                    .filter(row -> !row.isNullAt(column))
                    .map(row -> row.getString(column))
                    .toList();
            Iterator<@Nullable Object> answers =
                    (texts.isEmpty() ? List.<@Nullable Object>of() : asked.of(model, texts)).iterator();
            List<Row> all = new ArrayList<>();
            for (Row row : some) {
                @Nullable Object[] cells = new @Nullable Object[row.length() + 1];
                for (int i = 0; i < row.length(); i++) {
                    cells[i] = row.get(i);
                }
                cells[row.length()] = row.isNullAt(column) ? null : answers.next();
                all.add(RowFactory.create(cells));
            }
            return all;
        }
    }
}
