"""The visitor's question: from words to an understood query, from keys to cards; and the index kept true."""
