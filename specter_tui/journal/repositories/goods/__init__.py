"""Repositories of articles, stock, deliveries and drift."""
