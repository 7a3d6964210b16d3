"""The HTTP API with which another process controls a sandbox."""
