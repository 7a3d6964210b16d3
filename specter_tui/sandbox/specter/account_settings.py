"""checkAccountSettings: the test of a login, and the registration of trigger URLs (docs/wires.md)."""

from specter_tui.sandbox.specter.action_reply import Reply
from specter_tui.sandbox.specter.form_fields import Checked
from specter_tui.sandbox.specter.specter_account import SpecterAccount


def check_settings(account: SpecterAccount, form: Checked) -> Reply:
    """Register the trigger URLs that were sent: an empty one is removed, a missing one as the account does it."""
    if account.options.unnamed_triggers == "removed":
        account.triggers.clear()
    for name, url in form.fields.items():
        if name.startswith("action") and name != "action":
            account.triggers.pop(name, None)
            if url:
                account.triggers[name] = url
    return Reply(0, "Inställningarna är kontrollerade")
