"""What passes: rounds and desks of passage, week by week, around a commune; on screen, on a poster, in a diary."""
