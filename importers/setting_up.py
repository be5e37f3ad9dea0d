"""`maillage init`: prepare a data directory, or bring it up to date; run twice, it changes nothing."""
