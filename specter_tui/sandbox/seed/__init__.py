"""A believable Swedish shop, made anew from a seed: its wares, its buyers, its ways to pay and deliver, its orders.

`orders.build_order` makes one document of a chosen shape, `script` says which shapes the shop starts with, `world` puts
all together.
"""
