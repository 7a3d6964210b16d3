"""checkAccountSettings: the test of a login, and the registration of trigger URLs (docs/wires.md)."""

from specter_tui.sandbox.specter.account import Account
from specter_tui.sandbox.specter.fields import Checked
from specter_tui.sandbox.specter.reply import Reply


def check_settings(account: Account, form: Checked) -> Reply:
    """Register the trigger URLs that were sent: an absent one is left alone, an empty one is removed."""
    for name, url in form.fields.items():
        if name.startswith("action") and name != "action":
            account.triggers.pop(name, None)
            if url:
                account.triggers[name] = url
    return Reply(0, "Inställningarna är kontrollerade")
