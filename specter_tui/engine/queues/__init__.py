"""Specter's queues, which shops of one program may share, and the deliveries that come through one."""
