"""Stock from Specter to the shop."""
