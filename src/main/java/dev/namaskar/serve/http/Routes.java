package dev.namaskar.serve.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All routes of a server, and which of them a path is. */
final class Routes {
    private static final String REST = "*";

    private final List<Pattern> patterns;

    /** A route that was found. */
    record Found(Route route, Map<String, String> parameters) {}

    private record Pattern(Route route, String[] segments) {
        /** Smaller for a path that says more: words, then names, then the star, segment by segment. */
        String order() {
            StringBuilder order = new StringBuilder();
            for (String segment : segments) {
                order.append(segment.equals(REST) ? '2' : isName(segment) ? '1' : '0');
            }
            return order.append('3').toString();
        }

        @Nullable
        Map<String, String> match(String[] path) {
            boolean rest = segments.length > 0 && segments[segments.length - 1].equals(REST);
            if (rest ? path.length < segments.length : path.length != segments.length) {
                return null;
            }
            Map<String, String> parameters = new HashMap<>();
            for (int i = 0; i < segments.length; i++) {
                if (rest && i == segments.length - 1) {
                    parameters.put(REST, String.join("/", List.of(path).subList(i, path.length)));
                } else if (isName(segments[i])) {
                    parameters.put(segments[i].substring(1, segments[i].length() - 1), path[i]);
                } else if (!segments[i].equals(path[i])) {
                    return null;
                }
            }
            return parameters;
        }
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{");
    }

    Routes(List<Route> routes) {
        patterns = new ArrayList<>();
        for (Route route : routes) {
            patterns.add(new Pattern(route, route.path().substring(1).split("/", -1)));
        }
        patterns.sort(Comparator.comparing(Pattern::order));
    }

    /**
     * Finds the route of a request.
     *
     * @param encoded the path as it stands in the request
     * @throws Refusal if there is none (404), or none for this method (405)
     */
    Found find(String method, String encoded) {
        String[] path = decode(encoded);
        String asked = method.equals("HEAD") ? "GET" : method;
        Set<String> others = new TreeSet<>();
        for (Pattern pattern : patterns) {
            Map<String, String> parameters = pattern.match(path);
            if (parameters != null) {
                // What stands for every path is none's own: where another method has one, this method is wrong.
                boolean every = pattern.route().path().equals("/*");
                if (every && !others.isEmpty()) {
                    break;
                }
                if (pattern.route().method().equals(asked)) {
                    return new Found(pattern.route(), parameters);
                }
                if (!every) {
                    others.add(pattern.route().method());
                }
            }
        }
        if (others.isEmpty()) {
            throw new Refusal(
                    404, "not_found", null, "there is nothing at this path; /openapi.json says what there is");
        }
        throw Refusal.method(others);
    }

    private static String[] decode(String encoded) {
        String[] segments = encoded.substring(encoded.startsWith("/") ? 1 : 0).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            try {
                segments[i] = URLDecoder.decode(segments[i].replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw Refusal.wrong("invalid_path", null, "expected a path that is percent-encoded UTF-8");
            }
        }
        return segments;
    }
}
