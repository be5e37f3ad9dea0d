"""What is of the kind that was named is listed and counted; what only has to do with it stands apart."""

from tests.search.towns import NOGENT, TRAINEL, Town, serving


def apart(town: Town, words: str) -> list[str]:
    return [hit.card.title for hit in town.ask(words).also]


def test_a_text_that_mentions_a_doctor_is_no_doctor(town: Town) -> None:
    town.knows(
        serving("Cabinet du Lavoir", concepts=("SA01",)),
        serving("Cours de français", concepts=("SO13",), summary="Parler avec son médecin, écrire à l’école."),
    )
    assert town.titles("médecin") == ["Cabinet du Lavoir"]
    assert apart(town, "médecin") == ["Cours de français"]


def test_where_no_doctor_is_open_or_near_nothing_takes_their_place(town: Town) -> None:
    town.knows(
        serving("Cabinet du Bois", TRAINEL, concepts=("SA01",), opens="Mo 09:00-12:00"),
        serving("Cours de français", TRAINEL, opens="Sa 08:00-18:00", summary="Parler avec son médecin."),
    )
    closed, far = town.ask("médecin samedi à Traînel"), town.ask("médecin à Romilly", radius=5)
    assert (closed.total, far.total) == (0, 0)
    assert [hit.card.title for hit in closed.also] == ["Cours de français"]
    assert closed.help is not None
    assert [(way.label, way.count) for way in closed.help.ways] == [("À tout moment", 1)]
    assert far.help is not None
    assert [hit.card.title for hit in far.help.beyond] == ["Cabinet du Bois"]


def test_where_the_directory_has_none_of_a_kind_its_texts_answer(town: Town) -> None:
    town.knows(serving("Cours de français", summary="Parler avec son médecin."))
    assert town.titles("médecin") == ["Cours de français"]


def test_identity_papers_are_made_where_somebody_says_so_and_others_help_with_them(town: Town) -> None:
    town.knows(
        serving("Mairie du Bois", TRAINEL, concepts=("AD01",)),
        serving("Mairie des Quais", NOGENT, concepts=("AD01",), summary="État civil, cartes d’identité et passeports."),
        serving("Guichet des titres", concepts=("AD09",)),
    )
    for words in ("passeport", "papiers d’identité", "carte d’identité"):
        assert sorted(town.titles(words)) == ["Guichet des titres", "Mairie des Quais"]
        assert apart(town, words) == ["Mairie du Bois"]


def test_of_a_kind_of_many_trades_only_the_one_that_was_named_is_counted(town: Town) -> None:
    town.knows(
        serving("Garage du Pont", concepts=("CO08",)),
        serving("Atelier de la Source", concepts=("CO08",), summary="Plomberie et chauffage."),
        serving("Composteurs du Clos", concepts=("AD11",)),
        serving("Déchèterie du Bois", concepts=("AD11",)),
    )
    assert (town.titles("plombier"), apart(town, "plombier")) == (["Atelier de la Source"], ["Garage du Pont"])
    assert (town.titles("déchetterie"), apart(town, "déchetterie")) == (["Déchèterie du Bois"], ["Composteurs du Clos"])


def test_more_words_than_the_kind_are_looked_for_in_all_texts(town: Town) -> None:
    town.knows(
        serving("Supérette du Pont", concepts=("CO01",)),
        serving("Épicerie solidaire", concepts=("SO08",)),
    )
    assert town.titles("épicerie solidaire")[0] == "Épicerie solidaire"


def test_who_wants_a_visit_at_home_is_told_what_stops_nearby_or_answers_by_telephone(town: Town) -> None:
    town.knows(lambda build: build.by_phone(build.a_service(title="Allô numérique", concepts=("NU01",))))
    given = town.ask("conseiller numérique à la maison").help
    assert given is not None
    assert [hit.card.title for hit in given.remote] == ["Allô numérique"]
