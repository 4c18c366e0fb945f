package io.millrace.artifacts.graph;

import io.millrace.artifacts.graph.Graph.Box;
import io.millrace.artifacts.graph.Layers.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything of a graph stands, in pixels from the upper left; the arrows go to the right.
 * The same graph gives the same places.
 *
 * @param places in the order of the boxes
 * @param routes points of each arrow, in the order of the arrows
 */
record Layout(List<Place> places, List<List<Point>> routes, double width, double height) {
    private static final double MARGIN = 16;
    private static final double BETWEEN_LAYERS = 56;
    private static final double BETWEEN_BOXES = 18;
    private static final double BETWEEN_BENDS = 9;
    private static final int SWEEPS = 24;

    /** A box's rectangle. */
    record Place(double x, double y, double width, double height) {}

    /** A point of an arrow. */
    record Point(double x, double y) {}

    Layout {
        places = List.copyOf(places);
        routes = routes.stream().map(List::copyOf).toList();
    }

    static Layout of(Graph graph) {
        Layers layers = Layers.of(graph);
        Map<Cell, Double> middles = middles(graph, layers.cells());
        Place[] places = new Place[graph.boxes().size()];
        Map<Cell, Point> lefts = new HashMap<>();
        Map<Cell, Point> rights = new HashMap<>();
        double x = MARGIN;
        for (List<Cell> layer : layers.cells()) {
            double width = 0;
            for (Cell cell : layer) {
                width = Math.max(width, cell.isBend() ? 0 : width(graph.boxes().get(cell.box)));
            }
            for (Cell cell : layer) {
                double middle = middles.get(cell);
                lefts.put(cell, new Point(x, middle));
                rights.put(cell, new Point(x + width, middle));
                if (!cell.isBend()) {
                    double height = height(graph.boxes().get(cell.box));
                    places[cell.box] = new Place(x, middle - height / 2, width, height);
                }
            }
            x += width + BETWEEN_LAYERS;
        }
        List<List<Point>> routes = new ArrayList<>();
        for (List<Cell> route : layers.routes()) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < route.size(); i++) {
                if (i > 0) {
                    points.add(lefts.get(route.get(i)));
                }
                if (i < route.size() - 1) {
                    points.add(rights.get(route.get(i)));
                }
            }
            routes.add(points);
        }
        double bottom = 0;
        for (Place place : places) {
            bottom = Math.max(bottom, place.y() + place.height());
        }
        for (double middle : middles.values()) {
            bottom = Math.max(bottom, middle);
        }
        return new Layout(
                List.of(places),
                routes,
                Math.max(2 * MARGIN, x - BETWEEN_LAYERS + MARGIN),
                bottom + MARGIN);
    }

    static double width(Box box) {
        int longest = box.title().codePointCount(0, box.title().length()) + 1;
        for (String line : box.lines()) {
            longest = Math.max(longest, line.codePointCount(0, line.length()));
        }
        return Math.min(248, Math.max(104, 7.4 * longest + 26));
    }

    static double height(Box box) {
        return 30 + 16.0 * box.lines().size();
    }

    /** Each cell as near to the middle of its neighbours as those beside it allow. */
    private static Map<Cell, Double> middles(Graph graph, List<List<Cell>> layers) {
        Map<Cell, Double> middles = new HashMap<>();
        for (List<Cell> layer : layers) {
            double y = 0;
            for (Cell cell : layer) {
                middles.put(cell, y);
                y += 1;
            }
            spread(graph, layer, middles);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < layers.size(); i++) {
                List<Cell> layer = layers.get(sweep % 2 == 0 ? i : layers.size() - 1 - i);
                Map<Cell, Double> wished = new HashMap<>();
                for (Cell cell : layer) {
                    wished.put(cell, wished(cell, middles, sweep));
                }
                middles.putAll(wished);
                spread(graph, layer, middles);
            }
        }
        double top = Double.MAX_VALUE;
        for (Map.Entry<Cell, Double> middle : middles.entrySet()) {
            top = Math.min(top, middle.getValue() - half(graph, middle.getKey()));
        }
        double shift = MARGIN - top;
        middles.replaceAll((cell, middle) -> middle + shift);
        return middles;
    }

    private static double wished(Cell cell, Map<Cell, Double> middles, int sweep) {
        List<Cell> around = new ArrayList<>(cell.neighbours(sweep % 2 == 0));
        if (around.isEmpty() || sweep >= SWEEPS - 4) {
            around.addAll(cell.neighbours(sweep % 2 != 0));
        }
        return around.stream().mapToDouble(middles::get).average().orElse(middles.get(cell));
    }

    /**
     * Moves the cells of a layer apart, as little as possible: least squares under the order
     * (pooling of neighbours that would meet).
     */
    private static void spread(Graph graph, List<Cell> layer, Map<Cell, Double> middles) {
        int size = layer.size();
        double[] offsets = new double[size];
        double[] sums = new double[size];
        double[] weights = new double[size];
        int[] counts = new int[size];
        int pools = 0;
        for (int i = 0; i < size; i++) {
            Cell cell = layer.get(i);
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + apart(graph, layer.get(i - 1), cell);
            double weight = cell.isBend() ? 4 : 1;
            sums[pools] = weight * (middles.get(cell) - offsets[i]);
            weights[pools] = weight;
            counts[pools] = 1;
            pools++;
            while (pools > 1
                    && sums[pools - 2] / weights[pools - 2]
                            > sums[pools - 1] / weights[pools - 1]) {
                sums[pools - 2] += sums[pools - 1];
                weights[pools - 2] += weights[pools - 1];
                counts[pools - 2] += counts[pools - 1];
                pools--;
            }
        }
        int cell = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < counts[pool]; i++) {
                middles.put(layer.get(cell), sums[pool] / weights[pool] + offsets[cell]);
                cell++;
            }
        }
    }

    private static double apart(Graph graph, Cell upper, Cell lower) {
        return half(graph, upper)
                + half(graph, lower)
                + (upper.isBend() && lower.isBend() ? BETWEEN_BENDS : BETWEEN_BOXES);
    }

    private static double half(Graph graph, Cell cell) {
        return cell.isBend() ? 0 : height(graph.boxes().get(cell.box)) / 2;
    }
}
