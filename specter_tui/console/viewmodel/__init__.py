"""What the screens show, without Textual: orders, log, lists, states and formats."""
