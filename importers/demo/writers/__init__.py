"""Writers of files in the real national formats: pure functions from our own content to bytes, the same every time."""
