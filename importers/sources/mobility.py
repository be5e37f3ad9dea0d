"""The source of all that helps people get about; its lists are declared where each is read."""

from portal.intake.rules.declarations import SourceDeclaration

MOBILITY = SourceDeclaration(
    name="mobilite",
    title="Mobilité",
    owner="Point d’accès national aux données de transport (transport.data.gouv.fr)",
    licence="ODbL 1.0",
    url="https://transport.data.gouv.fr/datasets/base-nationale-des-lieux-de-covoiturage",
    frequency_days=30,
    priority=40,
)
