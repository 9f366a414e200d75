package dev.namaskar.serve.page;

import dev.namaskar.serve.http.ClassPathFiles;
import dev.namaskar.serve.http.Route;
import java.util.List;
import java.util.Map;

/** The page for people: its files, the library that draws its charts, and which views it has here. */
public final class PageRoutes {
    private static final String FILES = "dev/namaskar/serve/page";
    private static final String CHARTS = "META-INF/resources/webjars/uplot/1.6.30/dist";

    private PageRoutes() {}

    /**
     * The routes of the page.
     *
     * @param views of {@code runs}, {@code playground} and {@code classroom} those whose routes the server has, the first
     *     of them shown at first
     */
    public static List<Route> of(List<String> views) {
        ClassLoader loader = PageRoutes.class.getClassLoader();
        return List.of(
                ClassPathFiles.at("/", FILES, loader),
                ClassPathFiles.at("/uplot/", CHARTS, loader),
                Route.get("/views", exchange -> exchange.reply(Map.of("views", views))));
    }
}
