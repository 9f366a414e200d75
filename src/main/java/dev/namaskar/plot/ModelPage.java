package dev.namaskar.plot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.params.Params;
import dev.namaskar.symbols.SymbolDisplay;
import dev.namaskar.text.Candidate;
import dev.namaskar.text.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model as one HTML page that needs nothing else, in light and dark: its facts and tensors, its weights as a picture,
 * and, where it read a text, every unit's view of every character, to be looked through.
 */
public final class ModelPage {
    private final StringBuilder page = new StringBuilder();

    private ModelPage() {}

    /**
     * Writes the page.
     *
     * @param title the headline
     * @param facts sentences below it
     * @param tensors a row a tensor, the header first; all but the first column are numbers
     * @param trace what the model was while it read a text, or null
     * @param part the part of the state to begin with
     */
    public static String html(
            String title,
            List<String> facts,
            List<List<String>> tensors,
            Params params,
            @Nullable Trace trace,
            String part) {
        ModelPage page = new ModelPage();
        page.head(title, facts);
        if (trace != null) {
            page.trace(trace, part);
        }
        page.table(tensors);
        page.weights(params);
        if (trace != null) {
            page.add("<script>\n" + resource("page.js") + "</script>\n");
        }
        page.add("</body>\n</html>\n");
        return page.page.toString();
    }

    private void head(String title, List<String> facts) {
        add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        add(PictureFile.PAGE_NOTE);
        add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        add("<title>" + escaped(title) + "</title>\n<style>\n" + resource("page.css") + "</style>\n</head>\n<body>\n");
        add("<h1>" + escaped(title) + "</h1>\n");
        facts.forEach(fact -> add("<p class=\"facts\">" + escaped(fact) + "</p>\n"));
    }

    private void trace(Trace trace, String part) {
        add("<h2>What each unit says while the model reads</h2>\n<p class=\"controls\">");
        add("<label>units <select id=\"part\">");
        for (String name : trace.units().keySet()) {
            add("<option" + (name.equals(part) ? " selected" : "") + ">" + escaped(name) + "</option>");
        }
        add("</select></label> <label>unit <input id=\"unit\" type=\"number\" min=\"0\" value=\"0\"></label> ");
        add("<button id=\"before\" type=\"button\">previous</button> <button id=\"after\""
                + " type=\"button\">next</button>");
        add("<span class=\"hint\">blue -1, orange 1</span></p>\n<div id=\"text\">");
        for (int t = 0; t < trace.symbols().size(); t++) {
            symbol(trace, t);
        }
        add("</div>\n<p id=\"said\" class=\"hint\">Point at a character to see what the model predicted.</p>\n");
        add("<p class=\"hint\">All units over the text, those that vary most, by where they peak; click a row to choose"
                + " one.</p>\n<div class=\"wide\"><canvas id=\"map\"></canvas></div>\n");
        add("<noscript><p>The colours need JavaScript.</p></noscript>\n");
        for (String name : trace.units().keySet()) {
            float[][] values = UnitValues.squashed(trace, name);
            add("<data class=\"part\" data-name=\"" + escaped(name) + "\" data-units=\"" + values[0].length
                    + "\" value=\"" + Base64.getEncoder().encodeToString(UnitValues.bytes(values)) + "\"></data>\n");
        }
    }

    private void symbol(Trace trace, int t) {
        String symbol = trace.symbols().get(t);
        double nats = trace.surprise()[t];
        String next = trace.next().get(t).stream().map(ModelPage::describe).collect(Collectors.joining("  "));
        add("<span data-symbol=\"" + escaped(named(symbol)) + "\" data-next=\"" + escaped(next) + "\"");
        if (!Double.isNaN(nats)) {
            add(String.format(Locale.ROOT, " data-bits=\"%.1f\"", nats / Math.log(2)));
        }
        boolean asItIs = symbol.equals(" ") || symbol.equals("\t") || !SymbolDisplay.isInvisible(symbol.codePointAt(0));
        add(">" + escaped(asItIs ? symbol : Drawing.shown(symbol)) + "</span>" + (symbol.equals("\n") ? "\n" : ""));
    }

    private static String describe(Candidate candidate) {
        return named(candidate.symbol()) + " " + candidate.digits();
    }

    /** A sign for what the picture has a sign for, the name of what cannot be seen. */
    private static String named(String symbol) {
        return "\n\t ".contains(symbol) ? Drawing.shown(symbol) : SymbolDisplay.of(symbol);
    }

    private void table(List<List<String>> rows) {
        add("<h2>Tensors</h2>\n<div class=\"wide\"><table>\n");
        for (int i = 0; i < rows.size(); i++) {
            String cell = i == 0 ? "th" : "td";
            add("<tr>");
            for (int j = 0; j < rows.get(i).size(); j++) {
                String kind = j == 0 ? "" : " class=\"number\"";
                add("<" + cell + kind + ">" + escaped(rows.get(i).get(j)) + "</" + cell + ">");
            }
            add("</tr>\n");
        }
        add("</table></div>\n");
    }

    private void weights(Params params) {
        add("<h2>Weights</h2>\n<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\""
                + image(params, Appearance.DARK) + "\">\n<img alt=\"heat maps of all weights\" src=\""
                + image(params, Appearance.LIGHT) + "\">\n</picture>\n");
    }

    private static String image(Params params, Appearance appearance) {
        return "data:image/png;base64,"
                + Base64.getEncoder().encodeToString(WeightMap.png(params, "Weights", appearance));
    }

    private void add(String html) {
        page.append(html);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ModelPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
