/**
 * Plans and runs as Delta tables of the warehouse. {@link
 * io.millrace.artifacts.store.ArtifactTable} has their columns, {@link
 * io.millrace.artifacts.store.ArtifactStore} fills them in the background.
 */
package io.millrace.artifacts.store;
