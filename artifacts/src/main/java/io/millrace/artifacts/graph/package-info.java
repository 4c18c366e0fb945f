/** Graphs with boxes and arrows, laid out in layers and drawn as SVG. */
package io.millrace.artifacts.graph;
