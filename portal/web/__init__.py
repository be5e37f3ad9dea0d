"""What every page needs: rendering, languages, headers, errors, health. Knows no room of the house."""
