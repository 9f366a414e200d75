package dev.namaskar.cli.command;

import dev.namaskar.cli.options.Failure;
import dev.namaskar.train.run.TrainingListener;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C while a network is trained: the first ends the run after the step it is in, so that its checkpoint is kept; a
 * second quits at once. Where the JVM or the shell keeps the signal to itself, as for commands in the background,
 * nothing changes.
 */
public final class StopSignal implements TrainingListener, AutoCloseable {
    private final PrintWriter err;
    private final @Nullable Object before;
    private volatile boolean asked;

    public StopSignal(PrintWriter err) {
        this.err = err;
        before = handle((proxy, method, args) -> {
            // A handler is asked for its hash code and name too.
            return method.getName().equals("handle") ? stop() : method.getName().equals("hashCode") ? 0 : null;
        });
    }

    private @Nullable Object stop() {
        if (asked) {
            Runtime.getRuntime().halt(Failure.STOPPED);
        }
        asked = true;
        err.println("stopping after this step, to keep a checkpoint; Ctrl-C again quits at once");
        return null;
    }

    @Override
    public boolean asksToStop() {
        return asked;
    }

    @Override
    public void close() {
        if (before != null) {
            handle(before);
        }
    }

    private static @Nullable Object handle(InvocationHandler handler) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return handle(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Sets the handler of the interrupt signal, by name, as no Java standard has signals; returns the one before. */
    private static @Nullable Object handle(Object handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
