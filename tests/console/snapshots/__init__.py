"""Pictures of every screen, in three sizes and both languages, as a person has seen and accepted them.

`make snapshots` draws them anew; look at what changed (`git diff --stat`, and the SVGs in a browser) before you
commit it. A test that fails leaves `snapshot_report.html`, which shows before and after side by side.
"""
