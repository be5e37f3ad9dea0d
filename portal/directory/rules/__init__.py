"""What the directory decides, as pure functions over values: no database, no clock, no page."""
