"""Who answers for a structure in law: words of people and of national lists, as our natures."""

from importers.fields.cells import Read, fault, said
from portal.core.text import slug
from portal.directory.rules.choices import LegalNature

_WORDS = {
    "public": LegalNature.PUBLIC,
    "publique": LegalNature.PUBLIC,
    "service-public": LegalNature.PUBLIC,
    "secteur-public": LegalNature.PUBLIC,
    "collectivite": LegalNature.PUBLIC,
    "commune": LegalNature.PUBLIC,
    "mairie": LegalNature.PUBLIC,
    "intercommunalite": LegalNature.PUBLIC,
    "etat": LegalNature.PUBLIC,
    "prive": LegalNature.PRIVATE,
    "privee": LegalNature.PRIVATE,
    "entreprise": LegalNature.PRIVATE,
    "commerce": LegalNature.PRIVATE,
    "liberal": LegalNature.PRIVATE,
    "secteur-prive": LegalNature.PRIVATE,
    "association": LegalNature.ASSOCIATION,
    "associatif": LegalNature.ASSOCIATION,
    "associative": LegalNature.ASSOCIATION,
    "association-loi-1901": LegalNature.ASSOCIATION,
}


def read_nature(text: str) -> Read[LegalNature]:
    """Read whether a structure is public, private or an association."""
    words = said(text)
    nature = _WORDS.get(slug(words))
    if nature is not None or not words:
        return nature, ()
    sentence = "Cette nature n’est pas connue : écrivez « public », « privé » ou « association »."
    return None, (fault("nature-inconnue", sentence, text),)
