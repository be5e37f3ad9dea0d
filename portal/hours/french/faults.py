"""What a person reads when a text about hours was not understood, or only guessed: one sentence per fault."""

from portal.core.problems import Problem

_SENTENCES = {
    "texte-non-lu": "Nous n’avons pas compris « {} ». Reformulez, par exemple « lundi 9h-12h et 14h-17h ».",
    "texte-trop-long": "Ce texte est trop long pour être lu comme des horaires. Gardez les jours et les heures.",
    "jours-manquants": "Les jours ne sont pas précisés dans « {} ». Écrivez par exemple « du lundi au vendredi ».",
    "heures-manquantes": "Les heures ne sont pas précisées dans « {} ». Indiquez-les, par exemple « 14h-17h ».",
    "heure-seule": "« {} » contient une heure sans début ou sans fin. Écrivez les deux, par exemple « 9h-12h ».",
    "heure-ouverte": "« {} » ne dit pas de quand à quand. Ajoutez l’heure qui manque, par exemple « 14h-18h ».",
    "heures-impaires": "Les heures de « {} » ne vont pas deux par deux. Écrivez par exemple « 9h-12h et 14h-17h ».",
    "heures-inversees": "Dans « {} », une plage finit avant de commencer. Corrigez les heures.",
    "heures-egales": "Dans « {} », une plage commence et finit à la même heure. Corrigez les heures.",
    "heure-sans-h": "Une heure est écrite sans « h » dans « {} » ; nous l’avons lue quand même. Vérifiez-la.",
    "plages-chevauchantes": "Des plages se chevauchent dans « {} ». Vérifiez les heures.",
    "jour-corrige": "Un nom de jour est mal écrit dans « {} » ; nous l’avons lu quand même. Corrigez-le.",
    "jours-ambigus": "Les jours de « {} » peuvent se comprendre de plusieurs façons. Écrivez une ligne par jour.",
    "demi-journee-ambigue": "Dans « {} », la demi-journée vaut peut-être plusieurs fois. Répétez-la pour chacun.",
    "demi-journee-contredite": "Dans « {} », les heures ne sont pas de la demi-journée dite. Corrigez-les.",
    "horaires-contradictoires": "« {} » donne d’autres heures aux mêmes jours. Écrivez une ligne par jour.",
    "rattachement-incertain": "Dans « {} », une précision peut se rapporter à deux choses. Faites des phrases.",
    "portee-incertaine": "Dans « {} », la dernière précision vaut peut-être pour tout. Faites des phrases.",
    "parite-inconnue": "« {} » ne dit pas quelles semaines. Écrivez « semaines paires », « impaires » ou les dates.",
    "saison-sans-dates": "La saison n’a pas de dates dans « {} ». Écrivez par exemple « du 1er juin au 30 septembre ».",
    "annee-manquante": "Il manque l’année aux dates de « {} ». Ajoutez-la, par exemple « du 3 au 21 août 2026 ».",
    "limite-imprecise": "« {} » ne dit pas si le jour limite est compris. Écrivez « jusqu’au … » ou « à partir du … ».",
    "date-impossible": "« {} » contient une date qui n’existe pas ou un jour qui ne lui correspond pas. Corrigez-la.",
    "fermeture-sans-date": "« {} » ne dit pas quand. Indiquez les jours ou les dates de fermeture.",
    "exception-avec-heures": "Dans « {} », l’exception a ses propres heures : ouvert ou fermé ? Faites deux phrases.",
    "exception-dans-fermeture": "« {} » contient une exception à une fermeture. Écrivez plutôt les jours d’ouverture.",
    "exception-inexprimable": "L’exception de « {} » est trop compliquée à retenir. Écrivez les jours d’ouverture.",
    "horaires-en-commentaire": "Le commentaire donne d’autres heures : « {} ». Reportez-les dans les jours.",
    "autres-lieux": "« {} » parle d’autres lieux. Créez un point d’accès pour chacun.",
    "ligne-a-verifier": "Les saisons de cette ligne se contredisent, « {} » est donc à vérifier. Donnez les dates.",
    "rendez-vous-inconnu": "« {} » ne dit pas s’il faut un rendez-vous. Écrivez « Oui » ou « Non ».",
    "plage-incomplete": "Il manque un jour ou une heure à la plage « {} ». Complétez-la.",
}

_LONGEST_QUOTE = 120


def fault(code: str, words: str, field: str = "") -> Problem:
    """Make the problem of a code, quoting the words that raised it."""
    quoted = " ".join(words.split())
    if len(quoted) > _LONGEST_QUOTE:
        quoted = quoted[:_LONGEST_QUOTE].rstrip() + "…"
    return Problem(code, _SENTENCES[code].format(quoted), value=words, field=field)
