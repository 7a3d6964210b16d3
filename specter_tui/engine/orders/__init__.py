"""Orders: found, planned, exported, written back, followed in the journal."""
