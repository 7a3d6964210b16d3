"""The HTTP API by which another process drives a sandbox."""
