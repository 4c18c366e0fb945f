package io.millrace.codegraph.tables;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.delta.table.VersionActions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the commit of a revision says of itself.
 *
 * @param number position of the revision among all that were extracted into the warehouse, from 1;
 *     the version of the transaction
 * @param revisions the newest whole revision of each repository, this one included
 * @param follow what later refreshes extract further; empty where they leave the tables alone
 * @param abandoned whether this revision got lost before all tables had it: its version exists, but
 *     not all of its rows
 */
record RevisionMark(
        long number,
        String repository,
        String revision,
        Map<String, String> revisions,
        Optional<String> follow,
        boolean abandoned) {
    /** Application id of the transactions, the same in each table. */
    static final String APPLICATION = "millrace-extract";

    static final RevisionMark NONE = new RevisionMark(0, "", "", Map.of(), Optional.empty(), false);

    private static final String REPOSITORY = "millrace.repo";
    private static final String REVISION = "millrace.revision";
    private static final String REVISIONS = "millrace.revisions";
    private static final String FOLLOW = "millrace.follow";
    private static final String ABANDONED = "millrace.abandoned";

    RevisionMark {
        requireNonNull(repository, "repository is null");
        requireNonNull(revision, "revision is null");
        revisions = Map.copyOf(revisions);
        requireNonNull(follow, "follow is null");
    }

    /** The mark of the revision that comes after this one. */
    RevisionMark next(String nextRepository, String nextRevision, Optional<String> nextFollow) {
        Map<String, String> newest = new TreeMap<>(revisions);
        newest.put(nextRepository, nextRevision);
        return new RevisionMark(
                number + 1,
                nextRepository,
                nextRevision,
                newest,
                nextFollow.or(() -> follow),
                false);
    }

    /** This mark, for a revision that cannot be completed after {@code before}. */
    RevisionMark abandonedAfter(RevisionMark before) {
        return new RevisionMark(
                number, repository, revision, before.revisions(), before.follow(), true);
    }

    /** Parameters of the commit. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(REPOSITORY, repository);
        parameters.put(REVISION, revision);
        parameters.put(REVISIONS, json(revisions));
        follow.ifPresent(path -> parameters.put(FOLLOW, path));
        if (abandoned) {
            parameters.put(ABANDONED, "true");
        }
        return parameters;
    }

    static RevisionMark of(VersionActions commit) {
        Map<String, String> parameters = commit.info().parameters();
        return new RevisionMark(
                commit.transactions().getOrDefault(APPLICATION, 0L),
                parameters.getOrDefault(REPOSITORY, ""),
                parameters.getOrDefault(REVISION, ""),
                map(parameters.getOrDefault(REVISIONS, "{}")),
                Optional.ofNullable(parameters.get(FOLLOW)),
                parameters.containsKey(ABANDONED));
    }

    private static String json(Map<String, String> revisions) {
        try {
            return new ObjectMapper().writeValueAsString(new TreeMap<>(revisions));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    private static Map<String, String> map(String json) {
        try {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not written by an extraction: " + json, e);
        }
    }
}
