"""The tables of the intake: sources and their runs, what each record became, what waits for a person."""
