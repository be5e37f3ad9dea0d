"""What a file really is, whatever its name says: a table we read, or something else said in a clear sentence."""

import codecs
import re
from enum import Enum

from importers.reading.archives import MAGIC, Archive, open_archive
from importers.reading.caps import MEGABYTE, Caps, StopReadingError
from importers.reading.pieces import Piece

_HEAD = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SEARCHED = 2 * MEGABYTE
_ODS_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|meta|title|table|div)\b", re.IGNORECASE)
_BINARY_SHARE = 0.05
_CONTROLS = bytes(sorted(set(range(32)) - {9, 10, 12, 13, 0x1B}))


class Form(Enum):
    """The forms that can be read."""

    DELIMITED = "texte délimité"
    JSON = "JSON"
    XLSX = "XLSX"
    ODS = "ODS"
    ZIP = "ZIP"


_OTHER_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "image", "une image PNG"),
    (b"\xff\xd8\xff", "image", "une photo JPEG"),
    (b"GIF8", "image", "une image GIF"),
    (b"RIFF", "image", "une image ou un son"),
    (b"%PDF", "pdf", "un document PDF"),
    (b"{\\rtf", "document", "un document de traitement de texte"),
    (b"\x1f\x8b", "gzip", "un fichier compressé (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "une archive 7z"),
    (b"Rar!", "archive", "une archive RAR"),
    (b"BZh", "archive", "une archive bzip2"),
    (b"\xfd7zXZ", "archive", "une archive xz"),
    (b"\x28\xb5\x2f\xfd", "archive", "une archive zstd"),
    (b"SQLite format 3\0", "base", "une base SQLite"),
    (b"PAR1", "parquet", "un fichier Parquet"),
    (b"\x7fELF", "programme", "un programme"),
    (b"MZ", "programme", "un programme Windows"),
)


def form_of(piece: Piece, caps: Caps) -> Form:
    """Recognise a file by its content; may raise `StopReadingError`."""
    head = piece.head(_HEAD)
    if not head:
        raise StopReadingError("fichier-vide", "Ce fichier est vide : téléchargez-le ou exportez-le de nouveau.")
    if head.startswith((MAGIC, b"PK\x05\x06")):
        return _form_of_zip(piece, caps)
    _refuse_other_kinds(piece, head)
    text = _start_of_text(head)
    if not text.strip():
        raise StopReadingError("fichier-vide", "Ce fichier ne contient que des blancs : exportez-le de nouveau.")
    if text.lstrip().startswith("<"):
        raise _marked_up(text)
    return Form.JSON if _is_json(text) else Form.DELIMITED


def _form_of_zip(piece: Piece, caps: Caps) -> Form:
    if piece.is_packed:
        raise StopReadingError(
            "zip-dans-zip",
            f"« {piece.name} » est lui-même un fichier compressé ou un classeur : sortez-le du zip, puis importez-le.",
        )
    archive = open_archive(piece, caps)
    names = archive.entries.keys()
    if "xl/workbook.xml" in names:
        return Form.XLSX
    if "content.xml" in names and _kind_of_document(archive).startswith(_ODS_KIND):
        return Form.ODS
    if "xl/workbook.bin" in names:
        raise _not_a_table("xlsb", "un classeur binaire (xlsb)", "enregistrez-le au format XLSX")
    if "content.xml" in names or "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise _not_a_table("document", "un document ou une présentation", "copiez son tableau dans un tableur")
    if not names:
        raise StopReadingError("fichier-vide", "Ce zip ne contient aucun fichier : refaites-le.")
    return Form.ZIP


def _kind_of_document(archive: Archive) -> bytes:
    if "mimetype" not in archive.entries:
        return b""
    with archive.open("mimetype") as stream:
        return stream.read(len(_ODS_KIND))


def _refuse_other_kinds(piece: Piece, head: bytes) -> None:
    if head.startswith(_OLE):
        raise _old_office(piece)
    for magic, code, words in _OTHER_KINDS:
        # Two letters begin a table as well as a program: only what is not text is taken for one.
        if head.startswith(magic) and (len(magic) > len(b"MZ") or b"\0" in head):
            raise _not_a_table(code, words, "demandez à son producteur un fichier CSV, XLSX ou ODS")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    if _is_utf16_without_mark(head):
        raise StopReadingError(
            "utf16-sans-marque", "Ce fichier semble être en UTF-16 sans marque : réenregistrez-le en « CSV UTF-8 »."
        )
    n_controls = len(head) - len(head.translate(None, _CONTROLS))
    if n_controls > _BINARY_SHARE * len(head):
        raise _not_a_table("binaire", "un fichier binaire", "demandez à son producteur un fichier CSV, XLSX ou ODS")


def _is_utf16_without_mark(head: bytes) -> bool:
    even, odd = head[0::2], head[1::2]
    few, many = len(head) // 20, len(head) // 4
    zeros = sorted((even.count(0), odd.count(0)))
    return len(head) > 1 and zeros[0] <= few and zeros[1] > many


def _old_office(piece: Piece) -> StopReadingError:
    content = piece.head(_OLE_SEARCHED)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return StopReadingError(
            "classeur-chiffre", "Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe."
        )
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return StopReadingError(
            "ancien-excel", "Ce classeur est à l’ancien format XLS : ouvrez-le et enregistrez-le au format XLSX."
        )
    return _not_a_table("document", "un ancien document Office", "copiez son tableau dans un classeur XLSX")


def _start_of_text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="ignore")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _is_json(text: str) -> bool:
    """Tell a JSON list from a table whose first column happens to begin with a bracket."""
    return re.match(r'\s*(?:\{\s*["}]|\[\s*[\[{\]"0-9-]|\[\s*$|\{\s*$)', text) is not None


def _marked_up(text: str) -> StopReadingError:
    if _WEB_PAGE.search(text[:4096]):
        return StopReadingError(
            "page-web",
            "Ce fichier est une page web, pas un tableau : le lien demande peut-être une connexion, ou a changé ; "
            "téléchargez le fichier dans un navigateur, puis importez-le.",
        )
    return _not_a_table("xml", "un fichier XML", "demandez à son producteur un fichier CSV ou JSON")


def _not_a_table(code: str, words: str, advice: str) -> StopReadingError:
    return StopReadingError(f"pas-un-tableau-{code}", f"Ce fichier est {words}, pas un tableau : {advice}.")
