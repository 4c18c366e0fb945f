/**
 * {@code information_schema}: what a session knows of its tables, functions and settings, as
 * tables. One class for each; start reading at {@code InformationSchema}.
 */
package io.millrace.catalog.information;
