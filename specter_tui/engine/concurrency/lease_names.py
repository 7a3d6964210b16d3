"""The named leases of a journal: for each, one process at a time does one kind of work for the shop."""

AUTO_EXPORT = "watch"
MONITORING = "upkeep"
SERVE = "serve"
"""Held by the worker that serves the shop, where several workers share the shops."""
ARTICLES = "articles"
STOCK = "stock"
DELIVERIES = "deliveries"
