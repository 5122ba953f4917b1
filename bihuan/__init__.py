"""Bihuan 闭环: a customer's feedback item, carried all the way round."""

__version__ = "0.1.0"
