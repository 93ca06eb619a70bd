"""The tables of governance: bodies, mandates and rules."""

from aumenta.governance.models.bodies import Body, BodyRule, Holder, Mandate, MunicipalOffice

__all__ = ["Body", "BodyRule", "Holder", "Mandate", "MunicipalOffice"]
