"""Which in situ technique will show me this? An explained, cited ranking for Li, Na and K anodes."""

__version__ = "0.1.0"
