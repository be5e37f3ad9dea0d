"""Every public route with what its answers bear: a new one is unknown until it stands here.

Routes of pages stand in French; the same ones behind /en are held to the same. `{service}` and the like stand for
something published, and an address ends the way a program would ask it.
"""

from dataclasses import dataclass

MINUTE = "public, max-age=60, must-revalidate"
DATA_MINUTE = "public, max-age=60"
DATA_QUESTION = "private, max-age=60"
HOUR = "public, max-age=3600"
YEAR = "public, max-age=31536000, immutable"
NEVER = "no-store"


@dataclass(frozen=True)
class Answer:
    """What one route answers."""

    path: str
    kind: str = "text/html"
    kept: str = MINUTE
    status: int = 200
    is_open: bool = False
    """Whether scripts of any site may read it."""
    is_framed: bool = False
    """Whether the sites of the settings may show it in a frame."""


def _data(path: str, kind: str = "application/json", kept: str = DATA_MINUTE, status: int = 200) -> Answer:
    return Answer(path, kind, kept, status, is_open=True)


ROUTES = {
    "/": Answer("/"),
    "/accessibilite": Answer("/accessibilite"),
    "/aide": Answer("/aide"),
    "/api/<path:_rest>": _data("/api/rien", "application/problem+json", NEVER, 404),
    "/api/v1/communes": _data("/api/v1/communes?q=rom", kept=DATA_QUESTION),
    "/api/v1/openapi.json": _data("/api/v1/openapi.json", kept=HOUR),
    "/api/v1/recherche": _data("/api/v1/recherche?quoi=mairie", kept=DATA_QUESTION),
    "/api/v1/services/<public_id>": _data("/api/v1/services/{service_id}"),
    "/api/v1/suggestions": _data("/api/v1/suggestions?q=mai", kept=DATA_QUESTION),
    "/carte/communes.geojson": _data("/carte/communes.geojson", "application/geo+json", "public, max-age=86400"),
    "/communes": Answer("/communes"),
    "/communes/<name>": Answer("/communes/10323-romilly-sur-seine"),
    "/contact": Answer("/contact"),
    "/donnees": Answer("/donnees"),
    "/donnees-personnelles": Answer("/donnees-personnelles"),
    "/favicon.ico": Answer("/favicon.ico", kept=HOUR, status=301),
    "/healthz": Answer("/healthz", "text/plain", NEVER),
    "/integrer": Answer("/integrer"),
    "/integrer/recherche": Answer("/integrer/recherche", is_framed=True),
    "/lieux/<name>": Answer("/lieux/{place}"),
    "/ma-liste": Answer("/ma-liste"),
    "/lieux/<name>.vcf": _data("/lieux/{place}.vcf", "text/vcard", MINUTE),
    "/marque.css": Answer("/marque.css", "text/css", YEAR),
    "/mentions-legales": Answer("/mentions-legales"),
    "/metrics": Answer("/metrics", "text/plain", NEVER),
    "/opensearch.xml": Answer("/opensearch.xml", "application/opensearchdescription+xml", HOUR),
    "/opensearch/suggestions": Answer("/opensearch/suggestions", "application/x-suggestions+json"),
    "/passages": Answer("/passages"),
    "/passages.atom": _data("/passages.atom", "application/atom+xml", MINUTE),
    "/passages.ics": _data("/passages.ics", "text/calendar", MINUTE),
    "/passages/affiche": Answer("/passages/affiche"),
    "/plan-du-site": Answer("/plan-du-site"),
    "/readyz": Answer("/readyz", "text/plain", NEVER),
    "/recherche": Answer("/recherche"),
    "/recherche.atom": _data("/recherche.atom?quoi=mairie", "application/atom+xml", MINUTE),
    "/recherche.csv": _data("/recherche.csv?quoi=mairie", "text/csv", MINUTE),
    "/recherche.geojson": _data("/recherche.geojson?quoi=mairie", "application/geo+json", MINUTE),
    "/recherche.ics": _data("/recherche.ics?quoi=mairie", "text/calendar", MINUTE),
    "/recherche.json": _data("/recherche.json?quoi=mairie", kept=DATA_QUESTION),
    "/robots.txt": Answer("/robots.txt", "text/plain", HOUR),
    "/s/<public_id>": Answer("/s/{service_id}", kept=HOUR, status=301),
    "/services/<name>": Answer("/services/{service}"),
    "/services/<name>.<any(ics, json, vcf):shape>": _data("/services/{service}.vcf", "text/vcard", MINUTE),
    "/signaler/<public_id>": Answer("/signaler/{service_id}", kept=NEVER),
    "/signaler/recu/<number>": Answer("/signaler/recu/nulle-part", kept=NEVER, status=404),
    "/sitemap-<int(min=1):part>.xml": Answer("/sitemap-1.xml", "application/xml", HOUR),
    "/sitemap.xml": Answer("/sitemap.xml", "application/xml", HOUR),
    "/static/<path:filename>": Answer("/static/maillage.css?v=1", "text/css", YEAR),
    "/structures/<name>": Answer("/structures/{structure}"),
    "/themes": Answer("/themes"),
    "/themes/<slug>": Answer("/themes/sante"),
    "/tournees/<name>": Answer("/tournees/{tour}"),
}
