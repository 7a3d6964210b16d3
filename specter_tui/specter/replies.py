"""Parse Specter's replies by a strict grammar: a reply that does not match proves nothing."""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from specter_tui.errors import ErrorText
from specter_tui.specter.errors import Refused, Unanswered
from specter_tui.text.sanitize import clean_line, utf8_repaired

LONGEST_NUMBER = 18
_NUMBER = re.compile(rf"[1-9][0-9]{{0,{LONGEST_NUMBER - 1}}}")
_LINE_ENDS = re.compile(r"[\r\n]+")
_ANOTHER_ANSWER = re.compile(r"\s*[01]\s*;")
_LONGEST_EVIDENCE = 300
_DEEPEST = 12
_MOST_ELEMENTS = 200_000


def is_number(text: str) -> bool:
    """Return whether it can be a number that Specter assigned: ASCII digits, no leading zero."""
    return _NUMBER.fullmatch(text) is not None


def created_number(body: bytes, *, whole: bool = True) -> str:
    """Return the number in `1;<number>;<text>` (wires: S-reply).

    Raises Refused for `0;<code>;<text>`, else Unanswered. Where the answer is not known to be `whole`, a number without
    a semicolon after it may be cut.
    """
    text = body.decode("latin-1").strip()
    if any(_ANOTHER_ANSWER.match(line) for line in _LINE_ENDS.split(text)[1:]):
        # Two answers in one are no answer: either may belong to this call.
        raise Unanswered(ErrorText("specter_unreadable", text=evidence(text)))
    result, _, rest = text.partition(";")
    if result == "1":
        number, ended, _ = rest.partition(";")
        if is_number(number.strip()) and (ended or whole):
            return number.strip()
    raise_refusal(text)
    raise Unanswered(ErrorText("specter_unreadable", text=evidence(text)))


def confirmation(body: bytes) -> None:
    """Accept `1` or `1;...`. Raises Refused where any line is `0;<code>;<text>`, else Unanswered."""
    text = body.decode("latin-1").strip()
    for line in _LINE_ENDS.split(text):
        raise_refusal(line.strip())
    if text == "1" or text.startswith("1;"):
        return
    raise Unanswered(ErrorText("specter_unreadable", text=evidence(text)))


def all_taken(body: bytes, count: int) -> None:
    """Accept a whole confirmation of that many articles (wires: S-article).

    Raises Refused where a line refuses, or fewer are confirmed than were sent; else as `confirmation` does.
    """
    confirmation(body)
    lines = list(filter(None, map(str.strip, _LINE_ENDS.split(body.decode("latin-1")))))
    told = lines[0].split(";")[1].strip() if ";" in lines[0] else ""
    fewer = is_number(told) and int(told) < count
    confirmed = sum(line.startswith("1;") for line in lines)
    if fewer or 1 < confirmed < count:
        raise Refused("1", f"{evidence(' / '.join(lines[:5]))} ({count} were sent)")


def raise_refusal(text: str) -> None:
    """Raise Refused for `0;<code>;<text>`, and for nothing else."""
    parts = text.split(";", 2)
    if len(parts) == 3 and parts[0] == "0":
        raise Refused(clean_line(parts[1])[:20], evidence(parts[2]))


def evidence(text: str) -> str:
    """Return the reply for a log or a screen: one clean line of limited length."""
    line = clean_line(utf8_repaired(text[: 4 * _LONGEST_EVIDENCE]))
    return line if len(line) <= _LONGEST_EVIDENCE else line[: _LONGEST_EVIDENCE - 1] + "…"


def read_xml(body: bytes) -> Element:
    """Return the root of an XML reply after checking its APIresponse, if it has one (wires: S-xml).

    Raises Refused where it refuses, Unanswered for anything that is not XML or could harm the parser.
    """
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Unanswered(ErrorText("specter_no_xml", text=evidence(body.decode("latin-1")))) from None
    _refuse_monsters(root)
    response = root.find("APIresponse")
    if response is not None:
        refuse_no(response)
    return root


def refuse_no(response: Element) -> None:
    """Raise Refused where an APIresponse refuses."""
    if (response.findtext("result") or "").strip() != "1":
        code = clean_line((response.findtext("code") or "")[:_LONGEST_EVIDENCE])
        raise Refused(code[:20], evidence(response.findtext("message") or ""))


def walk(body: bytes) -> Iterator[tuple[str, list[Element], Element]]:
    """Yield the elements of a large reply: `start` or `end`, the enclosing elements, and the element.

    The caller removes each element after reading it, so that memory does not grow with the reply. Raises Unanswered at
    the first place that is not XML or could harm the parser.
    """
    path: list[Element] = []
    try:
        for event, element in iterparse(BytesIO(body), ("start", "end"), forbid_dtd=True):
            if event == "end":
                path.pop()
            yield event, path, element
            if event == "start":
                path.append(element)
                if len(path) > _DEEPEST:
                    raise Unanswered(ErrorText("specter_xml_deep"))
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Unanswered(ErrorText("specter_no_xml", text=evidence(body[:2000].decode("latin-1")))) from None


def _refuse_monsters(root: Element) -> None:
    level, depth, count = [root], 0, 0
    while level:
        depth, count = depth + 1, count + len(level)
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise Unanswered(ErrorText("specter_too_deep"))
        level = [child for element in level for child in element]
