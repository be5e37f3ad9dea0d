"""Words: the thesaurus of services and the life situations."""
