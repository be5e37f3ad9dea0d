"""What surrounds the pages: who publishes, what is kept of people, how accessible all is, where everything stands."""
