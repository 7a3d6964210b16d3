"""The shop's delivery and payment methods, with their Specter counterparts."""

from specter_tui.abicart.catalog_models import PaymentMethod, in_language
from specter_tui.config.settings import OrderSettings
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import DeliveryMethodInfo, MethodsRead, PaymentMethodInfo
from specter_tui.planning.orders.payment_kinds import kind_of, looks_like, pay_type_of, pay_types


async def read_methods(context: ShopContext) -> MethodsRead:
    """Read both lists and emit them; payment methods without a Specter type first. Raises ShopError."""
    language, settings = context.settings.abicart.language, context.settings.order
    delivery = [
        DeliveryMethodInfo(way.uid, in_language(way.name, language) or str(way.uid))
        for way in await context.shop.delivery_methods()
    ]
    payments = [_payment(method, settings, language) for method in await context.shop.payment_methods()]
    payments.sort(key=lambda way: (not (way.unmapped or way.seems), not way.active, way.name.casefold(), way.uid))
    message = MethodsRead(tuple(delivery), tuple(payments))
    context.emit(message)
    return message


def _payment(method: PaymentMethod, settings: OrderSettings, language: str) -> PaymentMethodInfo:
    gift_card = kind_of(method, settings) == "gift_card"
    types = pay_types(settings)
    code = pay_type_of(method.uid, method, types)
    name = in_language(method.name, language) or method.type or str(method.uid)
    seems = looks_like(method, settings) if method.active else None
    unmapped = method.active and not gift_card and code is None and bool(types)
    return PaymentMethodInfo(method.uid, name, method.type, method.active, gift_card, code or "", unmapped, seems)
