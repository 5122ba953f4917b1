"""Customers and their contacts."""

from bihuan.customers.models.contact import REVEALS_AN_HOUR, Contact, ContactDetails
from bihuan.customers.models.customer import Customer, CustomerDetails

__all__ = ["REVEALS_AN_HOUR", "Contact", "ContactDetails", "Customer", "CustomerDetails"]
