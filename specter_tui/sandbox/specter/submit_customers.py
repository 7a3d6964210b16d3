"""newCustomerSubmit: match the customer, or create a new one (docs/wires.md, customer matching)."""

from itertools import chain

from specter_tui.sandbox.specter.action_reply import Reply
from specter_tui.sandbox.specter.form_fields import COMMON, Checked
from specter_tui.sandbox.specter.refusals import MISSING_FIELD, UNKNOWN_CUSTOMER, Refusal
from specter_tui.sandbox.specter.specter_account import Customer, SpecterAccount, digits, plain_email

NOT_KEPT = {rule.name for rule in COMMON.values()} | {
    "forceCustomerUpdate",
    "ignoreControlEmail",
    "ignoreControlOrgNo",
    "customerId",
    "identifyByCustomerId",
}


def signed_name(fields: dict[str, str]) -> str:
    """Return the signed value: a company's name, else first and last name joined by one space, trimmed."""
    return fields.get("name") or " ".join((fields.get("firstName", ""), fields.get("surName", ""))).strip()


def submit_customer(account: SpecterAccount, form: Checked) -> Reply:
    """Return the number of the matched or new customer, and a text.

    A matched customer is updated only with forceCustomerUpdate=1.
    """
    fields = form.fields
    refuse_nameless(fields)
    kept = {name: value for name, value in fields.items() if name not in NOT_KEPT}
    customer = matched(account, fields)
    if customer is None:
        number = next(account.customer_numbers)
        account.customers[number] = Customer(number)
        account.customers[number].write(kept)
        return Reply(number, "Ny kund")
    if fields.get("forceCustomerUpdate") == "1":
        customer.write(kept)
        return Reply(customer.number, "Kunden är uppdaterad")
    return Reply(customer.number, "Kunden finns")


def refuse_nameless(fields: dict[str, str]) -> None:
    """Refuse a company without a name, and a person without any; a person may lack either name."""
    needed = ("name",) if fields["customerOrganizationalForm"] == "C" else ("firstName", "surName")
    if not any(fields.get(name) for name in needed):
        raise Refusal(MISSING_FIELD, f"{needed[0]} is missing")


def matched(account: SpecterAccount, fields: dict[str, str]) -> Customer | None:
    """Return the matching customer: by e-mail first, then by organisation number, unless one is to be ignored."""
    if fields.get("identifyByCustomerId") == "1":
        known = account.customers.get(int(fields.get("customerId") or 0))
        if known is None:
            raise Refusal(UNKNOWN_CUSTOMER, "Okänd kund")
        return known
    by_email = plain_email(fields) if fields.get("ignoreControlEmail") != "1" else ""
    by_number = digits(fields) if fields.get("ignoreControlOrgNo") != "1" else ""
    return next(
        chain(
            (customer for customer in account.customers.values() if by_email and customer.email == by_email),
            (customer for customer in account.customers.values() if by_number and customer.org_no == by_number),
        ),
        None,
    )
