"""From the words of a person to what they mean: place, time, need, audience, danger. Pure: no database, no clock."""
