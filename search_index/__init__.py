"""The library: full-text and geographic index; knows neither Flask nor our tables."""
