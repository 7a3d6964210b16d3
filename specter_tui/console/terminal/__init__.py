"""The terminal: themes, output, clipboard, notifications, and patches of Textual."""
