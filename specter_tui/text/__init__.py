"""Text and numbers: cleaning, ISO-8859-1, and numbers in a language's form."""
