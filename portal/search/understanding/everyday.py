"""Everyday words that are also names of communes: they make a place only when something says so."""

from portal.core.text import fold
from portal.search.understanding.tokens import tokens_of
from portal.vocabulary.vocabulary import Vocabulary

_OTHERS = frozenset(
    """
    agneaux aime aire angoisse appelle arc armes aube avril baby bains ballons bar barbe barre base baux beau beaux
    belle bien blanc bois bon bonne bonnes bonnet bords boulange boulot bouquet bourg branches bras brie bus cabanes
    cales camp campagne camps canal carnet cars casse castel cave celle celles centre cergy champ champagne champs
    change chanson chapeau charge charmes chasse chat chateau chaux chemin chene chevre ciel clef colline colombier
    comble conte contes contre copain corbeau corps cote couches coupe cour cours court courtes couture croix cuve
    dame dames danse dons doux eau eaux eclaires ecole ecurie eglise elan essarts etable etang faux fere ferme feu
    fille fins flers fleury foret forges fosse fosses four frais fraise gap garde gare gene grace grand grange
    granges haie halle haut herbe hommes hors ile iles isle jardin jeu job jumelles lac lait lande lens lent lettres
    lieu linge lisse lit livre livres loge loges long lot loue louer lure luxe mai main maison maisons mans marais
    marche marches marques mars mas maux menus mer mere messe moisson monnaie mons mont monte monts mort motte
    moulin moulins mousse moyen mur murs nais neuf neuve nice noix nord noyers nuits or orange ors ouest ours paille
    pain paix parc parent part pas passage pays peine pelouse pere piano pierre pierres pin pins place plage plaine
    plan planches plats pleine poix pommiers pont ponts port porte portes poste pouce prat pre premieres pres puits
    quai quarante quart quatre racines ramasse rang repas rien rives riviere roche romans rose rouge route rue sable
    sains saint salle salles salon sang saules sauve sel sens seuil seul signes simple sol son sorties source sucre
    sud sur sure table toul tour tours train trappes traverse treize tricot trois tronc une val vallee vent vers
    ancien ancienne bas basse basses chapelle chapelles grande grandes grands haute hautes hauts longue neuves petit
    petite petites petits vieille vieilles vert vienne viens vieux vigne vignes ville villes vin vire vis vitry vive
    voie voisines volnay vosges
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
