"""From a file to records: what a source declares, one line through every stage, every row accounted for.

    lists = open_lists(feeds, pieces)            the lists of a source, the oldest first; or Unreadable
    passage = read_line(source, line, reference) one line through every stage, nothing lost on the way
    for submission in submissions(...): ...      what the intake takes; each row of the file gives exactly one

Nothing here knows the database: the intake does.
"""
