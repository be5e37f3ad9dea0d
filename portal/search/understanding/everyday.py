"""Everyday words that are also names of communes: they make a place only when something says so."""

from portal.core.text import fold
from portal.search.understanding.tokens import tokens_of
from portal.vocabulary.vocabulary import Vocabulary

_OTHERS = frozenset(
    """
    agneaux arc aire bar barbe bains base baux beau beaux belle bien blanc bois bon bonne boulange bourg brie bus camp
    camps cars casse castel cave centre cergy champ champs chanson charge charmes chasse chat chateau chaux chemin chene
    chevre clef colline comble copain corbeau corps cote couches coupe cour cours court croix dame dames danse dons
    eau eaux ecole eglise elan essarts etang etable faux ferme fere feu flers fleury foret forges fosse four fraise gap
    gare garde grange granges grace grand haie halle haut herbe hors ile iles isle jeu job jardin lac lait lande lens
    lettres lieu lit livre livres loge loges lure lot luxe mai main maison maisons mans marais marche marches mas
    menus mer mery messe mons mont monts mort motte moulin moulins mur murs nais neuf neuve nice noix nord or orange
    ors ouest ours pain paix parc parent part pas passage pays peine pierre pin pins place plage plaine plan pleine poix
    pont ponts port porte portes poste pouce prat pre pres puits quart quatre quai repas rien rives roche rose rouge
    route rue sable saint sains salle salles salon sang sens sel seul signes sol son sorties source sucre sud sur table
    tours tour toul trappes train traverse treize trois tronc une val vallee vent vers vert vienne vieux vigne ville
    villes vin vire vis vitry vive voie volnay vosges
    """.split()  # noqa: SIM905  # a block of words is read and sorted, a list of two hundred strings is not
)


def everyday_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Gather the words of the thesaurus, of the situations and of everyday life."""
    told = [text for each in vocabulary.concepts for text in (each.label.fr, each.definition, *each.synonyms)]
    told += [text for each in vocabulary.situations for text in (each.sentence, each.title.fr, *each.keywords)]
    told += [step.what for each in vocabulary.situations for step in each.steps]
    # A capital inside a sentence is a name of its own: it makes no everyday word.
    words = {token.key for text in told for token in tokens_of(text) if token.start == 0 or token.written.islower()}
    return frozenset(map(fold, _OTHERS)) | words
