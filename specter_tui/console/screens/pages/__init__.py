"""The pages: lines that fill the screen, written from what the view model knows."""
