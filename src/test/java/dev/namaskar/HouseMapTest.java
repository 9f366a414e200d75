package dev.namaskar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.testing.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The page on the house shows what the code is. The right drawing and the right table are left in {@code target/guide},
 * to be taken over where the code is right and the page is old.
 */
class HouseMapTest {
    private final HouseMap map = new HouseMap();

    private static void leave(String name, String text) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "guide"));
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void thePictureIsDrawnFromTheCode() throws IOException {
        leave("house.svg", map.svg());

        assertThat(Path.of("src/site/markdown/pictures/house.svg")).hasContent(map.svg());
    }

    @Test
    void theTableIsMadeFromTheCode() throws IOException {
        leave("packages.md", map.table() + "\n");

        assertThat(Page.ofGuide("house").between("packages")).isEqualTo(map.table());
    }

    @Test
    void everyPackageIsDrawnOnceAndStandsOnWhatItImports() {
        String svg = map.svg();
        House.imports().forEach((name, below) -> {
            assertThat(svg.split(">" + name + "</text>", -1)).as(name).hasSize(2);
            assertThat(House.allowed(name)).containsAll(below);
            assertThat(below).containsAll(map.essential(name));
        });
        assertThat(map.essential("net")).isEqualTo(Set.of("cells"));
    }
}
