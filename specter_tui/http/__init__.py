"""What both HTTP clients share: TLS, reads that can be cancelled, and one patch of httpcore."""
