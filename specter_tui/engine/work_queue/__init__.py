"""The work queue: all that waits for a person, in one list."""
