"""What the intake asks of the database: always for many records at once."""
