"""Languages spoken at a service: French names, codes and words of national lists, as ISO 639 codes."""

from importers.fields.cells import Read
from importers.fields.choices import read_choices

_NAMES = {
    "allemand": "de", "anglais": "en", "arabe": "ar", "armenien": "hy", "albanais": "sq", "bengali": "bn",
    "bulgare": "bg", "breton": "br", "basque": "eu", "chinois": "zh", "mandarin": "zh", "corse": "co", "creole": "cpf",
    "dari": "prs", "espagnol": "es", "francais": "fr", "georgien": "ka", "grec": "el", "hongrois": "hu",
    "italien": "it",
    "japonais": "ja", "kurde": "ku", "neerlandais": "nl", "occitan": "oc", "ourdou": "ur", "pachto": "ps",
    "pachtou": "ps", "persan": "fa", "farsi": "fa", "polonais": "pl", "portugais": "pt", "roumain": "ro", "russe": "ru",
    "serbe": "sr", "somali": "so", "tamoul": "ta", "tcheque": "cs", "tigrigna": "ti", "turc": "tr", "ukrainien": "uk",
    "vietnamien": "vi", "wolof": "wo", "hindi": "hi", "haitien": "ht", "bambara": "bm", "peul": "ff",
}  # fmt: skip
SIGN_LANGUAGE = "fsl"
"""French sign language, by its ISO 639-3 code: it has no shorter one."""
_WORDS: dict[str, str | None] = (
    {code: code for code in _NAMES.values()}
    | dict(_NAMES.items())
    | {f"langues-etrangeres-{name}": code for name, code in _NAMES.items()}
    | dict.fromkeys(["lsf", "langue-des-signes", "langue-des-signes-francaise", "fsl"], SIGN_LANGUAGE)
    | {"langues-etrangeres-autres": None, "langues-etrangeres-autre": None, "autres": None}
)


def read_languages(text: str) -> Read[tuple[str, ...]]:
    """Read the languages of a cell."""
    sentence = "Cette langue n’est pas connue : écrivez son nom en français, par exemple « anglais »."
    return read_choices(text, _WORDS, code="langue-inconnue", sentence=sentence)
