"""Templates in which all that never changes on the pages of one language and version stands already written.

A page of results would ask a hundred times for sentences of the interface, addresses of the menu, static files and
whether it is a simple one. Each language and version has its own copy of every template, compiled when a page of it is
first made, with the answers in it.
"""

from collections import ChainMap
from collections.abc import Callable, MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.nodes import EvalContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

SETTLED = frozenset({"_", "gettext", "to", "static_url", "is_simple", "current_language", "direction", "in_french"})
"""What says the same to the same question on all pages of a language and version; no macro may take these names."""


class Templates(Environment):
    """The templates of an application; what they all may ask for is the same for each of them."""

    voice: str | None = None
    """What addresses of their pages begin with; None while they are of all languages and versions."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give what a template may ask for: of maps laid over each other, every import compares all the names."""
        return ChainMap(d, self.globals) if d else self.globals

    def settled_for(self, voice: str) -> "Templates":
        """Give the templates of a language and version, made in a request for a page of that kind."""
        voices: dict[str, Templates] = self.__dict__.setdefault("voices", {})
        found = voices.get(voice)
        if found is None:
            made = self.overlay()
            made.voice = voice
            found = voices.setdefault(voice, made)
        return found

    def _generate(self, source: nodes.Template, *given: Any, **named: Any) -> str:  # noqa: ANN401 - the library's own
        return super()._generate(_Settling(self).visit(source) if self.voice is not None else source, *given, **named)


class _Settling(NodeTransformer):
    """Puts the answers in the place of the questions."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the library's own name
        """Answer a question that needs nothing of the page."""
        asked = self.generic_visit(node)
        return _answer(node, self._templates) if _is_settled(node) else asked


def _is_settled(node: nodes.Call) -> bool:
    is_known = isinstance(node.node, nodes.Name) and node.node.name in SETTLED
    is_constant = all(isinstance(each, nodes.Const) for each in node.args)
    return is_known and is_constant and not (node.kwargs or node.dyn_args or node.dyn_kwargs)


def _answer(node: nodes.Call, templates: Templates) -> nodes.Expr:
    assert isinstance(node.node, nodes.Name)  # noqa: S101 - only those are settled
    ask: Callable[..., object] = templates.globals[node.node.name]  # type: ignore[assignment]  # the library says object
    given = [each.value for each in node.args if isinstance(each, nodes.Const)]
    if hasattr(ask, "jinja_pass_arg"):
        given = [EvalContext(templates, _A_PAGE), *given]
    answer = ask(*given)
    kind = nodes.TemplateData if isinstance(answer, Markup) else nodes.Const
    return kind(str(answer) if isinstance(answer, Markup) else answer, lineno=node.lineno, environment=templates)


_A_PAGE = "page.html"
"""A name by which what is put in is escaped."""
