"""The guided first contact with both accounts: its steps, their runner, and the protocol."""
