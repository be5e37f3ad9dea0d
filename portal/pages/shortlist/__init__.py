"""Ma liste: a handful of services kept in an address, to print, to send, to come back to. Nothing is stored."""
