"""The buyers: persons and companies, in Sweden and abroad. All of them are invented."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from specter_tui.sandbox.shop.shop_store import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A buyer, as entered in the shop's checkout."""

    first: str
    last: str
    email: str
    company: str = ""
    number: str = ""
    """Organisation or personal number."""
    street: str = "Storgatan 1"
    postcode: str = "111 22"
    town: str = "Stockholm"
    country: str = "SE"
    phone: str = "070-174 06 05"
    delivery: dict[str, Any] = field(default_factory=dict)
    """A separate delivery address; empty: the same as the address."""
    fields: dict[str, str] = field(default_factory=dict)
    """The checkout's own fields, stored with the known ones in customer.info."""

    def document(self) -> Document:
        """Return the customer part of an order."""
        place = {"address": self.street, "postcode": self.postcode, "town": self.town, "country": self.country}
        company = {"company": self.company} if self.company else {}
        copied = {"copyAddress": True, "name": self.company or f"{self.first} {self.last}", **place}
        return {
            "info": {
                "type": "business" if self.company else "individual",
                "email": self.email,
                "nin": self.number,
                **self.fields,
            },
            "address": company | {"firstName": self.first, "lastName": self.last, **place, "phoneMobile": self.phone},
            "deliveryAddress": {"copyAddress": False, **self.delivery} if self.delivery else copied,
        }


PERSONS = (
    Buyer(
        first="Åsa",
        last="Öberg",
        email="asa.oberg@example.se",
        street="Björkgatan 4 B",
        postcode="753 20",
        town="Uppsala",
    ),
    Buyer(
        first="Łukasz",
        last="Wiśniewski",
        email="lukasz@example.pl",
        street="ul. Różana 7",
        postcode="00-549",
        town="Warszawa",
        country="PL",
    ),
    Buyer(
        first="Siobhán",
        last="O'Brien",
        email="siobhan.obrien@example.ie",
        street="4 Mill Lane",
        postcode="D04",
        town="Dublin",
        country="IE",
    ),
    Buyer(
        first="明", last="李", email="li.ming@example.com", street="Kungsgatan 12", postcode="411 19", town="Göteborg"
    ),
    Buyer(
        first="Zoë",
        last="van der Meer",
        email="zoe@example.nl",
        street="Lindelaan 3",
        postcode="3511 AB",
        town="Utrecht",
        country="NL",
    ),
    Buyer(
        first="José",
        last="Núñez",
        email="jose.nunez@example.es",
        street="Calle Olmo 8",
        postcode="03001",
        town="Alicante",
        country="ES",
    ),
    Buyer(
        first="Karin",
        last="Backlund",
        email="familjen.backlund@example.se",
        street="Älvvägen 9",
        postcode="961 33",
        town="Boden",
    ),
    Buyer(
        first="Per-Olof",
        last="Backlund",
        email="Familjen.Backlund@example.se",
        street="Älvvägen 9",
        postcode="961 33",
        town="Boden",
    ),
    Buyer(
        first="Göran",
        last="Hjälmare",
        email="goran.h@example.se",
        delivery={
            "name": "Görans Fiskestuga",
            "address": "Sjöstigen 2",
            "postcode": "695 93",
            "town": "Finnerödja",
            "country": "SE",
        },
        fields={"Portkod": "1234", "Önskad leveransdag": "fredag"},
    ),
    Buyer(
        first="Eva",
        last="Ström [red]",
        email="eva.strom@example.se",
        street="Nygatan 3 \u202eetsnep",
        town="Örebro",
        postcode="702 11",
    ),
)

COMPANIES = (
    Buyer(
        company="Fjällripans Vandrarhem AB",
        first="Märta",
        last="Sjöström",
        number="556000-0001",
        email="inkop@fjallripan.example.se",
        street="Fjällvägen 12",
        postcode="831 45",
        town="Östersund",
        phone="063-10 20 30",
    ),
    Buyer(
        company="Kafé Björk & Son HB",
        first="Nils",
        last="Björk",
        number="969600-0002",
        email="nils@kafebjork.example.se",
        street="Torget 2",
        postcode="621 57",
        town="Visby",
        delivery={
            "name": "Kafé Björk, lagret",
            "address": "Hamnplan 5",
            "postcode": "621 57",
            "town": "Visby",
            "country": "SE",
        },
    ),
    Buyer(
        company="Rørvik Friluft AS",
        first="Ingrid",
        last="Sæther",
        number="NO 900 000 003",
        email="post@rorvik.example.no",
        street="Havnegata 1",
        postcode="7900",
        town="Rørvik",
        country="NO",
    ),
)

FIRST = ("Anna", "Lars", "Maja", "Olle", "Linnéa", "Björn", "Ulla", "Frida", "Håkan", "Åke", "Ellen", "Gösta")
LAST = ("Lindqvist", "Åkesson", "Berg", "Nyman", "Öhman", "Dahl", "Fors", "Ålund", "Norén", "Palm", "Rask")
TOWNS = (
    ("Luleå", "972 31"),
    ("Malmö", "211 20"),
    ("Västerås", "722 15"),
    ("Mora", "792 30"),
    ("Kalmar", "392 31"),
    ("Gävle", "803 10"),
)
PLAIN_LETTERS = str.maketrans("åäöéÅÄÖ", "aaoeAAO")


def someone(chance: Random, number: int) -> Buyer:
    """Return an ordinary Swedish person; `number` keeps the e-mail address unique."""
    first, last = chance.choice(FIRST), chance.choice(LAST)
    town, postcode = chance.choice(TOWNS)
    return Buyer(
        first=first,
        last=last,
        email=f"{first}.{last}{number}@example.se".translate(PLAIN_LETTERS).lower(),
        street=f"{chance.choice(('Skogsvägen', 'Ringgatan', 'Kyrkallén', 'Ängsstigen'))} {chance.randint(1, 60)}",
        postcode=postcode,
        town=town,
        phone=f"07{chance.randint(0, 9)}-{chance.randint(1_000_000, 9_999_999)}",
    )
