"""What one statement of a text says: an opening, a closure, an exception or a condition."""

from dataclasses import dataclass, field

from portal.hours.french.parts import Choice
from portal.hours.slots import Appointment, DayRule, Mode, TimeSpan


@dataclass
class Statement:
    """One thing said about the hours: an opening, a closure, an exception or a condition."""

    sentence: int = 0
    start: int = -1
    end: int = -1
    choices: list[Choice] = field(default_factory=list)
    times: list[TimeSpan] = field(default_factory=list)
    halves: list[TimeSpan] = field(default_factory=list)
    whens: list[tuple[DayRule, ...]] = field(default_factory=list)
    """Each is a set of stretches, one or the other; all the sets must hold."""
    minus: list[Choice] = field(default_factory=list)
    """Days taken out of the choices: "tous les jours sauf le lundi"."""
    is_closed: bool = False
    comes_last: bool = False
    """Tells that the word "fermé" came after the days it closes."""
    is_exception: bool = False
    is_open: bool = False
    public: str = ""
    """What is said of public holidays: plain, open or closed."""
    appointment: Appointment | None = None
    mode: Mode | None = None
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    """Marks of the words nobody knows; the empty mark is an ordinary word."""
    is_rest: bool = False
    has_season_word: bool = False
    heads: bool = False
    """Tells that a condition stands in front: "en juillet : …" replaces, "… en juillet" qualifies."""
    is_under_heading: bool = False
    """Tells that its conditions come from a heading above."""
    is_heading: bool = False
    """Tells that a colon followed its conditions."""
    inherits: bool = False
    """Tells that the days are those of the statement before."""
    leads_manner: bool = False
    """Tells that "sur rendez-vous" or "par téléphone" came before the days."""
    is_aside: bool = False
    """Tells words that stand beside the hours: "ou sur rendez-vous"."""
    is_every_half: bool = False
    """Tells "tous les matins", which names days as well."""
    is_glued: bool = False
    """Tells that days follow one another without a sign: "lundi mardi"."""
    reason: tuple[int, int] | None = None
    """Where the reason of a closure stands in the text."""
    ends: list[tuple[Choice, int]] = field(default_factory=list)
    """Days on which the last times end at another minute: "9h-17h (16h le vendredi)"."""
    is_shared: bool = False
    """Tells that a condition, after a comma, may hold for the statements before as well."""

    def closes(self) -> bool:
        """Tell whether it takes hours away."""
        return self.is_closed or self.is_exception

    def has_scope(self) -> bool:
        """Tell whether anything says when."""
        has_condition = self.whens and not self.is_under_heading
        return bool(self.choices or self.times or self.halves or has_condition or self.public or self.is_rest)

    def is_empty(self) -> bool:
        """Tell whether nothing was said yet."""
        says = self.is_closed or self.is_exception or self.is_open or self.appointment or self.mode
        return not (self.has_scope() or says or self.problems or (self.unknown and self.start >= 0))
