"""What programs are told of the site: its map, its search, how it is."""
