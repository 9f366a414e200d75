package dev.namaskar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Programs that users would write: compiled against what is on the class path here, and run. */
public final class Programs {
    private Programs() {}

    /** A class from a text, to be compiled. */
    public static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public String getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** Compiles into a folder; returns what the compiler has to say against it, nothing if it is good. */
    public static String problems(Path classes, Iterable<? extends JavaFileObject> sources) {
        StringWriter problems = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean good = compiler.getTask(
                        problems,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        sources)
                .call();
        return good ? "" : problems.toString();
    }

    /** Compiles a file into a folder; fails with what the compiler has to say. */
    public static void compile(Path classes, Path program) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(new DiagnosticCollector<>(), null, StandardCharsets.UTF_8)) {
            assertThat(problems(classes, files.getJavaFileObjects(program))).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a compiled program in this JVM, with the services of {@code examples} to be found; returns what it printed. */
    public static String run(Path classes, String name, String... args) throws Exception {
        PrintStream before = System.out;
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        URL[] places = {classes.toUri().toURL(), Path.of("examples").toUri().toURL()};
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(places, usual);
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException failed) {
            throw new AssertionError(name + " failed", failed.getCause());
        } finally {
            System.setOut(before);
            Thread.currentThread().setContextClassLoader(usual);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
