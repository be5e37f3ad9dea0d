"""What the directory is asked: each function says what it returns, loads all of it, and orders it fully."""
