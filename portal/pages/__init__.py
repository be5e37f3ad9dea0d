"""Pages that compose the rooms below: home today, sheets and communes with the public portal."""
