package io.millrace.artifacts.graph;

import io.millrace.artifacts.graph.Graph.Arrow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The boxes of a graph in layers, each after all that it has arrows from, ordered within the layers
 * so that few arrows cross. An arrow over several layers goes through a bend in each between.
 */
final class Layers {
    private static final int SWEEPS = 12;

    /** A box, or a bend of an arrow. */
    static final class Cell {
        final int box;
        final int layer;
        final List<Cell> before = new ArrayList<>();
        final List<Cell> after = new ArrayList<>();
        int place;

        private Cell(int box, int layer) {
            this.box = box;
            this.layer = layer;
        }

        boolean isBend() {
            return box < 0;
        }

        List<Cell> neighbours(boolean back) {
            return back ? before : after;
        }
    }

    private final List<List<Cell>> layers = new ArrayList<>();
    private final List<List<Cell>> routes = new ArrayList<>();

    private Layers() {}

    /** By layer, in order. */
    List<List<Cell>> cells() {
        return layers;
    }

    /** Cells that each arrow goes through, its ends among them, in the order of the arrows. */
    List<List<Cell>> routes() {
        return routes;
    }

    static Layers of(Graph graph) {
        Layers result = new Layers();
        Map<String, Integer> numbers = new HashMap<>();
        graph.boxes().forEach(box -> numbers.put(box.id(), numbers.size()));
        int[] depths = depths(graph, numbers);
        List<Cell> cells = new ArrayList<>();
        for (int box = 0; box < depths.length; box++) {
            cells.add(result.add(box, depths[box]));
        }
        for (Arrow arrow : graph.arrows()) {
            Cell last = cells.get(numbers.get(arrow.from()));
            Cell to = cells.get(numbers.get(arrow.to()));
            List<Cell> route = new ArrayList<>(List.of(last));
            for (int layer = last.layer + 1; layer <= to.layer; layer++) {
                Cell next = layer == to.layer ? to : result.add(-1, layer);
                last.after.add(next);
                next.before.add(last);
                route.add(next);
                last = next;
            }
            result.routes.add(route);
        }
        result.order();
        return result;
    }

    private Cell add(int box, int layer) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        Cell cell = new Cell(box, layer);
        cell.place = layers.get(layer).size();
        layers.get(layer).add(cell);
        return cell;
    }

    /** Length of the longest way to each box; what nothing leads to stands next to its reader. */
    private static int[] depths(Graph graph, Map<String, Integer> numbers) {
        int size = numbers.size();
        List<List<Integer>> after = new ArrayList<>();
        int[] open = new int[size];
        for (int box = 0; box < size; box++) {
            after.add(new ArrayList<>());
        }
        for (Arrow arrow : graph.arrows()) {
            after.get(numbers.get(arrow.from())).add(numbers.get(arrow.to()));
            open[numbers.get(arrow.to())]++;
        }
        int[] depths = new int[size];
        boolean[] first = new boolean[size];
        Deque<Integer> ready = new ArrayDeque<>();
        for (int box = 0; box < size; box++) {
            first[box] = open[box] == 0;
            if (first[box]) {
                ready.add(box);
            }
        }
        int done = 0;
        while (!ready.isEmpty()) {
            int box = ready.remove();
            done++;
            for (int next : after.get(box)) {
                depths[next] = Math.max(depths[next], depths[box] + 1);
                if (--open[next] == 0) {
                    ready.add(next);
                }
            }
        }
        if (done < size) {
            throw new IllegalArgumentException("the arrows go in a circle");
        }
        for (int box = 0; box < size; box++) {
            if (first[box] && !after.get(box).isEmpty()) {
                depths[box] =
                        after.get(box).stream().mapToInt(next -> depths[next]).min().orElse(1) - 1;
            }
        }
        return depths;
    }

    private void order() {
        List<List<Cell>> best = copy();
        long fewest = crossings();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean back = sweep % 2 == 0;
            for (int i = 1; i < layers.size(); i++) {
                int layer = back ? i : layers.size() - 1 - i;
                sort(layers.get(layer), back);
            }
            long crossings = crossings();
            if (crossings < fewest) {
                fewest = crossings;
                best = copy();
            }
        }
        for (int layer = 0; layer < best.size(); layer++) {
            layers.set(layer, best.get(layer));
            number(best.get(layer));
        }
    }

    private List<List<Cell>> copy() {
        List<List<Cell>> copy = new ArrayList<>();
        layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
        return copy;
    }

    /** By the middle of the neighbours; what has none stays where it is. */
    private static void sort(List<Cell> layer, boolean back) {
        Map<Cell, Double> middles = new HashMap<>();
        for (Cell cell : layer) {
            middles.put(
                    cell,
                    cell.neighbours(back).stream()
                            .mapToInt(other -> other.place)
                            .average()
                            .orElse(cell.place));
        }
        layer.sort(Comparator.comparing(middles::get));
        number(layer);
    }

    private static void number(List<Cell> layer) {
        for (int place = 0; place < layer.size(); place++) {
            layer.get(place).place = place;
        }
    }

    private long crossings() {
        long crossings = 0;
        for (List<Cell> layer : layers) {
            List<int[]> arrows = new ArrayList<>();
            for (Cell cell : layer) {
                cell.after.forEach(next -> arrows.add(new int[] {cell.place, next.place}));
            }
            for (int i = 0; i < arrows.size(); i++) {
                for (int j = i + 1; j < arrows.size(); j++) {
                    int[] one = arrows.get(i);
                    int[] other = arrows.get(j);
                    if ((long) (one[0] - other[0]) * (one[1] - other[1]) < 0) {
                        crossings++;
                    }
                }
            }
        }
        return crossings;
    }
}
