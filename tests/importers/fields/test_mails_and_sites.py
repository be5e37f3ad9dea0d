"""Mail and web addresses: their shapes, their wrong columns, and what must never become a link."""

import pytest

from importers.fields.contacts import read_mail_lines, read_site_lines
from portal.directory.rules.choices import ContactType

MAILS = {
    "Contact@Mairie.FR": ["contact@mairie.fr"],
    "contact@mairie.fr.": ["contact@mairie.fr"],
    "<contact@mairie.fr>": ["contact@mairie.fr"],
    "Mairie <contact@mairie.fr>": ["contact@mairie.fr"],
    "mailto:contact@mairie.fr": ["contact@mairie.fr"],
    "contact [at] mairie.fr": ["contact@mairie.fr"],
    "contact(at)mairie(point)fr": ["contact@mairie.fr"],
    "contact arobase mairie.fr": ["contact@mairie.fr"],
    "contact @ mairie.fr": ["contact@mairie.fr"],
    "a@x.fr;b@x.fr": ["a@x.fr", "b@x.fr"],
    "a@x.fr|b@x.fr|a@x.fr": ["a@x.fr", "b@x.fr"],
    "a@x.fr, b@x.fr": ["a@x.fr", "b@x.fr"],
    "a@x.fr / b@x.fr": ["a@x.fr", "b@x.fr"],
    "accueil.mairie-x_1+a@sous.domaine.asso.fr": ["accueil.mairie-x_1+a@sous.domaine.asso.fr"],
    "contact@école.fr": ["contact@xn--cole-9oa.fr"],
}
BAD_MAILS = {
    "contact@wanadoo": "courriel-incomplet",
    "contact@@mairie.fr": "courriel-invalide",
    "contact@mairie..fr": "courriel-invalide",
    "con..tact@mairie.fr": "courriel-invalide",
    "mairie.fr": "courriel-invalide",
    "été@mairie.fr": "courriel-invalide",
    "contact@-mairie.fr": "courriel-invalide",
    "contact@mairie.f": "courriel-invalide",
    "a" * 65 + "@mairie.fr": "courriel-invalide",
    "contact@" + "a" * 300 + ".fr": "courriel-invalide",
}
SITES = {
    "www.mairie.fr": ["https://www.mairie.fr"],
    "mairie.fr/contact": ["https://mairie.fr/contact"],
    "http://mairie.fr": ["http://mairie.fr"],
    "HTTP://WWW.Mairie.FR/Accueil": ["http://www.mairie.fr/Accueil"],
    "http//www.mairie.fr": ["http://www.mairie.fr"],
    "http:/www.mairie.fr": ["http://www.mairie.fr"],
    "htpp://www.mairie.fr": ["http://www.mairie.fr"],
    "https:www.mairie.fr": ["https://www.mairie.fr"],
    "http://https://mairie.fr": ["https://mairie.fr"],
    "https:// mairie.fr": ["https://mairie.fr"],
    "<https://mairie.fr>.": ["https://mairie.fr"],
    "mairie.fr:8080/a": ["https://mairie.fr:8080/a"],
    "https://école.fr/é?q=à#ê": ["https://xn--cole-9oa.fr/%C3%A9?q=%C3%A0#%C3%AA"],
    "https://mairie.fr/%C3%A9": ["https://mairie.fr/%C3%A9"],
    "https://a.fr|https://b.fr": ["https://a.fr", "https://b.fr"],
    "https://a.fr, www.b.fr": ["https://a.fr", "https://www.b.fr"],
    "https://mairie.fr/spip.php?article1,2": ["https://mairie.fr/spip.php?article1,2"],
}
BAD_SITES = {
    "javascript:alert(1)": "adresse-web-refusee",
    "JaVaScRiPt://mairie.fr/%0aalert(1)": "adresse-web-refusee",
    "java\x00script:alert(1)": "adresse-web-refusee",
    "data:text/html,x": "adresse-web-refusee",
    "ftp://mairie.fr": "adresse-web-refusee",
    "file:///etc/passwd": "adresse-web-refusee",
    "http://javascript:alert(1)": "adresse-web-illisible",
    "https://moi:secret@mairie.fr": "adresse-web-avec-identifiant",
    "http://127.0.0.1/": "adresse-web-privee",
    "http://[::1]/": "adresse-web-privee",
    "http://2130706433/": "adresse-web-privee",
    "http://localhost": "adresse-web-privee",
    "http://nas.local/": "adresse-web-privee",
    "http://[::1": "adresse-web-illisible",
    "https://mairie.fr:99999/": "adresse-web-illisible",
    "facebook": "adresse-web-illisible",
    "https://": "adresse-web-illisible",
    "https://mairie.fr/" + "a" * 2000: "adresse-web-trop-longue",
}


@pytest.mark.parametrize(("cell", "expected"), MAILS.items(), ids=MAILS.keys())
def test_mail_is_read_in_small_letters(cell: str, expected: list[str]) -> None:
    lines, problems = read_mail_lines(cell)
    assert [(line.type, line.value) for line in lines or ()] == [(ContactType.MAIL, mail) for mail in expected]
    assert problems == ()


@pytest.mark.parametrize(("cell", "code"), BAD_MAILS.items())
def test_broken_mail_is_refused(cell: str, code: str) -> None:
    lines, problems = read_mail_lines(cell)
    assert lines is None
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize(("cell", "expected"), SITES.items())
def test_site_is_written_as_a_link_can_hold_it(cell: str, expected: list[str]) -> None:
    lines, problems = read_site_lines(cell)
    assert [(line.type, line.value) for line in lines or ()] == [(ContactType.SITE, url) for url in expected]
    assert problems == ()


@pytest.mark.parametrize(("cell", "code"), BAD_SITES.items(), ids=[cell[:40] for cell in BAD_SITES])
def test_unsafe_or_broken_site_is_refused(cell: str, code: str) -> None:
    lines, problems = read_site_lines(cell)
    assert lines is None
    assert [problem.code for problem in problems] == [code]


def test_site_in_the_mail_cell_is_moved() -> None:
    lines, problems = read_mail_lines("contact@mairie.fr www.mairie.fr")
    assert [line.type for line in lines or ()] == [ContactType.MAIL, ContactType.SITE]
    assert [problem.code for problem in problems] == ["site-dans-courriel"]


def test_mail_in_the_site_cell_is_moved() -> None:
    lines, problems = read_site_lines("contact@mairie.fr")
    assert [(line.type, line.value) for line in lines or ()] == [(ContactType.MAIL, "contact@mairie.fr")]
    assert [problem.code for problem in problems] == ["courriel-dans-site"]


@pytest.mark.parametrize(
    ("url", "is_social"),
    [("https://www.facebook.com/x", True), ("https://notfacebook.com", False), ("https://x.com/a", True)],
)
def test_social_network_is_told_from_a_site(url: str, *, is_social: bool) -> None:
    lines, _ = read_site_lines(url)
    assert [line.type for line in lines or ()] == [ContactType.SOCIAL if is_social else ContactType.SITE]
