package dev.namaskar.serve.http;

import dev.namaskar.files.Json;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The errors that HTTP itself has, such as a header that is too long, in the shape of all others. */
final class JsonErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
        int code = status instanceof Integer number ? number : 500;
        SecurityHeaders.addTo(response.getHeaders());
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, text(code), callback);
        return true;
    }

    private static String text(int status) {
        String message = switch (status) {
            case 400 -> "expected a request of HTTP/1.1 with a plain path, found something else";
            case 408, 504 -> "the request did not come in time";
            case 414 -> "the address is too long";
            case 431 -> "the headers are too long";
            case 426, 505 -> "expected HTTP/1.1";
            default -> status < 500 ? "the request cannot be answered" : "the server failed; its log says why";
        };
        String code = status < 500 || status == 505 ? "invalid_http" : "internal_error";
        return Json.write(new Refusal(status, code, null, message).toMap());
    }
}
