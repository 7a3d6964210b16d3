"""Texts that a customer, a shop or Specter might write, and that would do harm if they were not treated as text."""

PAYLOADS = [
    # markup of the screen's library
    "[/red]",
    "[/]",
    "[b",
    "[@click=app.quit]here[/]",
    "[link=https://evil.example]x[/link]",
    "$error on $success",
    "\\[b]\\",
    # what a terminal obeys
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[H",
    "\x1b[?1049l",
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x9b31mred\x9d0;title\x9c",
    "a\x00b\x08\x08c\x7fd\x05",
    "over\rwritten\x0b\x0c\x85",
    # what deceives the eye
    "\u202egnp.exe\u2066",
    "\u061cx\u200fy\u2069",
    "zero\u200bwidth\ufeff\u2060",
    "soft\u00adhyphen\u180e",
    "\U000e0041\U000e007f tags",
    "é́́́́ e\u0301\u0301",
    "\U0001f468\u200d\U0001f469 李小龙",
    # what forges a line, or ends one
    "line one\nline two\ttab",
    "x\n2026-01-01T00:00:00Z INFO exported order=1",
    "a\u2028b\u2029c",
    # what another program would run
    '=HYPERLINK("http://evil.example","x")',
    "+46701234567",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "$(touch /tmp/specter-tui-trap)`touch /tmp/specter-tui-trap`",
    "x'; DROP TABLE orders;--",
    "{0} {number} %s %(message)s",
    "<script>alert(1)</script>&amp;",
    # too long, too short
    "x" * 4000,
    "",
    "   ",
]
FORBIDDEN = {
    chr(code)
    for code in (
        *range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
        *range(0x2060, 0x2070), 0xFEFF, *range(0xE0000, 0xE0080),
    )
}  # fmt: skip


def harmful(shown: str) -> set[str]:
    """Return the characters that a terminal would obey or an eye would not see, other than line ends."""
    return (set(shown) - {"\n"}) & FORBIDDEN
