"""What the program promises of speed, each measured beside a yardstick taken on the same machine at the same time.

Run as `python -m benchmarks`. One file for each promise; `table` holds what they all answer with.
"""
