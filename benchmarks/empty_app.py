"""The yardstick of the first frame: an app of Textual's with nothing in it."""

from textual.app import App

if __name__ == "__main__":
    App[None]().run()
