"""The engine's thread, one worker for each shop, their supervisor, and the assignment of shops to processes."""
