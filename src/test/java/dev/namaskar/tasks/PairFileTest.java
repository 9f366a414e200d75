package dev.namaskar.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs and targets as people have them; in the cases {@code ~} stands for a tab and {@code ;;} for the end of a line. */
class PairFileTest {
    private static final PairFile FILE =
            new PairFile(new PairFile.Side("text", "message", "review"), new PairFile.Side("label", "class"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a b~x;;c~y;;                                  | a b=x / c=y",
                ";;  ;;a~x;;;;c~y                              | a=x / c=y",
                "text~label;;a~x;;c~y                          | a=x / c=y",
                "label~text;;x~a;;y~c                          | a=x / c=y",
                "id~Message~ CLASS ;;1~a~x;;2~c~y              | a=x / c=y",
                "text,label;;a,x;;\"c, d\",y                   | a=x / c, d=y",
                "label;text;;x;a, b;;y;\"c \"\"d\"\"\"         | a, b=x / c \"d\"=y",
                "\"text\",\"label\";;\"a;;b\",\"x\"            | a\\nb=x",
                "\"a\"~\"x\";;\"c\"~\"y\"                      | a=x / c=y",
                "\"text\"~\"label\";;\"a\"~\"x\"               | a=x",
                "\"a\" he said~x;;\"c\"~y                      | \"a\" he said=x / \"c\"=y",
                "\"he said \"\"a\"\"\"~x;;c~y                  | he said \"a\"=x / c=y",
                "id,message,text,label;;1,n,a,x                | a=x",
                "\"n, m\",text,label,b;;1,a,x,0                | a=x",
                "Sep=,;;label,text;;x,\"a, b\"               | a, b=x",
                "label~text;;x~\"a;;b \"\"c\"\"\";;y~d           | a\\nb \"c\"=x / d=y",
                "{\"label\":\"x\",\"n\":[1],\"Text\":\"a\\tb\"};;{\"Text\":\"c\",\"label\":2} | a\\tb=x / c=2",
                "__label__x a b;;__label__y c                  | a b=x / c=y",
                "text~a;;label~b                               | text=a / label=b",
            })
    void reads(String lines, String expected) throws IOException {
        assertThat(FILE.read(file(lines), null).stream().map(pair -> pair.input() + "=" + pair.target()))
                .containsExactly(
                        expected.replace("\\n", "\n").replace("\\t", "\t").split(" / "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'   ;;'                 | expected lines of a text, a tab and a label, found none",
                "a b;;c~y                | line 1: expected a text, one tab and a label, found no tab; where this is a"
                        + " table",
                "a~x~1;;c~y~2            | line 1: expected a text, one tab and a label, found a second tab at column"
                        + " 4; where",
                "a~x;;c~y~2              | line 2: expected a text, one tab and a label, found a second tab at column"
                        + " 4",
                "a~x;;c~                 | line 2: expected a text, one tab and a label, found nothing behind the tab",
                "'text,label;;a,x;; ,y'  | line 3: expected a text and a label, found no text",
                "label~text;;x~a;;y~     | line 3: expected a text and a label, found no text",
                "'message,review,label;;a,b,x' | expected one column for the text, found message and review; call the"
                        + " one that is meant \"text\"",
                "'{\"text\":\"a\"}'      | line 1: expected a key \"text\" and one \"label\", found text",
                "'{\"text\":\"a\",\"label\":\"x\"};;{\"text\":\"b\"}' | line 2: expected a text and a label, found no"
                        + " label",
                "'{\"text\":[],\"label\":\"x\"}' | line 1: expected a text or a number, found an array",
                "'{\"text\":\"a\",\"label\":\"x\"};;c~y' | line 2: expected JSON",
                "sep=,                   | line 1: expected a text, one tab",
                "__label__ a             | line 1: expected a text and a label, found no label",
                "text~label;;            | expected lines behind the heading, found none",
                "text~label~n;;a~x~1;;c~y | line 3: expected 3 cells, as in the heading, found 2",
                "'text,label;;a,x;;c,d,y' | line 3: expected 2 cells, as in the heading, found 3",
                "'text,label;;\"a,x'     | quote",
                "__label__x a;;y c       | line 2: expected one __label__ and a text, as in the first line, found \"y"
                        + " c\"",
                "__label__x __label__y a | line 1: expected one __label__ and a text",
            })
    void saysWhatIsExpected(String lines, String message) {
        assertThatThrownBy(() -> FILE.read(file(lines), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pairs.tsv")
                .hasMessageContaining(message);
    }

    @Test
    void takesTheMarkThatExcelNames() throws IOException {
        Path file = Files.writeString(folder.resolve("pairs.tsv"), "sep=|\r\nlabel|text\r\nx|\"a, b\"\r\n");
        assertThat(FILE.read(file, null)).containsExactly(new PairFile.Pair("a, b", "x", "line 3"));
    }

    @Test
    void looksAtEveryCellOfAHeading() throws IOException {
        String before = "n~".repeat(500);
        assertThat(FILE.read(file(before + "text~label;;" + before + "a~x"), null))
                .containsExactly(new PairFile.Pair("a", "x", "line 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__label__x~a b;;__label__y c d",
                "{ \"text\": \"a b\", \"label\": \"x\" };;{ \"text\" : \"c d\", \"label\" : \"y\" }",
                "a b~x;;\uFEFFc d~y"
            })
    void takesWhatOtherProgramsPutBetween(String lines) throws IOException {
        assertThat(FILE.read(file(lines), null))
                .containsExactly(new PairFile.Pair("a b", "x", "line 1"), new PairFile.Pair("c d", "y", "line 2"));
    }

    private Path file(String lines) throws IOException {
        return Files.writeString(
                folder.resolve("pairs.tsv"), lines.strip().replace("~", "\t").replace(";;", "\n"));
    }
}
