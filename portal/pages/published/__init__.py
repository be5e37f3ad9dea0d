"""What the portal publishes for others: sources, licences, formats."""
