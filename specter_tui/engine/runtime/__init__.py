"""The engine's thread, one worker for each shop, their supervisor, and which shops a worker has."""
