"""What a new user asks is found by a search over docs/: the answer is in one of the first five parts."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
FIRST = 5
QUESTIONS = [
    ("en", "which port does it listen on", "None of its own"),
    ("en", "where is the journal file", "~/.local/share/specter-tui/SHOP/journal.db"),
    ("en", "undo a closing", "--reopen"),
    ("en", "install on a server for everyone", "PREFIX=/usr/local"),
    ("en", "proxy password", "HTTP__PROXY=http://HOST:PORT"),
    ("en", "certificate is not trusted", "HTTP__CA_FILE"),
    ("en", "exit status 3", "the shop or Specter is out of reach"),
    ("en", "where do I get the API key from Abicart", "ABICART__AUTH"),
    ("en", "stop sending everything now", "specter-tui stop --reason"),
    ("en", "backup of the journal", "specter-tui journal backup FILE"),
    ("en", "restore a backup", "put the copy in the journal's place"),
    ("en", "two shops in one console", "specter-tui --settings FOLDER"),
    ("en", "order is unknown, what to do", "Search Specter for its external number"),
    ("en", "total differs by one öre", "--compare"),
    ("en", "change the language to Swedish", "UI__LANGUAGE=sv"),
    ("en", "run as a systemd service", "specter-tui.service"),
    ("en", "keys were changed", "settings are read at the start"),
    ("en", "go back to the old link", "Never both at once"),
    ("en", "PostgreSQL create database", "CREATE DATABASE specter"),
    ("en", "uninstall and remove everything", "make uninstall"),
    ("en", "payment methods mapping", "ORDER__PAYMENT_TYPES"),
    ("en", "computer clock is wrong", "timedatectl"),
    ("en", "test the real account without risk", "specter-tui probe"),
    ("en", "does it run on Windows", "Linux or macOS"),
    ("en", "which versions of Python", "3.11"),
    ("en", "install with pipx", "pipx install ."),
    ("en", "was it tested against a real account", "simulated shop"),
    ("en", "refund or return of an order", "made in Specter by hand"),
    ("en", "read the log of the service", "journalctl -u specter-tui"),
    ("en", "is it safe to kill the program", "none is sent twice"),
    ("en", "JSON keys of orders", "json.md"),
    ("en", "go back to an older version", "Put the copy back"),
    ("en", "upgrade the Debian package while the service runs", "ends a running service first"),
    ("en", "exit status 130", "interrupted"),
    ("sv", "går det på Windows", "Linux eller macOS"),
    ("sv", "vilka versioner av Python", "3.11"),
    ("sv", "är det prövat mot ett riktigt konto", "simulerad butik"),
    ("sv", "returneras krediteras en order", "för hand i Specter"),
    ("sv", "var finns tjänstens logg", "journalctl -u specter-tui"),
    ("sv", "byta API-nyckel", "starta om tjänsten"),
    ("sv", "vilka nycklar har JSON", "json.sv.md"),
    ("sv", "gå tillbaka till äldre version", "Lägg tillbaka kopian"),
    ("sv", "uppgradera programmet", "journal upgrade"),
    ("sv", "prova mot riktigt konto utan risk", "specter-tui probe"),
    ("sv", "vilken port lyssnar det på", "Ingen egen"),
    ("sv", "var finns journalen", "~/.local/share/specter-tui/BUTIK/journal.db"),
    ("sv", "ångra en stängning", "--reopen"),
    ("sv", "installera för alla på servern", "PREFIX=/usr/local"),
    ("sv", "proxy lösenord", "HTTP__PROXY=http://HOST:PORT"),
    ("sv", "certifikat går inte att lita på", "HTTP__CA_FILE"),
    ("sv", "slutstatus 3", "butiken eller Specter nås inte"),
    ("sv", "var får jag API-nyckeln i Abicart", "ABICART__AUTH"),
    ("sv", "stoppa allt genast", "specter-tui stop --reason"),
    ("sv", "säkerhetskopia av journalen", "specter-tui journal backup FIL"),
    ("sv", "återställa en säkerhetskopia", "lägg kopian på journalens plats"),
    ("sv", "två butiker i en konsol", "specter-tui --settings MAPP"),
    ("sv", "ordern är oklar vad gör jag", "Sök i Specter"),
    ("sv", "summan skiljer på ett öre", "--compare"),
    ("sv", "byta språk till engelska", "UI__LANGUAGE=en"),
    ("sv", "köra som tjänst med systemd", "specter-tui.service"),
    ("sv", "nycklarna har bytts", "inställningarna läses vid starten"),
    ("sv", "tillbaka till den gamla kopplingen", "Aldrig båda samtidigt"),
    ("sv", "avinstallera och ta bort allt", "make uninstall"),
    ("sv", "betalningssätt till betalningstyper", "ORDER__PAYMENT_TYPES"),
    ("sv", "datorns klocka går fel", "timedatectl"),
]


def words(text: str) -> list[str]:
    """Return the words of a text, folded, without their endings."""
    folded = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return [word[:6] for word in re.findall(r"\w{2,}", folded)]


def parts(language: str) -> Iterator[str]:
    """Yield the parts of the pages in a language: a heading, or a question, with what follows."""
    for page in sorted(DOCS.glob("*.md")):
        other = {"sv": "en", "en": "sv"}[language]
        if f".{other}." in page.name or (language == "sv" and page.with_suffix(".sv.md").exists()):
            continue
        text = page.read_text(encoding="utf-8")
        yield from re.split(r"(?m)^(?=#|\*\*)", text)


@cache
def counted(language: str) -> list[tuple[str, Counter[str]]]:
    """Return each part with how often each word is in it; those of its first line count for more."""
    return [(part, Counter(words(part) + 3 * words(part.partition("\n")[0]))) for part in parts(language) if part]


def found(language: str, question: str) -> list[str]:
    """Return the parts that answer best, by BM25."""
    known = counted(language)
    usual = sum(sum(count.values()) for _, count in known) / len(known)
    having = Counter(word for _, count in known for word in count)

    def score(count: Counter[str]) -> float:
        long = 1.2 * (0.25 + 0.75 * sum(count.values()) / usual)
        return sum(
            math.log(1 + len(known) / (having[word] + 0.5)) * count[word] * 2.2 / (count[word] + long)
            for word in set(words(question))
        )

    return [part for part, _ in sorted(known, key=lambda one: -score(one[1]))]


@pytest.mark.parametrize(("language", "question", "answer"), QUESTIONS)
def test_a_search_finds_the_answer(language: str, question: str, answer: str) -> None:
    first = found(language, question)[:FIRST]
    assert any(answer in re.sub(r"\s+", " ", part) for part in first), [part.partition("\n")[0] for part in first]
