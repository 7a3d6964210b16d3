"""The pages: lines that fill the screen, written from what the desk knows."""
