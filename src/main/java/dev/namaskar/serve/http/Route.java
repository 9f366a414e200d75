package dev.namaskar.serve.http;

/**
 * What the server answers at a path.
 *
 * @param method {@code GET}, {@code POST} or {@code DELETE}; {@code GET} answers {@code HEAD} too
 * @param path segments behind slashes: a word, {@code {name}} for any one segment, {@code *} as the last for all that
 *     follow; words go before names, and names before the star
 * @param open whether it is answered without a token where the server asks for one
 * @param answer what is done; it runs in the request's own thread, and may wait
 */
public record Route(String method, String path, boolean open, Answer answer) {
    /** Answers a request. */
    @FunctionalInterface
    public interface Answer {
        /**
         * Replies once, through {@link Exchange#reply} or {@link Exchange#stream}.
         *
         * @throws Refusal to answer with an error
         */
        void answer(Exchange exchange) throws Exception;
    }

    /** Checks the path. */
    public Route {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("expected a path from / on, found " + path);
        }
    }

    /** What is read. */
    public static Route get(String path, Answer answer) {
        return new Route("GET", path, false, answer);
    }

    /** What is asked with a body. */
    public static Route post(String path, Answer answer) {
        return new Route("POST", path, false, answer);
    }

    /** The same for everybody, with a token or without. */
    public Route openToAll() {
        return new Route(method, path, true, answer);
    }
}
