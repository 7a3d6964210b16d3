"""The shop's goods: outdoor and kitchen articles, food, books, coupons, gift cards.

Some article numbers are bad on purpose.
"""

from decimal import Decimal
from typing import NamedTuple

GROUPS = ("Friluft", "Kläder", "Kök", "Skafferi", "Böcker", "Presentkort", "Paket", "Övrigt")


class Ware(NamedTuple):
    """One article: price in SEK including VAT, rate as a fraction, weight in grams."""

    number: str
    name: str
    price: Decimal
    rate: Decimal
    group: str
    weight: int
    choice: str = ""
    """The choice that its variants are made by; empty: no variants."""
    managed: bool = True
    """True if its stock is managed."""


class Option(NamedTuple):
    """One option of a choice; `code` ends the variant's article number."""

    uid: int
    code: str
    name: str


class WareChoice(NamedTuple):
    """A choice that the buyer makes."""

    uid: int
    name: str
    options: tuple[Option, ...]


CHOICES = {
    "size": WareChoice(
        4125185, "Storlek", (Option(70617851, "S", "S"), Option(70617852, "M", "M"), Option(70617853, "L", "L"))
    ),
    "colour": WareChoice(
        4125186,
        "Färg",
        (Option(70617861, "ROD", "Röd"), Option(70617862, "BLA", "Blå"), Option(70617863, "GRON", "Grön")),
    ),
    "shoe": WareChoice(4125187, "Skostorlek", tuple(Option(70617800 + n, str(n), str(n)) for n in range(38, 45, 2))),
    "spaced": WareChoice(4125188, "Längd", (Option(70617871, "90 CM", "90 cm"), Option(70617872, "110-CM", "110 cm"))),
}

