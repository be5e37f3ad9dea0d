"""The fast engine: Whoosh keeps the inverted index on disk, everything asked of it is answered by arrays.

    building, segments, codec, pool     documents -> segments of Whoosh, with postings as raw arrays
    columns, tags, names, grid          what a document is beside its words, one array for each property
    openings, lexicon                   timetables of all schedules; words as they are written
    states, keeping, opening, reading   generations, commits, checksums, the pointer; several processes
    view                                everything of one commit, open
    matching, choosing, grouping,
    paging, answering                   question -> rows -> one hit for each group -> a page and counts

A question costs a few dozen operations on arrays as long as what it finds, and none on documents.
"""
