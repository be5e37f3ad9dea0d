"""The search on other sites: links to copy, and a view made for a frame."""
