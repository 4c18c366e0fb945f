package io.millrace.artifacts.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.graph.Graph.Arrow;
import io.millrace.artifacts.graph.Graph.Box;
import io.millrace.artifacts.graph.Layout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static Graph graph(int size, Arrow... arrows) {
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boxes.add(new Box("b" + i, "step", "box " + i, List.of("line")));
        }
        return new Graph(boxes, List.of(arrows));
    }

    private static Arrow arrow(int from, int to) {
        return new Arrow("b" + from, "b" + to);
    }

    private static Graph random(long seed) {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(40);
        List<Arrow> arrows = new ArrayList<>();
        for (int i = 0; i < size * 2; i++) {
            int from = random.nextInt(size - 1);
            arrows.add(arrow(from, from + 1 + random.nextInt(size - from - 1)));
        }
        return graph(size, arrows.toArray(Arrow[]::new));
    }

    private static boolean meet(Place one, Place other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    @Test
    void boxesDoNotMeetAndArrowsGoToTheRight() {
        for (long seed = 0; seed < 60; seed++) {
            Graph graph = random(seed);
            Layout layout = Layout.of(graph);
            List<Place> places = layout.places();
            for (int i = 0; i < places.size(); i++) {
                Place place = places.get(i);
                assertThat(place.x()).isNotNegative();
                assertThat(place.y()).isNotNegative();
                assertThat(place.x() + place.width()).isLessThanOrEqualTo(layout.width());
                assertThat(place.y() + place.height()).isLessThanOrEqualTo(layout.height());
                for (int j = 0; j < i; j++) {
                    assertThat(meet(place, places.get(j))).as("%s and %s", i, j).isFalse();
                }
            }
            for (List<Layout.Point> route : layout.routes()) {
                for (int i = 1; i < route.size(); i++) {
                    assertThat(route.get(i).x()).isGreaterThanOrEqualTo(route.get(i - 1).x());
                }
            }
            assertThat(Svg.file(graph, "g")).isEqualTo(Svg.file(random(seed), "g"));
        }
    }

    @Test
    void aChainIsAStraightLine() {
        Layout layout = Layout.of(graph(3, arrow(0, 1), arrow(1, 2)));
        assertThat(layout.places()).extracting(Place::y).containsOnly(16.0);
    }

    @Test
    void arrowsThatNeedNotCrossDoNot() {
        Layout layout = Layout.of(graph(4, arrow(0, 3), arrow(1, 2)));
        List<Place> places = layout.places();
        assertThat(places.get(0).y() < places.get(1).y())
                .isEqualTo(places.get(3).y() < places.get(2).y());
    }

    @Test
    void namesAreText() {
        String svg =
                Svg.file(
                        new Graph(
                                List.of(
                                        new Box(
                                                "b",
                                                "step",
                                                "<script>\"'&]]>\u202E\u0000",
                                                List.of())),
                                List.of()),
                        "<b>");
        assertThat(svg)
                .contains("&lt;script&gt;", "&quot;&#39;&amp;]]&gt;")
                .contains("\\u202E", "aria-label=\"&lt;b&gt;\"")
                .doesNotContain("<script", "<b>", "\u0000");
    }

    @Test
    void circlesAndArrowsToNothingAreRefused() {
        assertThatThrownBy(() -> Layout.of(graph(2, arrow(0, 1), arrow(1, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> graph(1, arrow(0, 7)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
