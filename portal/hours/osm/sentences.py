"""What a person is told of each doubt: what is wrong, and what to do."""

from portal.hours.osm.values import Doubt

SENTENCES = {
    Doubt.SYNTAX: "Cette partie des horaires n’est pas lisible : vérifiez la notation, ou écrivez-la en français.",
    Doubt.WEEKS: "Seules les semaines paires ou impaires peuvent être reprises : indiquez les dates.",
    Doubt.EASTER: "Un jour compté depuis Pâques n’est pas repris : indiquez la date, ou le jour férié.",
    Doubt.DAY_OFFSET: "Un décalage en jours n’est pas repris : indiquez les dates.",
    Doubt.SUN: "Les heures du lever et du coucher du soleil ne sont pas connues : indiquez des heures.",
    Doubt.OPEN_END: "L’heure de fermeture n’est pas dite : indiquez-la.",
    Doubt.POINT: "Une heure seule ne dit pas jusqu’à quand : indiquez l’heure de fin.",
    Doubt.NO_TIMES: "Aucune heure n’est dite pour ces jours : indiquez-les.",
    Doubt.FALLBACK: "Ce qui suit « || » vaut en dehors des autres horaires : indiquez-en les jours et les heures.",
    Doubt.UNKNOWN: "La source dit elle-même que ces horaires ne sont pas sûrs : vérifiez-les.",
    Doubt.COMMENT: "Ce commentaire peut changer les horaires : vérifiez-le, et écrivez-le dans les horaires.",
    Doubt.YEARS: "Une année sur plusieurs n’est pas reprise : indiquez les années.",
    Doubt.OVERLAP: "Ces règles se recouvrent d’une façon qui ne peut pas être reprise : écrivez-les séparément.",
    Doubt.TOO_LONG: "Ces horaires sont trop longs pour être lus : écrivez-les plus simplement.",
    Doubt.EMPTY: "Les horaires sont vides : indiquez les jours et les heures.",
    Doubt.CLOSED: "Aucune ouverture n’est dite : si le service est fermé pour de bon, indiquez-le sur sa fiche.",
}
