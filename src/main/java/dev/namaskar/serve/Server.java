package dev.namaskar.serve;

import dev.namaskar.serve.classroom.LessonRoutes;
import dev.namaskar.serve.http.HttpLimits;
import dev.namaskar.serve.http.HttpListener;
import dev.namaskar.serve.http.Metrics;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.inference.Inference;
import dev.namaskar.serve.inference.InferenceRoutes;
import dev.namaskar.serve.models.ModelRoutes;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.openai.CompletionLimits;
import dev.namaskar.serve.openai.Completions;
import dev.namaskar.serve.page.PageRoutes;
import dev.namaskar.serve.predict.Forecasts;
import dev.namaskar.serve.predict.PredictLimits;
import dev.namaskar.serve.predict.Predictions;
import dev.namaskar.serve.predict.Turns;
import dev.namaskar.serve.predict.Units;
import dev.namaskar.serve.stepping.StepLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves models over HTTP, and the page that asks them:
 *
 * <pre>{@code
 * try (RunningServer server = Server.of(Path.of("models")).port(8080).start()) {
 *     System.out.println(server.address());
 *     server.await();
 * }
 * }</pre>
 *
 * <p>It listens on the loopback address alone unless it is given another host, and then wants a token. What is set here
 * is changed by each call in place.
 */
public final class Server {
    private final ModelShelf shelf;
    private final List<Route> routes = new ArrayList<>();
    private String host = "127.0.0.1";
    private int port = 8080;
    private @Nullable String token;
    private HttpLimits limits = HttpLimits.USUAL;
    private CompletionLimits completions = CompletionLimits.USUAL;
    private StepLimits steps = StepLimits.USUAL;
    private PredictLimits predictions = PredictLimits.USUAL;
    private Duration look = Duration.ofSeconds(1);
    private Consumer<String> log = line -> {};

    private Server(ModelShelf shelf) {
        this.shelf = shelf;
    }

    /**
     * A server of models.
     *
     * @param models files, or folders whose files ending in {@code .safetensors} are the models; none where routes of
     *     one's own are all there is to serve; while the server runs, a file that is new or was replaced becomes the
     *     model of its name
     * @throws IOException if a file that is named cannot be read or is no model
     */
    public static Server of(Path... models) throws IOException {
        return new Server(ModelShelf.of(List.of(models)));
    }

    /** The port; 0 for any that is free (8080). */
    public Server port(int newPort) {
        port = newPort;
        return this;
    }

    /** A name or address of this machine to listen on; one that others can reach wants a token (127.0.0.1). */
    public Server host(String newHost) {
        host = newHost;
        return this;
    }

    /** What requests have to carry as {@code Authorization: Bearer}. */
    public Server token(String newToken) {
        token = newToken;
        return this;
    }

    /**
     * The same from a file, which has it on its one line.
     *
     * @throws IOException if it cannot be read
     */
    public Server tokenFile(Path file) throws IOException {
        return token(Files.readString(file).strip());
    }

    /** What clients may ask for at most. */
    public Server limits(HttpLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /** What one request for completions may ask for at most. */
    public Server limits(CompletionLimits newLimits) {
        completions = newLimits;
        return this;
    }

    /** How many texts each model has open at once, and the threads that write them. */
    public Server limits(StepLimits newLimits) {
        steps = newLimits;
        return this;
    }

    /** What one request for predictions or forecasts may ask for at most. */
    public Server limits(PredictLimits newLimits) {
        predictions = newLimits;
        return this;
    }

    /** How often files of models are looked at for change (a second). */
    public Server look(Duration every) {
        look = every;
        return this;
    }

    /** Takes a line for each request that was answered, and for whatever goes wrong. */
    public Server log(Consumer<String> newLog) {
        log = newLog;
        return this;
    }

    /** More to answer: a live run, a picture. Of two routes with one method and path the one added here is taken. */
    public Server with(List<Route> more) {
        routes.addAll(more);
        return this;
    }

    /**
     * Starts to answer.
     *
     * @throws IOException if the port is taken
     * @throws IllegalArgumentException if the host can be reached by others and there is no token
     */
    public RunningServer start() throws IOException {
        Metrics metrics = new Metrics();
        Completions texts = new Completions(shelf, completions, steps, metrics);
        Turns turns = new Turns(predictions);
        Predictions tasks = new Predictions(shelf, predictions, turns);
        Forecasts series = new Forecasts(shelf, turns);
        StatusRoutes status = new StatusRoutes(shelf, texts, metrics);
        List<Route> described = new ArrayList<>(ModelRoutes.of(shelf));
        described.addAll(texts.routes());
        described.addAll(tasks.routes());
        described.addAll(series.routes());
        described.addAll(new Units(shelf, predictions, turns).routes());
        described.addAll(new InferenceRoutes(shelf, new Inference(texts, tasks, series), status::ready).routes());
        described.addAll(status.routes());
        List<Route> all = new ArrayList<>(routes);
        all.addAll(described);
        all.addAll(LessonRoutes.of());
        all.addAll(PageRoutes.of(List.of("playground", "classroom")));
        HttpListener listener =
                HttpListener.start(new HttpListener.Place(host, port, token), limits, all, metrics, log);
        status.of(listener);
        return new RunningServer(listener, shelf.watch(look, log), described);
    }
}