TABLE = """
TALT-2P | Tält Rönnäs, två personer | 2495.00 | 25 | Friluft | 2600
TALT-3P | Tält Rönnäs, tre personer | 2995.00 | 25 | Friluft | 3300
SOVSACK | Sovsäck Tallheden | 1290.00 | 25 | Friluft | 1450 | colour
LIGGUND | Liggunderlag Mossa | 449.50 | 25 | Friluft | 480
KASA-BJ | Kåsa i björk | 189.00 | 25 | Friluft | 90
STORMKOK | Stormkök Glöd | 799.00 | 25 | Friluft | 840
RODSPRIT | Rödsprit 1 l | 49.90 | 25 | Friluft | 820
FLASKA-07 | Vattenflaska 0,7 l | 149.00 | 25 | Friluft | 110 | colour
RYGGS-45 | Ryggsäck Kvistfors 45 l | 1649.00 | 25 | Friluft | 1700 | colour
RYGGS-20 | Dagsryggsäck 20 l | 599.00 | 25 | Friluft | 700 | colour
PANNLAMPA | Pannlampa Lo | 329.00 | 25 | Friluft | 85
KOMPASS | Kompass Nordan | 279.90 | 25 | Friluft | 40
KNIV-MORK | Kniv Mörk ek | 389.00 | 25 | Friluft | 160
TANDSTAL | Tändstål | 119.50 | 25 | Friluft | 35
HANGMATTA | Hängmatta Näver | 649.00 | 25 | Friluft | 600 | colour
MYGGHATT | Mygghatt | 99.90 | 25 | Friluft | 50
FISKESPO | Fiskespö Älven, 7 fot | 899.00 | 25 | Friluft | 320
VADARE | Vadarstövlar | 1199.00 | 25 | Kläder | 2100 | shoe
KANGA | Känga Stig | 1495.00 | 25 | Kläder | 1300 | shoe
RAGGSOCK | Raggsocka | 129.00 | 25 | Kläder | 120 | size
MOSSA-ULL | Mössa i ull | 249.00 | 25 | Kläder | 80 | colour
VANTE | Lovikkavante | 329.50 | 25 | Kläder | 140 | size
KOFTA | Kofta Hult | 1195.00 | 25 | Kläder | 900 | size
REGNJACKA | Regnjacka Duggregn | 1395.00 | 25 | Kläder | 550 | size
BYXA-VAND | Vandringsbyxa Ås | 995.00 | 25 | Kläder | 480 | size
LINNE-MERI | Linne i merino | 549.00 | 25 | Kläder | 150 | size
BALTE | Bälte i renskinn | 459.00 | 25 | Kläder | 210 | spaced
GRYT-24 | Gjutjärnsgryta 24 cm | 1249.00 | 25 | Kök | 4800
PANNA-28 | Stekpanna 28 cm | 749.00 | 25 | Kök | 2300
PANNA-20 | Plättpanna | 449.00 | 25 | Kök | 1900
KAFFEPANNA | Kaffepanna Eld | 395.00 | 25 | Kök | 610
MUGG-EMALJ | Emaljmugg | 89.90 | 25 | Kök | 130 | colour
SKARBR-EN | Skärbräda i en | 299.00 | 25 | Kök | 700
SMORKNIV | Smörkniv i en | 79.50 | 25 | Kök | 20
BROKORG | Brödkorg i näver | 349.00 | 25 | Kök | 260
VISP | Visp av björkris | 59.90 | 25 | Kök | 45
FORKLADE | Förkläde i lin | 399.00 | 25 | Kök | 240 | colour
KNACKEKAVEL | Kruskavel | 229.00 | 25 | Kök | 520
TERMOS-1 | Termos 1 l | 499.00 | 25 | Kök | 540
KAFFE-500 | Kokkaffe, mörkrost 500 g | 79.90 | 6 | Skafferi | 500
KAFFE-250 | Kokkaffe, mellanrost 250 g | 49.90 | 6 | Skafferi | 250
KNACKE | Knäckebröd Råg | 35.90 | 6 | Skafferi | 400
HJORTRON | Hjortronsylt 250 g | 119.00 | 6 | Skafferi | 380
LINGON | Rårörda lingon 400 g | 49.00 | 6 | Skafferi | 520
RENSKAV | Torkat renkött 75 g | 139.50 | 6 | Skafferi | 75
VARM-CHOK | Varm choklad 300 g | 69.90 | 6 | Skafferi | 300
HONUNG | Ljunghonung 350 g | 98.50 | 6 | Skafferi | 480
TORRFISK | Torrfisk 100 g | 109.00 | 6 | Skafferi | 100
GRYTA-FRY | Frystorkad älggryta | 129.90 | 6 | Skafferi | 140
TE-BJORK | Björkbladste | 64.50 | 6 | Skafferi | 80
BOK-SVAMP | Bok: Svampar längs stigen | 249.00 | 6 | Böcker | 640
BOK-GRYTA | Bok: Allt i en gryta | 199.00 | 6 | Böcker | 520
BOK-FJALL | Bok: Tolv turer på fjället | 279.50 | 6 | Böcker | 700
BOK-KNIV | Bok: Tälj med barn | 169.00 | 6 | Böcker | 380
LUNCHKUPONG | Lunchkupong, Kvistfors krog | 145.00 | 12 | Presentkort | 5
KROGMENY | Avsmakningsmeny för två, Kvistfors krog | 1190.00 | 12 | Presentkort | 5
GAVOKORT-500 | Presentkort 500 kr | 500.00 | 0 | Presentkort | 5
LYKTA 3 | Fotogenlykta, tre lågor | 369.00 | 25 | Friluft | 900
GRYTLAPP-BLÅ | Grytlapp, blå | 69.00 | 25 | Kök | 60
SKED,STOR | Slev, stor | 89.00 | 25 | Kök | 70
VISP | Visp av stål | 99.00 | 25 | Kök | 150
- | Provbit, renskinn | 25.00 | 25 | Övrigt | 30
PAKET-FIKA | Fikapaketet | 199.00 | 25 | Paket | 900
KURS-TALJ | Täljkurs, en kväll | 695.00 | 25 | Övrigt | 0
"""


def ware(line: str) -> Ware:
    """Return one article from its line of the table; `-` is an empty number, a course has no stock."""
    number, name, price, rate, group, weight, *choice = (part.strip() for part in line.split("|"))
    return Ware(
        "" if number == "-" else number,
        name,
        Decimal(price),
        Decimal(rate) / 100,
        group,
        int(weight),
        choice[0] if choice else "",
        managed=number != "KURS-TALJ",
    )


WARES = tuple(ware(line) for line in TABLE.strip().splitlines())
SERVICE_ARTICLES = {
    "FRAKT": "Frakt",
    "EXPAVG": "Fakturaavgift",
    "POSTFORSK": "Postförskott",
    "RABATT": "Rabatt",
    "PRESENTKORT": "Presentkort",
    "AVRUNDNING": "Öresutjämning",
}
"""Article numbers that only Specter has, for service rows, with their names."""
