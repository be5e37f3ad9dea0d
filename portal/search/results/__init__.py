"""The page of results: an answer of the search as people read it."""
