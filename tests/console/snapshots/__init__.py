"""Pictures of every screen, in three sizes and both languages, as a person has seen and accepted them.

`make snapshots` draws them again; look at the changes (`git diff --stat`, and the SVGs in a browser) before you commit
them. A failing test leaves `snapshot_report.html`, which shows before and after side by side.
"""
