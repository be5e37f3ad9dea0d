"""Settings: read from the environment once, by the composition roots only."""
