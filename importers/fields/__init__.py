"""From the text of a cell to a value of the directory: pure functions, one module per kind of cell.

Every reader returns `(value, problems)` and never raises. Three outcomes:

    (value, ())          read with certainty; reading the value again gives the same value
    (value, problems)    read, and something should be known about it: it was moved, mended, or wants a look
    (None, problems)     not read: nothing is stored, the problems say why and what to do
    (None, ())           the cell says nothing ("", "-", "NA", "non renseigné")

Nothing is invented: a code that lost a zero, a number Excel rounded and a year on two figures are said, not guessed.
Readers leave `Problem.field` empty, unless they read several cells at once: who knows the column names it. Cells that
were numbers in the file (`RawRow.numeric`) are read with `is_number=True`: zeros at their head are gone.
"""
