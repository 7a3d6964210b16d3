"""A realistic Swedish shop, generated from a seed: articles, buyers, payment and delivery methods, orders.

`order_builder` builds one order of a chosen shape, `starting_orders` lists the orders that the shop starts with,
`world` puts everything together.
"""
