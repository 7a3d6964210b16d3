"""Alerts and metrics."""
