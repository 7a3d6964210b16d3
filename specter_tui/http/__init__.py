"""Shared by both HTTP clients: TLS, cancellable reads, proxies, bodies, and one patch of httpcore."""
