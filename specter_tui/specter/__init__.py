"""Client for Specter: forms, signatures, calls, replies, and errors that say what a failure proves.

It knows nothing of the shop. The forms use no HTTP, so that the rules are tested without a network.
"""
