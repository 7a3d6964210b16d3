"""The yardstick of the first frame: an empty Textual app."""

from textual.app import App

if __name__ == "__main__":
    App[None]().run()
