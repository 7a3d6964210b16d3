"""Text and numbers: cleaning, ISO-8859-1, and how a language writes them."""
