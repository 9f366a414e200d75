package dev.namaskar.serve;

import dev.namaskar.files.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What may happen to a request: to its method, its path, its headers, its body as bytes and as JSON. */
record SpoiledRequest(Random random) {
    private static final List<String> STRANGE = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "-0.0",
            "9223372036854775808",
            "1.5",
            "1e9",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"../../secret\"",
            "\"..%2f..%2fsecret\"",
            "\"v1-text/../../secret\"",
            "\"..\\\\secret\"",
            "\"file:///etc/passwd\"",
            "\"nobody\"",
            "[]",
            "{}",
            "[[[[[[1]]]]]]",
            "{\"a\":1,\"a\":2}",
            "NaN",
            "\"/etc/passwd\"",
            "\"\ud83d\ude00\"");

    /** A request that is right. */
    record Question(String method, String path, byte[] body, List<String> headers) {}

    byte[] of(Question question) throws IOException {
        byte[] body = question.body();
        String path = question.path();
        String method = question.method();
        List<String> headers = new ArrayList<>(question.headers());
        headers.add("Host: localhost");
        headers.add("Connection: close");
        int length = -1;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> body = spoilBytes(body);
                case 3, 4, 5 -> body = spoilJson(body);
                case 6 -> path = spoilPath(path);
                case 7 -> headers.add(header());
                case 8 -> {
                    if (!headers.isEmpty()) {
                        headers.remove(random.nextInt(headers.size()));
                    }
                }
                default -> {
                    if (random.nextBoolean()) {
                        method = List.of("PUT", "DELETE", "HEAD", "TRACE", "get", "OPTIONS", "X", "CONNECT", "")
                                .get(random.nextInt(9));
                    } else {
                        length = random.nextInt(3) == 0 ? Integer.MAX_VALUE : body.length + random.nextInt(5) - 2;
                    }
                }
            }
        }
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (body.length > 0 || length >= 0) {
            head.append("Content-Length: ")
                    .append(length >= 0 ? length : body.length)
                    .append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.write(body);
        return all.toByteArray();
    }

    private String header() {
        return List.of(
                        "X-Long: " + "a".repeat(random.nextInt(40_000)),
                        "X: 1\r\n".repeat(1 + random.nextInt(2000)) + "X: 2",
                        "Content-Type: text/plain",
                        "Content-Type: application/json; charset=utf-16",
                        "Content-Encoding: gzip",
                        "Transfer-Encoding: chunked",
                        "Expect: 100-continue",
                        "Host: evil.example",
                        "Authorization: Bearer x",
                        "Range: bytes=0-",
                        "Content-Length: 3",
                        "Content-Length: -1",
                        "Upgrade: h2c",
                        "bad header",
                        "X: \u0001\u00ff",
                        "If-None-Match: *",
                        "Accept-Encoding: gzip",
                        "Content-Encoding: identity")
                .get(random.nextInt(18));
    }

    private String spoilPath(String path) {
        String part = List.of(
                        "/../../secret.safetensors",
                        "/..%2f..%2fsecret",
                        "/%2e%2e/%2e%2e/etc/passwd",
                        "/..\\..\\secret",
                        "/%00",
                        "//",
                        "/;x=1",
                        "?x=%zz",
                        "/%c0%ae%c0%ae/secret",
                        "/" + "a".repeat(random.nextInt(30_000)),
                        "/\u00e9",
                        "/%F0%9F%98%80",
                        "#x",
                        " HTTP/1.1",
                        "/secret")
                .get(random.nextInt(15));
        return random.nextBoolean() ? path + part : path.substring(0, random.nextInt(path.length()) + 1) + part;
    }

    private byte[] spoilBytes(byte[] body) {
        if (body.length == 0) {
            return body;
        }
        byte[] spoiled = body.clone();
        switch (random.nextInt(6)) {
            case 0 -> spoiled[random.nextInt(body.length)] = (byte) random.nextInt(256);
            case 1 -> {
                return Arrays.copyOf(body, random.nextInt(body.length));
            }
            case 2 -> {
                int from = random.nextInt(body.length);
                for (int i = from; i < Math.min(body.length, from + 8); i++) {
                    spoiled[i] = (byte) random.nextInt(256);
                }
            }
            case 3 -> {
                return new String(body, StandardCharsets.UTF_8)
                        .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE);
            }
            case 4 -> {
                return ("\ufeff" + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                ByteArrayOutputStream twice = new ByteArrayOutputStream();
                twice.writeBytes(body);
                twice.write(body, 0, random.nextInt(body.length));
                return twice.toByteArray();
            }
        }
        return spoiled;
    }

    /** Puts something else in the place of one of the values, or adds one. */
    private byte[] spoilJson(byte[] body) throws IOException {
        Object value;
        try {
            value = Json.read("body", new String(body, StandardCharsets.UTF_8));
        } catch (IOException noLongerJson) {
            return body;
        }
        String text = random.nextInt(4) == 0 && value instanceof Map<?, ?> map
                ? "{"
                        + Json.write(List.of("x" + random.nextInt()))
                                .replace("[", "")
                                .replace("]", "") + ":" + strange()
                        + (map.isEmpty() ? "}" : "," + Json.write(map).substring(1))
                : replaced(Json.write(value));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String replaced(String json) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 1 < json.length(); i++) {
            if (json.charAt(i) == ':' || json.charAt(i) == '[') {
                starts.add(i + 1);
            }
        }
        if (starts.isEmpty()) {
            return strange();
        }
        int from = starts.get(random.nextInt(starts.size()));
        int to = from;
        for (int depth = 0; to < json.length(); to++) {
            char c = json.charAt(to);
            if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                break;
            }
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        }
        return json.substring(0, from) + strange() + json.substring(to);
    }

    private String strange() {
        int kind = random.nextInt(40);
        return switch (kind) {
            case 0 -> "\"" + "na".repeat(random.nextInt(60_000)) + "\"";
            case 1 -> "[".repeat(random.nextInt(5000));
            case 2 -> "[" + "1,".repeat(random.nextInt(5000)) + "1]";
            case 3 -> "{\"a\":".repeat(random.nextInt(5000)) + "1";
            // Longer than a body may be, or nearly.
            case 4 -> "\"" + "na".repeat(1 << (18 + random.nextInt(2))) + "\"";
            case 5 -> random.nextInt(8) == 0 ? "[".repeat(1 << 19) : "[]";
            default -> STRANGE.get(kind % STRANGE.size());
        };
    }
}
