/** Values that cross modules: plans, settings, dataset resolutions and runs. */
package io.millrace.artifacts;
