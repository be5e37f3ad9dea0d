"""One address of every kind of page: what each journey goes through."""

from tests.journeys.conftest import Portal

PAGE_TYPES: dict[str, str] = {
    "home": "/",
    "results": "/recherche?quoi=france+services+à+Romilly+samedi",
    "second page of results": "/recherche?quoi=médecin&ou=Romilly-sur-Seine&page=2",
    "nothing found": "/recherche?quoi=cinéma+gratuit+à+Romilly",
    "nothing asked": "/recherche",
    "danger": "/recherche?quoi=mon+mari+me+frappe",
    "filtered": "/recherche?quoi=crèche&gratuit=1&rayon=5&sans=faute&ou=Romilly-sur-Seine&quand=samedi",
    "corrected": "/recherche?quoi=creshe",
    "refused": "/recherche?quand=jadis",
    "commune": "/communes/10323-romilly-sur-seine",
    "communes": "/communes",
    "commune from elsewhere": "/communes/75056-paris",
    "not found": "/nulle-part",
    "service": "@service",
    "bus": "@bus",
    "sensitive service": "@violences",
    "closed service": "@ferme",
    "place": "@lieu",
    "structure": "@structure",
    "tour": "@tournee",
    "empty list": "/ma-liste",
    "my list": "@liste",
    "report": "@signaler",
    "themes": "/themes",
    "theme": "/themes/sante",
    "passages": "/passages?ou=Romilly-sur-Seine",
    "poster": "/passages/affiche?ou=Romilly-sur-Seine",
    "help": "/aide",
    "contact": "/contact",
    "site plan": "/plan-du-site",
    "accessibility": "/accessibilite",
    "legal notice": "/mentions-legales",
    "privacy": "/donnees-personnelles",
    "open data": "/donnees",
    "embedding": "/integrer",
    "embedded search": "/integrer/recherche",
}
"""What a page is -> its French address; one that begins with @ names a page of the village."""
SIMPLE_TYPES = (
    "home",
    "results",
    "nothing found",
    "danger",
    "service",
    "bus",
    "sensitive service",
    "commune",
    "passages",
    "my list",
    "help",
)


def address(portal: Portal, kind: str, prefix: str = "") -> str:
    """Give the address of a kind of page, in a language or a version."""
    path = PAGE_TYPES[kind]
    return prefix + (portal.pages[path[1:]] if path.startswith("@") else path)
