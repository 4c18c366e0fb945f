/**
 * Sessions: the only place where Flink's environments are made, from a profile, with catalog and
 * functions installed.
 */
package io.millrace.session;
