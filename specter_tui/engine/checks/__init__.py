"""Checks of the connections and of the set-up."""
