"""What comes in: records checked, matched, planned and applied to the directory by one rule book for all."""
