"""The door in: files and listings of others, and the command line that opens every room."""
