"""Words by a server that may be kept and mailed: only those that cannot be a person's.

A server can put anything anywhere: a name in a message, in a status, in a key. So messages keep only words of a list
and names that we sent ourselves. New words of enumerations and new keys, which the probe is to find, are kept if they
have the form of one and were not met as a person's word in any document.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

STRUCK = "***"
_LONGEST = 300
_RPC_CODES = (*range(1001, 1009), 9001, 9003, 32000, *range(32600, 32604), 32700)
_CODES = frozenset(str(code) for code in (*_RPC_CODES, *map(int, HTTPStatus)))
"""Codes of errors that name no order."""
_TOKEN = re.compile(r"[^\W_]+(?:_[^\W_]+)*", re.UNICODE)
_STRUCK_RUN = re.compile(r"\*\*\*(?:\W*\*\*\*)*")
_ENUMERATION = re.compile(r"[A-Za-z]+(?:[_-][A-Za-z]+){0,4}")
_IDENTIFIER = re.compile(r"[a-z][A-Za-z0-9]{0,39}")
_KEY = re.compile(r"[^\W\d_][\w -]{0,39}")
_MOST_DIGITS = 3
_MOST_ENUMERATED = 15
_SHORTEST = 3
# Words of answers by interfaces, and of the trade, in English and Swedish.
_WORDS = """
answers understand understood ordernumret orderns beställning beställningen externa kundnummer kundnumret artikelnumret
a access account action active add address after all allow allowed already an and any apache api are argument array
article articles as at auth bad bank batch batchno be been before blocked body boolean by call called can cannot card
change changed character characters check class closed code column company condition content context could count
country create created currency customer customerid customerno customers data date decimal default delete deleted
delivery denied deprecated does duplicate duplicates empty end enum error errors exceeded exception exist exists
expected external failed failure false fatal field fields filter filters find for forbidden forced format found from
gateway get given group has have head html http https id ignored in inactive incorrect index info input integer
internal internalerror internally invalid is it item items its json key keys language large last length less limit
list locked login long malformed many max maximum may message method methods min minimum missing more most moved must
name needed new nginx no none not null number numbers object of offset on one only open operation operator option
options or order ordernumber orders out over page parameter parameters params parse patch path payment payments
pending permission please pointer price processing properties property protected proxy query range rate read readonly
ready record reference refused request required response result row rows rpc save schema search selection sent server
service session set shipment shop short should signature some sort sorting status stock store string success such
supported syntax than that the there this time timeout title to token too total true try type uid unable unauthorized
unavailable undefined unexpected unhandled unique unknown unsupported update use used user valid validate validation
value values variant vat version wait was webshop when where which with without write written wrong xml you your
adress alla annat annullerad anrop användare används artikel artikelnummer artiklar av avvisad batch behörighet
betalning bokförd datum den det detta dubblett eller en ett externt fel felaktig felaktigt finns fält får för
förekommer förfrågan giltig giltigt har hittades hittas ingen inget inloggning inte kan konto kontot kund kunde kunden
lagersaldo lagret land leverans leveransadress lyckades makulerad matchar moms momssats måste namn nekad nummer numret
ny nyckel och ogiltig ogiltigt okänd okänt order ordern ordernr ordernummer redan registrerad registrerat saknas samma
skapa skapad skapades skapat skapats som språk status stöds svar tillåten tillåtet tom typ uppdaterad uppdaterades
upptaget utan valuta vara värde är öppen
article authorized bankgiro bundle canceled cancelled captured card cash cashondelivery certificate cod company
delivered dibs digital download efterkrav faktura gift giftcard giftcertificate invoice klarna klarnacheckout kort
limit manual nets none package paid partlypaid partlysent payex paypal payson person plusgiro postforskott prepared
presentkort private product refunded reserved returned sent stripe svea swish tillgodo true unpaid unsent voucher
"""


def folded_words(text: str) -> Iterator[str]:
    """Yield the words of a text, without case and accents."""
    for word in _TOKEN.findall(unicodedata.normalize("NFKC", text[:4000])):
        yield _fold(word)


def _fold(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))


class Privacy:
    """What may be kept of the words of two servers. It learns persons' words from every document that is read."""

    def __init__(self) -> None:
        """Start with the words of the list alone."""
        self._known = set(_PLAIN)
        self._names: set[str] = set()
        self._personal: set[str] = set()

    def know(self, names: Iterable[str]) -> None:
        """Add names that we sent ourselves: whatever a server says of them is not a person's."""
        for name in names:
            self._known |= set(folded_words(name))
            self._names.add(name)

    def learn(self, value: Any) -> None:
        """Remember every word of a part of a document that may be a person's."""
        waiting = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Mapping):
                waiting += one.values()
            elif isinstance(one, list):
                waiting += one
            elif isinstance(one, str):
                self._personal.update(word for word in folded_words(one) if len(word) >= _SHORTEST)

    def sentence(self, text: str) -> str:
        """Return a server's message with each word that is not known replaced."""
        kept = _TOKEN.sub(lambda found: found[0] if self._is_plain(found[0]) else STRUCK, text[: 2 * _LONGEST])
        kept = re.sub(r"[^\w\s.,:;/'\"()*-]", "", kept)
        return _STRUCK_RUN.sub(STRUCK, kept)[:_LONGEST].strip()

    def _is_plain(self, token: str) -> bool:
        if token.isdecimal():
            return len(token) <= 1 or token in _CODES
        words = {_fold(token), *map(_fold, token.split("_"))}
        return _fold(token) in self._known or words <= self._known

    def enumeration(self, words: Iterable[str]) -> tuple[list[str], int]:
        """Return those of a list of values that are words of an enumeration, sorted, and the number of the others."""
        found = {word for word in words if word}
        kept = sorted(word for word in found if self._is_enumerated(word))
        if len(kept) > _MOST_ENUMERATED:
            kept = []
        return kept, len(found) - len(kept)

    def _is_enumerated(self, word: str) -> bool:
        if word in self._names:
            return True
        return len(word) <= 40 and _ENUMERATION.fullmatch(word) is not None and not self._is_personal(word)

    def key(self, name: str) -> str:
        """Return a key of a document if it can be the name of a field, else an empty text."""
        if name in self._names:
            return name
        digits = sum(sign.isdigit() for sign in name)
        fits = _KEY.fullmatch(name) is not None and digits <= _MOST_DIGITS
        return name if fits and not self._is_personal(name) else ""

    def identifier(self, name: str) -> str:
        """Return a name of an interface, such as a key of a schema; empty where it does not look like one."""
        return name if _IDENTIFIER.fullmatch(name) and not self._is_personal(name) else ""

    def checked(self, text: str) -> str:
        """Return a text with each word replaced that was met as a person's since it was written."""
        return _TOKEN.sub(lambda found: STRUCK if self._is_personal(found[0]) else found[0], text)

    def _is_personal(self, text: str) -> bool:
        return any(word in self._personal and word not in self._known for word in {_fold(text), *folded_words(text)})


_PLAIN = frozenset(map(_fold, _WORDS.split()))
