"""Limits, locks, the journal's queue and executors, independent of orders."""
