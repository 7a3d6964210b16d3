"""The data that the screens show, without Textual: orders, log, lists, states and formats."""
