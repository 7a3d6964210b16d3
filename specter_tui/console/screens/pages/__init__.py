"""The pages: lines that fill the screen, made from the view model."""
