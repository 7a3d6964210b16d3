"""What is read beside the screen, and comes back as a message: older log pages, details, saved views."""
