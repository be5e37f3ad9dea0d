"""What the intake decides: pure functions over values, without clock, database or file."""
