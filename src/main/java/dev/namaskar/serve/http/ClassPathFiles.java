package dev.namaskar.serve.http;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files of the class path as a site: the pages, styles, modules and pictures in one folder and those under it. */
public final class ClassPathFiles {
    /** No dot in front, so that no segment leads up. */
    private static final Pattern SEGMENTS =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "mjs", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain;charset=utf-8");

    private final String folder;
    private final ClassLoader loader;
    private final Map<String, Content> known = new ConcurrentHashMap<>();

    private record Content(byte[] bytes, String tag) {}

    private ClassPathFiles(String folder, ClassLoader loader) {
        this.folder = folder;
        this.loader = loader;
    }

    /**
     * A route to a folder.
     *
     * @param path where it is served, such as {@code /} or {@code /charts/}
     * @param folder in the class path, such as {@code dev/namaskar/serve/page}; its {@code index.html} stands for itself
     * @param loader by which it is found
     */
    public static Route at(String path, String folder, ClassLoader loader) {
        ClassPathFiles files = new ClassPathFiles(folder, loader);
        return Route.get(path + "*", files::answer).openToAll();
    }

    private void answer(Exchange exchange) throws IOException {
        String asked = exchange.parameter("*");
        String name = asked.isEmpty() || asked.endsWith("/") ? asked + "index.html" : asked;
        Content content = SEGMENTS.matcher(name).matches() ? content(name) : null;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (content == null || type == null) {
            throw new Refusal(
                    404, "not_found", null, "there is nothing at this path; /openapi.json says what there is");
        }
        exchange.setHeader("ETag", content.tag());
        exchange.setHeader("Cache-Control", "no-cache");
        if (content.tag().equals(exchange.header("If-None-Match"))) {
            exchange.reply(304, type, new byte[0]);
        } else {
            exchange.reply(200, type, content.bytes());
        }
    }

    private @Nullable Content content(String name) throws IOException {
        Content content = known.get(name);
        if (content == null) {
            try (InputStream in = loader.getResourceAsStream(folder + "/" + name)) {
                if (in == null) {
                    return null;
                }
                byte[] bytes = in.readAllBytes();
                content = new Content(bytes, tag(bytes));
                known.put(name, content);
            }
        }
        return content;
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
