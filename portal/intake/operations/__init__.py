"""What the intake does: apply the steps of a run, undo it, record what people decide; none commits."""
