package dev.namaskar.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    /** What the catalog here is of. */
    public interface Gate {
        String name();
    }

    record BuiltIn(String name) implements Gate {}

    /** A service. */
    public static final class Peephole implements Gate {
        static int made;

        /** Counts. */
        public Peephole() {
            made++;
        }

        @Override
        public String name() {
            return "peephole";
        }
    }

    /** A service that takes a built-in name. */
    public static final class Usurper implements Gate {
        @Override
        public String name() {
            return "FORGET";
        }
    }

    /** A service of the same name as another. */
    public static final class Twin implements Gate {
        @Override
        public String name() {
            return "PeepHole";
        }
    }

    /** A service that cannot be made. */
    public static final class Broken implements Gate {
        /** Fails. */
        public Broken() {
            throw new IllegalStateException("no battery");
        }

        @Override
        public String name() {
            return "broken";
        }
    }

    private static final Catalog<Gate> GATES = new Catalog<>(
            "gate",
            Gate.class,
            Gate::name,
            List.of(new BuiltIn("input"), new BuiltIn("forget"), new BuiltIn("output"), new BuiltIn("re-set")));

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private void provide(String... classes) throws IOException {
        Path services = folder.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.write(services.resolve(Gate.class.getName()), List.of(classes));
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
    }

    @Test
    void builtInNamesAreFoundWithoutLookingForServices() throws IOException {
        provide(Peephole.class.getName(), Usurper.class.getName());
        int made = Peephole.made;
        assertThat(GATES.get("forget")).isEqualTo(new BuiltIn("forget"));
        assertThat(GATES.get(" Re_Set ").name()).isEqualTo("re-set");
        assertThat(Peephole.made).isEqualTo(made);
    }

    @Test
    void servicesAreFoundByTheContextsClassLoader() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> GATES.get("peephole"));
        provide(Peephole.class.getName());
        assertThat(GATES.get("PeepHole")).isInstanceOf(Peephole.class);
        assertThat(GATES.names()).containsExactly("input", "forget", "output", "re-set");
        assertThat(GATES.all())
                .extracting(Gate::name)
                .containsExactly("input", "forget", "output", "re-set", "peephole");
        Thread.currentThread().setContextClassLoader(null);
        assertThat(GATES.all()).hasSize(4);
    }

    @Test
    void aSlipIsToldTheNearestNameFirstAndTheServiceThatIsMissing() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GATES.get("ouput"))
                .withMessage(
                        "no gate \"ouput\"; there are output, input, forget, re-set; any other has to be on the class"
                                + " path as a service of dev.namaskar.params.CatalogTest$Gate");
        provide(Peephole.class.getName());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GATES.get("pephole"))
                .withMessageContaining("there are peephole, ");
    }

    @Test
    void aBrokenServiceHidesNoOtherAndIsToldWhereANameIsNotFound() throws IOException {
        provide(Broken.class.getName(), "no.such.Thing", Peephole.class.getName());
        assertThat(GATES.get("peephole")).isInstanceOf(Peephole.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GATES.get("broken"))
                .withMessageContaining("where these failed: ")
                .withMessageContaining("CatalogTest$Broken")
                .withMessageContaining("no.such.Thing");
    }

    @Test
    void aNameHasOneMeaning() throws IOException {
        provide(Peephole.class.getName(), Twin.class.getName());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GATES.get("peephole"))
                .withMessageContaining("twice: ")
                .withMessageContaining("CatalogTest$Peephole and ")
                .withMessageContaining("CatalogTest$Twin");
        provide(Usurper.class.getName());
        assertThat(GATES.get("forget")).isInstanceOf(BuiltIn.class);
        assertThatIllegalArgumentException().isThrownBy(GATES::all).withMessageContaining("\"FORGET\" twice");
    }
}
