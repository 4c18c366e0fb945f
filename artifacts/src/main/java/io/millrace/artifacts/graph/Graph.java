package io.millrace.artifacts.graph;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be drawn.
 *
 * @param boxes in any order
 * @param arrows between boxes; no circles
 */
public record Graph(List<Box> boxes, List<Arrow> arrows) {
    /**
     * A box.
     *
     * @param kind letters and digits only; says how it looks
     * @param title first line
     * @param lines further ones
     */
    public record Box(String id, String kind, String title, List<String> lines) {
        public Box {
            requireNonNull(id, "id is null");
            requireNonNull(title, "title is null");
            lines = List.copyOf(lines);
            if (!kind.matches("[a-z0-9]+")) {
                throw new IllegalArgumentException("not a kind of box: " + kind);
            }
        }
    }

    /** An arrow from a box to one. */
    public record Arrow(String from, String to) {
        public Arrow {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
        }
    }

    public Graph {
        boxes = List.copyOf(boxes);
        arrows = arrows.stream().distinct().toList();
        Set<String> ids = new HashSet<>();
        boxes.forEach(box -> ids.add(box.id()));
        if (ids.size() != boxes.size()) {
            throw new IllegalArgumentException("two boxes have one id");
        }
        for (Arrow arrow : arrows) {
            if (!ids.contains(arrow.from()) || !ids.contains(arrow.to())) {
                throw new IllegalArgumentException("there is no box for " + arrow);
            }
        }
    }
}
