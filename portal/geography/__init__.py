"""Where: communes of France, territories, distances, addresses on a map."""
