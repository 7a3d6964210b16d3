"""Why an order is not exported, in one sentence, in both languages."""

from specter_tui.engine.wording_goods import GOODS_SENTENCES
from specter_tui.export.problems import Language

_SENTENCES: dict[str, tuple[str, str]] = {
    **GOODS_SENTENCES,
    # key: (English, Swedish)
    "waiting": (
        "Waits for payment: it is {status}, and ORDER__PAYMENT_STATUS asks for {asked}.",
        "Väntar på betalning: den är {status}, och ORDER__PAYMENT_STATUS kräver {asked}.",
    ),
    "sending": ("Is being exported by {holder}.", "Exporteras av {holder}."),
    "retry_later": (
        "Was not sent: {message}. It is tried again by itself.",
        "Skickades inte: {message}. Nytt försök görs automatiskt.",
    ),
    "unknown_customer": (
        "The customer was sent but no answer came ({message}). No order was sent.",
        "Kunden skickades men inget svar kom ({message}). Ingen order skickades.",
    ),
    "unknown_order": (
        "The order was sent but no answer came ({message}). Look in Specter for {external}: "
        "enter its number, or repeat the export if it is not there.",
        "Ordern skickades men inget svar kom ({message}). Sök {external} i Specter: "
        "ange dess nummer, eller exportera igen om den inte finns där.",
    ),
    "lease_over": (
        "the program ended in the middle of the call",
        "programmet avslutades mitt i anropet",
    ),
    "refused": (
        "Specter refused it: {message}. Put it right and repeat, or close it.",
        "Specter sade nej: {message}. Rätta och exportera igen, eller stäng den.",
    ),
    "refused_changed": (
        "Specter refused it earlier ({message}); it was edited since and is sent again.",
        "Specter sade nej tidigare ({message}); den har ändrats sedan dess och skickas igen.",
    ),
    "exists": (
        "Specter has {external} already. Enter its Specter number.",
        "Specter har redan {external}. Ange dess Specter-nummer.",
    ),
    "closed": ("Closed: {reason}", "Stängd: {reason}"),
    "discarded": ("Discarded in the shop.", "Makulerad i butiken."),
    "number_in_shop": (
        "The shop shows the external number {number}: another link exported it.",
        "Butiken visar redan externt nummer {number}: en annan koppling har exporterat den.",
    ),
    "before_since": ("Placed before ORDER__SINCE.", "Lagd före ORDER__SINCE."),
    "gone": ("The shop does not show this order any more.", "Butiken visar inte längre ordern."),
    "edited": (
        "Was edited in the shop after it was shown; look at it again. Nothing was sent.",
        "Ändrades i butiken efter att den visades; granska den igen. Inget skickades.",
    ),
    "write_back_conflict": (
        "Exported, but the shop shows another number: {message}.",
        "Exporterad, men butiken visar ett annat nummer: {message}.",
    ),
    "inactive": (
        "Export is switched off: ORDER__EXPORT or ORDER__EXPORT_RUN is inactive.",
        "Exporten är avstängd: ORDER__EXPORT eller ORDER__EXPORT_RUN är inactive.",
    ),
    "halted": ("Nothing is sent: {message}", "Inget skickas: {message}"),
    "not_found": (
        "No such order in scope: {number}.",
        "Ingen sådan order inom räckvidd: {number}.",
    ),
    "ambiguous": (
        "Several orders have the number {number}; say one of {uids}.",
        "Flera order har numret {number}; ange en av {uids}.",
    ),
    "recovered": (
        "Specter answers that {external} exists, as order {number}.",
        "Specter svarar att {external} finns, som order {number}.",
    ),
    "offer_duplicates": (
        "Specter was seen to refuse a known external number. Set SPECTER__REFUSES_DUPLICATES=true "
        "to let unknown orders be repeated by themselves.",
        "Specter har visat sig vägra ett känt externt nummer. Sätt SPECTER__REFUSES_DUPLICATES=true "
        "så upprepas oklara order automatiskt.",
    ),
    "alarm": ("{number}: {state} since {since}", "{number}: {state} sedan {since}"),
    "alarm_halted": (
        "Nothing is sent to Specter until someone acts; `specter-tui check` says why.",
        "Inget skickas till Specter förrän någon ingriper; `specter-tui check` säger varför.",
    ),
    "alarm_title": (
        "specter-tui, shop {shop}: {count} to look at",
        "specter-tui, butik {shop}: {count} att titta på",
    ),
    "no_apprise": (
        "ALERT__URLS is set, but no alert can be sent: install the extra, pip install 'specter-tui[alerts]'.",
        "ALERT__URLS är satt men inga larm kan skickas: installera tillägget, pip install 'specter-tui[alerts]'.",
    ),
    "restored": (
        "The journal is an older copy: it lacked what this machine has done since. Entered again: {numbers} Specter "
        "numbers and {closed} closings; {unknown} orders are unknown, look for them in Specter.",
        "Journalen är en äldre kopia: den saknade det som gjorts här sedan dess. Återfört: {numbers} Specter-nummer "
        "och {closed} stängningar; {unknown} order är oklara, sök dem i Specter.",
    ),
    "was_restored": (
        "the journal was an older copy, and lost what became of it",
        "journalen var en äldre kopia och har tappat hur det gick",
    ),
    "unrecorded": (
        "Order {order} is in Specter as {number}, but the journal cannot be written ({message}). "
        "The number is kept in {file}.",
        "Order {order} finns i Specter som {number}, men journalen kan inte skrivas ({message}). "
        "Numret finns i {file}.",
    ),
}


def say(key: str, language: Language, **values: object) -> str:
    """The sentence, filled."""
    english, swedish = _SENTENCES[key]
    return (swedish if language == "sv" else english).format_map(values)
