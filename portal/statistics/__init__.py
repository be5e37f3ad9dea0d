"""How much the portal is used: daily counters, without any visitor in them."""
