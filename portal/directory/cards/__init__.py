"""What pages, lists and exports see of the directory: frozen, already obeying who may see what."""
