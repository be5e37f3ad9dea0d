"""The tables of the directory; every relationship raises when lazy, so that a page cannot cause a query."""
