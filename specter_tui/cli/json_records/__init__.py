"""The objects that commands print with `--json`. docs/json.md is made from them; keys may be added, none changes."""
