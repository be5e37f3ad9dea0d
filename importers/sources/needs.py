"""What a line of most lists cannot do without, in the words that say so to whoever keeps the list."""

from importers.pipeline.declaration import Need
from portal.intake.record import Verdict

NO_KEY = Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas d’identifiant : indiquez le sien.")
NO_NAME = Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de nom : indiquez le sien.")
NO_NAME_OF_A_PLACE = Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de nom : indiquez celui du lieu.")
NO_PLACE = Need(verdict=Verdict.QUARANTINED, sentence="Le lieu n’est pas compris : indiquez la commune.")
OF_A_LIST_OF_PLACES = {"key": NO_KEY, "title": NO_NAME_OF_A_PLACE, "access": NO_PLACE}
