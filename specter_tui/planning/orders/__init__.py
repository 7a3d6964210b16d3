"""The plan of one order: customer, goods, discounts, service rows, payments, totals, and what is wrong with it."""
