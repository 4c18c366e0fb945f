/** Source trees and their revisions: folders, source jars, git work trees. */
package io.millrace.codegraph.input;
