package io.millrace.artifacts.graph;

import io.millrace.artifacts.graph.Graph.Arrow;
import io.millrace.artifacts.graph.Graph.Box;
import io.millrace.artifacts.graph.Layout.Place;
import io.millrace.artifacts.graph.Layout.Point;
import java.util.List;
import java.util.Locale;

/** A graph as SVG. Whatever names hold stays text. */
public final class Svg {
    private static final String STYLE =
            """
            svg{background:#fff;color:#1c2430;font:12px ui-sans-serif,system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            .box rect{fill:#f7f8fa;stroke:#c4cad3}
            .box text{fill:currentColor;unicode-bidi:isolate}
            .box .title{font-weight:600}
            .box .line{opacity:.72}
            .arrow{fill:none;stroke:#98a1ae;stroke-width:1.3}
            .tip{fill:#98a1ae}
            @media (prefers-color-scheme:dark){svg{background:#12161c;color:#e4e8ee}.box rect{fill:#1b212a;stroke:#3a4453}.arrow{stroke:#677283}.tip{fill:#677283}}
            """;

    private Svg() {}

    /** A file of its own. */
    public static String file(Graph graph, String label) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + draw(graph, label, STYLE);
    }

    /**
     * For a page, which says how {@code box}, {@code arrow} and {@code tip} look. Boxes carry
     * {@code data-box}, arrows {@code data-from} and {@code data-to}.
     */
    public static String element(Graph graph, String label) {
        return draw(graph, label, "");
    }

    private static String draw(Graph graph, String label, String style) {
        Layout layout = Layout.of(graph);
        StringBuilder svg = new StringBuilder();
        String width = number(layout.width());
        String height = number(layout.height());
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"%s\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">\n"
                        .formatted(escaped(label), width, height, width, height));
        if (!style.isEmpty()) {
            svg.append("<style>\n").append(style).append("</style>\n");
        }
        for (int i = 0; i < graph.arrows().size(); i++) {
            arrow(svg, graph.arrows().get(i), layout.routes().get(i));
        }
        for (int i = 0; i < graph.boxes().size(); i++) {
            box(svg, graph.boxes().get(i), layout.places().get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void arrow(StringBuilder svg, Arrow arrow, List<Point> points) {
        Point end = points.get(points.size() - 1);
        StringBuilder path = new StringBuilder();
        Point last = points.get(0);
        path.append("M").append(number(last.x())).append(' ').append(number(last.y()));
        for (int i = 1; i < points.size(); i++) {
            Point next = points.get(i);
            double x = i == points.size() - 1 ? next.x() - 6 : next.x();
            double middle = (last.x() + x) / 2;
            path.append(
                    last.y() == next.y()
                            ? "H" + number(x)
                            : "C%s %s %s %s %s %s"
                                    .formatted(
                                            number(middle),
                                            number(last.y()),
                                            number(middle),
                                            number(next.y()),
                                            number(x),
                                            number(next.y())));
            last = next;
        }
        svg.append(
                "<g data-from=\"%s\" data-to=\"%s\"><path class=\"arrow\" d=\"%s\"/><path class=\"tip\" d=\"M%s %sl-7 -4v8z\"/></g>\n"
                        .formatted(
                                escaped(arrow.from()),
                                escaped(arrow.to()),
                                path,
                                number(end.x()),
                                number(end.y())));
    }

    private static void box(StringBuilder svg, Box box, Place place) {
        svg.append(
                "<g class=\"box %s\" data-box=\"%s\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"5\"/>"
                        .formatted(
                                box.kind(),
                                escaped(box.id()),
                                number(place.x()),
                                number(place.y()),
                                number(place.width()),
                                number(place.height())));
        int fits = (int) ((place.width() - 24) / 7.4);
        text(svg, "title", place.x() + 12, place.y() + 20, box.title(), fits);
        double y = place.y() + 20;
        for (String line : box.lines()) {
            y += 16;
            text(svg, "line", place.x() + 12, y, line, fits + 1);
        }
        svg.append("</g>\n");
    }

    private static void text(
            StringBuilder svg, String name, double x, double y, String text, int fits) {
        svg.append(
                "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
                        .formatted(name, number(x), number(y), escaped(cut(text, fits))));
    }

    private static String cut(String text, int fits) {
        return text.codePointCount(0, text.length()) <= fits
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(1, fits - 1))) + "…";
    }

    private static String number(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /**
     * Text of an element or of an attribute in double quotes; what steers the terminal is shown.
     */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '&' -> escaped.append("&amp;");
                                case '"' -> escaped.append("&quot;");
                                case '\'' -> escaped.append("&#39;");
                                default -> {
                                    if (isText(c)) {
                                        escaped.appendCodePoint(c);
                                    } else {
                                        escaped.append("\\u%04X".formatted(c));
                                    }
                                }
                            }
                        });
        return escaped.toString();
    }

    /**
     * Whether it may stand as it is: no control, no override of the direction, no half of a pair.
     */
    private static boolean isText(int c) {
        return !(Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= 0xD800 && c <= 0xDFFF)
                || c == 0xFFFE
                || c == 0xFFFF);
    }
}
