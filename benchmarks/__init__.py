"""Measures the promised speeds, each beside a yardstick that runs on the same machine at the same time.

Run as `python -m benchmarks`. Each promise has one file; `table` has the form of all results.
"""
