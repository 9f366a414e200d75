package dev.namaskar.serve.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. With a token: who knows it. Without one the server listens to its own machine alone, and answers to the
 * names of that machine alone: a page from elsewhere whose name was made to point here (DNS rebinding) is turned away.
 */
final class Gate {
    private static final String BEARER = "bearer ";

    private final byte @Nullable [] token;
    private final Set<String> names = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    /**
     * A gate.
     *
     * @param host where the server listens
     * @throws IllegalArgumentException if that is not the machine itself, and there is no token
     */
    Gate(String host, @Nullable String token) {
        if (token == null && !isLoopback(host)) {
            throw new IllegalArgumentException("`host`: expected a token (`token-file`) to listen on " + host
                    + ", where others can reach the server; without one it listens on 127.0.0.1");
        }
        if (token != null && !token.matches("[\\x21-\\x7e]{8,4096}")) {
            throw new IllegalArgumentException(
                    "`token-file`: expected a token of 8 to 4096 visible ASCII characters in one line");
        }
        this.token = token == null ? null : token.getBytes(StandardCharsets.US_ASCII);
        names.add(host.toLowerCase(Locale.ROOT));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("`host`: expected a name or address of this machine, found " + host, e);
        }
    }

    /** Whether what this request says of who sends it is enough. */
    boolean knows(@Nullable String authorization) {
        if (token == null) {
            return true;
        }
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        byte[] found = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, found);
    }

    /**
     * Lets a request through that calls the server by a name of this machine, or knows the token.
     *
     * @throws Refusal if it calls the server by another's name
     */
    void checkHost(@Nullable String host) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
        if (token == null && !name.isEmpty() && !names.contains(name)) {
            throw new Refusal(
                    421,
                    "host_not_known",
                    null,
                    "expected a Host of this machine (127.0.0.1, localhost), found another; behind a proxy let it send"
                            + " the server's own, or give the server a token");
        }
    }
}
