"""The keys of `thesaurus.yaml` and `situations.yaml`: what each may hold."""

from portal.vocabulary.audiences import Audience
from portal.vocabulary.entries import Level, StepMode
from portal.vocabulary.shapes import Fields, Keyed, Many, OneOrMany, Words

FAMILY_CODE = r"[A-Z]{2}"
CONCEPT_CODE = r"[A-Z]{2}[0-9]{2}"
_BPE_CODE = r"[A-G][0-9]{3}"

_text = Words()
_texts = Many(_text)
_yes_or_no = Words(choices=frozenset({"true", "false"}))
_slug = Words(form=r"[a-z0-9]+(-[a-z0-9]+)*", example="relais-petite-enfance")
_family_code = Words(form=FAMILY_CODE, example="PE")
_concept_code = Words(form=CONCEPT_CODE, example="PE01")
_concept_codes = Many(_concept_code, least=1)
_level = Words(choices=frozenset(Level))
_audience = Words(choices=frozenset(Audience))
_acronym = Words(form=r"[^\W_](\w|[-’'])*", example="RPE")
_last_day = Words(form=r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?", example="2019-12-31 ou 2019")
_year = Words(form=r"20[0-9]{2}", example="2024")
_bpe = Many(Words(form=_BPE_CODE, example="D502"))
_theme = Words(form=r"T[0-9]+", example="T2")
_label_pair = Fields(required={"fr": _text, "en": _text}, optional={})
_deprecated = Fields(required={"depuis": _last_day}, optional={"remplace_par": _concept_code, "note": _text})

_former_name = Fields(
    required={"nom": _text},
    optional={"sigle": OneOrMany(_acronym), "jusqu_a": _last_day, "note": _text},
)
_mappings = Fields(
    required={},
    optional={
        "bpe": _bpe,
        "bpe_2024": _bpe,
        "finess": Many(Words(form=r"[0-9]{3}", example="124")),
        "data_inclusion": Many(Words(form=r"[a-z0-9-]+--[a-z0-9-]+", example="famille--garde-denfants")),
        "data_inclusion_reseaux": Many(_slug),
        "dila_pivot": Many(Words(form=r"[a-z0-9_]+", example="mairie")),
        "osm": Many(Words(form=r"[a-z0-9_:]+=\S+", example="amenity=townhall")),
        "openeligibility": Many(Words(form=r"[0-9]{4}", example="1292")),
    },
)
CONCEPT = Fields(
    required={
        "code": _concept_code,
        "famille": _family_code,
        "slug": _slug,
        "fr": _text,
        "en": _text,
        "definition": _text,
        "niveau_attendu": _level,
    },
    optional={
        "synonymes": _texts,
        "sigles": Many(_acronym),
        "anciens_noms": Many(_former_name),
        "correspondances": _mappings,
        "petr_axes": Many(Words(form=r"[0-9]{1,2}", example="23")),
        "nevers": Many(_slug),
        "themes_transversaux": Many(_theme),
        "gamme_insee_brouillon": _level,
        "souvent_itinerant": _yes_or_no,
        "deprecie": _deprecated,
    },
)
_family = Fields(
    required={"code": _family_code, "slug": _slug, "fr": _text, "en": _text, "definition": _text},
    optional={
        "definition_en": _text,
        "maurienne_familles": Many(Words(form=r"F[0-9]+", example="F1")),
        "petr_domaines": Many(Words(form=r"D[0-9]+", example="D4")),
    },
)
_vintage = Fields(
    required={"millesimes": Many(_year, least=2, most=2), "note": _text},
    optional={"domaines_repris": Many(Words(form=r"[A-G]", example="A"))},
)
_nomenclatures = Fields(
    required={"bpe": _vintage},
    optional={
        "bpe_2024": _vintage,
        "finess": _text,
        "data_inclusion": _text,
        "dila_pivot": _text,
        "openeligibility": _text,
        "osm": _text,
    },
)
THESAURUS = Fields(
    required={
        "meta": Fields(
            required={"titre": _text, "version": _text, "nomenclatures": _nomenclatures},
            optional={
                "langues": Many(Words(form=r"[a-z]{2}", example="fr")),
                "statut": _text,
                "regles": _texts,
                "sigles_ambigus": Keyed(Many(_concept_code, least=2)),
                "mots_partages": Keyed(Many(_concept_code, least=2)),
                "sigles_seuls": Many(_acronym),
            },
        ),
        "familles": Many(_family, least=1),
        "concepts": Many(CONCEPT, least=1),
    },
    optional={
        "taxonomies_des_documents": Fields(
            required={},
            optional={
                "maurienne_familles": Keyed(_text, form=r"F[0-9]+", example="F1"),
                "themes_transversaux": Keyed(_label_pair, form=r"T[0-9]+", example="T1"),
                "petr_domaines": Keyed(_text, form=r"D[0-9]+", example="D1"),
                "petr_axes": Keyed(_text, form=r"[0-9]{1,2}", example="1"),
                "nevers_mots": Many(_slug),
            },
        ),
    },
)

MOST_QUESTIONS = 5
"""More would be an interrogation: a person stands at the counter."""

_situation_code = Words(form=r"S[0-9]{2}", example="S01")
_step = Fields(
    required={"quoi": _text, "services": _concept_codes},
    optional={"quand": _text, "pieces": _texts, "astuce": _text, "mode": Words(choices=frozenset(StepMode))},
)
_situation = Fields(
    required={
        "code": _situation_code,
        "slug": _slug,
        "phrase": _text,
        "titre_fr": _text,
        "titre_en": _text,
        "publics_data_inclusion": Many(_audience, least=1),
        "etapes": Many(_step, least=1),
    },
    optional={
        "mots_cles": _texts,
        "themes_transversaux": Many(_theme),
        "echos_des_documents": _text,
        "questions_daccueil": Many(_text, most=MOST_QUESTIONS),
        "points_de_vigilance": _texts,
    },
)
_persona = Fields(
    required={
        "code": Words(form=r"P[0-9]+", example="P1"),
        "nom": _text,
        "situations": Many(_situation_code, least=1),
        "contraintes": Fields(
            required={},
            optional={"voiture": _yes_or_no, "plage_libre": _text, "internet": _yes_or_no, "distance": _yes_or_no},
        ),
    },
    optional={},
)
SITUATIONS = Fields(
    required={"situations": Many(_situation, least=1)},
    optional={
        "meta": Fields(
            required={"titre": _text, "version": _text},
            optional={"thesaurus": _text, "regles": _texts},
        ),
        "parcours_temoin": Fields(
            required={"nom": _text, "personnes_types": Many(_persona)},
            optional={"idee": _text, "mesures": _texts},
        ),
    },
)
