"""What every command of the suite has imported before it is asked for: a warning in there ends them all."""

import warnings
from importlib import import_module

warnings.resetwarnings()
warnings.simplefilter("error")
# The commands themselves are loaded when asked, as ever: by then the language is chosen.
for _name in ("importers.cli", "portal.app", "importers.pipeline.imports"):
    import_module(_name)
