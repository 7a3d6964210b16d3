"""The export rules, tested without a network or a clock."""
