/**
 * The commit path: what writers staged becomes exactly one version of the target table. Nothing in
 * here but the serializers knows Flink.
 */
package io.millrace.delta.commit;
