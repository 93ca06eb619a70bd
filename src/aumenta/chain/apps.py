"""Tells Django about `chain`."""

from django.apps import AppConfig


class ChainConfig(AppConfig):
    name = "aumenta.chain"
    label = "chain"
