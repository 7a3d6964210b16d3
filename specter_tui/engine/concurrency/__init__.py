"""Limits, locks, the journal's queue and executors: primitives that know no order and no shop."""
