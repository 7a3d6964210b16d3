"""The terminal: themes, lean output, clipboard, notifications, and patches of Textual."""
