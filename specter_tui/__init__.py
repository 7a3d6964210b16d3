"""specter-tui: an operator console between an Abicart shop and Specter Business Management."""

__version__ = "0.1.0"
