package dev.namaskar.serve.http;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Every request on its way: through the gate, to its route, and into the access log. */
final class Answers extends Handler.Abstract {
    private final Routes routes;
    private final Gate gate;
    private final RequestsInFlight inFlight;
    private final HttpLimits limits;
    private final Metrics metrics;
    private final Consumer<String> log;

    Answers(
            Routes routes,
            Gate gate,
            RequestsInFlight inFlight,
            HttpLimits limits,
            Metrics metrics,
            Consumer<String> log) {
        this.routes = routes;
        this.gate = gate;
        this.inFlight = inFlight;
        this.limits = limits;
        this.metrics = metrics;
        this.log = log;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SecurityHeaders.addTo(response.getHeaders());
        Exchange exchange = new Exchange(request, response, Map.of(), limits, false);
        String route = "none";
        Throwable failure = null;
        try {
            gate.checkHost(request.getHeaders().get(HttpHeader.HOST));
            String path = request.getHttpURI().getPath();
            Routes.Found found = routes.find(request.getMethod(), path == null ? "/" : path);
            route = found.route().path();
            boolean known = gate.knows(request.getHeaders().get(HttpHeader.AUTHORIZATION));
            exchange = new Exchange(request, response, found.parameters(), limits, known);
            letIn(found.route(), exchange);
        } catch (Refusal refusal) {
            failure = response.isCommitted() ? refusal : refuse(exchange, refusal);
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            Refusal refusal = e instanceof EofException ? null : refusal(request, e);
            failure = refusal == null || response.isCommitted() ? e : refuse(exchange, refusal);
        }
        double seconds = (System.nanoTime() - request.getHeadersNanoTime()) / 1e9;
        metrics.request(route, request.getMethod(), response.getStatus(), seconds);
        log.accept(line(request, response, seconds, exchange.note(), failure != null));
        if (failure == null) {
            callback.succeeded();
        } else {
            callback.failed(failure);
        }
        return true;
    }

    private void letIn(Route route, Exchange exchange) throws Exception {
        if (route.open()) {
            answer(route, exchange);
            return;
        }
        if (!exchange.trusted()) {
            throw Refusal.noToken();
        }
        inFlight.enter();
        try {
            answer(route, exchange);
        } finally {
            inFlight.leave();
        }
    }

    private static void answer(Route route, Exchange exchange) throws Exception {
        try {
            route.answer().answer(exchange);
        } catch (InterruptedException e) {
            throw Refusal.stopping();
        }
        if (!exchange.answered()) {
            throw new IllegalStateException("expected an answer from " + route.path() + ", found none");
        }
    }

    private Refusal refusal(Request request, Throwable failure) {
        if (failure instanceof HttpException http && http.getCode() < 500) {
            return new Refusal(http.getCode(), "invalid_http", null, "expected a whole request of HTTP/1.1");
        }
        if (failure instanceof IOException && failure.getCause() instanceof TimeoutException) {
            return new Refusal(408, "request_timeout", null, "the request did not come in time");
        }
        log.accept(report(request, failure));
        return new Refusal(500, "internal_error", null, "the server failed; its log says why");
    }

    private static @Nullable Throwable refuse(Exchange exchange, Refusal refusal) {
        try {
            exchange.reply(refusal);
            return null;
        } catch (IOException gone) {
            return gone;
        }
    }

    private static String line(Request request, Response response, double seconds, String note, boolean broken) {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + Request.getRemoteAddr(request) + " "
                + request.getMethod() + " "
                + plain(String.valueOf(request.getHttpURI().getPath())) + " "
                + response.getStatus() + (broken ? " broken " : " ") + Response.getContentBytesWritten(response)
                + " bytes " + String.format(Locale.ROOT, "%.1f ms", 1000 * seconds)
                + (note.isEmpty() ? "" : " " + note);
    }

    /** One line for the log: what failed and where, by its first frame in this project. */
    private static String report(Request request, Throwable failure) {
        StringBuilder text = new StringBuilder("error: " + request.getMethod() + " "
                + plain(String.valueOf(request.getHttpURI().getPath())) + ": " + plain(String.valueOf(failure)));
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.namaskar.")) {
                return text.append(" at ").append(frame).toString();
            }
        }
        return text.toString();
    }

    private static String plain(String text) {
        String shown = text.length() > 300 ? text.substring(0, 300) + "..." : text;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
