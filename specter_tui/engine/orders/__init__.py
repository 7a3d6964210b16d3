"""Orders: found, planned, exported, written back, followed."""
