"""Checking from Python: a :class:`Checker` is made of a configuration and a choice of rules, and judges as the command
does.

What is wrong with an input is told in the :class:`~goalcheck.engine.result.Result`; what is wrong with the choice is
raised.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import attrs

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.config.selection import PROFILES, Selection, require_known
from goalcheck.config.setups import Asked, Setup, Setups
from goalcheck.engine.pipeline import check_data, check_source
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.files import inputs
from goalcheck.readers.plain import is_text_encoding
from goalcheck.source import Source


@attrs.frozen(eq=False, kw_only=True, repr=False)
class Checker:
    """Checks sheets under one choice of rules; made once, used for as many sheets as there are.

    ``config`` is a configuration file, read once; with ``nearest`` the one nearest to each sheet is looked for, as the
    command does; with neither there is none. The others overrule the configuration, as the options of ``goalcheck
    lint`` do: ``profile`` is ``core`` or ``strict``; ``select``, ``extend_select`` and ``ignore`` name rules by codes,
    beginnings of codes, names, or ``ALL``; ``taxonomy`` is a name or a file, ``encoding`` that of every file.

    Raises :class:`~goalcheck.errors.FileError` for what is wrong with a configuration or taxonomy and
    :class:`~goalcheck.config.selection.UnknownRuleError` for a selector that fits no rule (both with ``nearest`` only
    when a sheet is checked), ValueError for an argument that is none of those it may be.
    """

    config: str | os.PathLike[str] | None = None
    nearest: bool = False
    profile: str | None = None
    select: Sequence[str] | None = None
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] | None = None
    taxonomy: str | os.PathLike[str] | None = None
    encoding: str | None = None
    _setups: Setups = attrs.field(init=False)

    @_setups.default
    def _made(self) -> Setups:
        if self.nearest and self.config is not None:
            raise ValueError("config and nearest exclude each other")
        if self.profile not in (None, *PROFILES):
            raise ValueError(f"profile is one of {', '.join(PROFILES)}, not {self.profile!r}")
        if self.encoding is not None and not is_text_encoding(self.encoding):
            raise ValueError(f"{self.encoding!r} is no encoding of text")
        file = None if self.config is None else os.fspath(self.config)
        asked = Asked(self._selection, None, _taxonomy(self.taxonomy), self.encoding)
        return Setups(asked, file, isolated=not self.nearest)

    def __attrs_post_init__(self) -> None:
        if not self.nearest:
            self._of(os.curdir)  # what is wrong is said at once

    @property
    def _selection(self) -> Selection:
        named = _several(self.select), _several(self.extend_select) or (), _several(self.ignore)
        return Selection(self.profile, *named)

    def check(self, text: str | bytes, *, path: str = "<text>") -> Result:
        """Check a sheet given as text or as bytes. ``path`` is what it is called, and says which configuration holds.

        Raises nothing for what is wrong with the sheet.
        """
        setup = self._of(path)
        if isinstance(text, bytes):
            return check_data(text, path, setup.plan, setup.encoding)
        return check_source(Source(text, path), setup.plan)

    def check_file(self, path: str | os.PathLike[str]) -> Result:
        """Check the sheet in the file ``path``. Raises nothing for what is wrong with it."""
        name = os.fspath(path)
        try:
            return self.check(inputs.read(name, self._of(name).plan.limits), path=name)
        except InputError as error:
            return Result(name, error=error)

    def fixed(self, text: str, *, path: str = "<text>", unsafe: bool = False) -> str:
        """``text`` with the safe fixes applied, with ``unsafe`` the proposals as well; the same if there are none.

        Raises :class:`~goalcheck.errors.InputError` if it is no sheet, or if a fix turns out to be unsound.
        """
        from goalcheck.fix.mend import mend  # only where something is mended

        made = mend(self.check(text, path=path), self._of(path).plan, unsafe=unsafe).result.source
        assert made is not None
        return made.text

    def _of(self, path: str) -> Setup:
        """The setup of the input ``path``, in which every selector fits some rule."""
        setup = self._setups.of(path)
        configuration = self._setups.configuration(os.path.dirname(os.path.abspath(path)))
        require_known(configuration.catalogue, self._selection.selectors)
        return setup


def _several(selectors: Sequence[str] | None) -> Sequence[str] | None:
    """``selectors``, of which a single text would be taken for its letters."""
    return [selectors] if isinstance(selectors, str) else selectors


def _taxonomy(name: str | os.PathLike[str] | None) -> Taxonomy | None:
    if name is None:
        return None
    shipped = catalogue().taxonomies.get(str(name))
    if shipped is not None:
        return shipped
    from goalcheck.config.taxonomy import taxonomy_file  # only where there is one

    made = taxonomy_file(os.fspath(name))
    if made is None:
        raise ValueError(f"{name!r} is no taxonomy: it is one of {', '.join(catalogue().taxonomies)}, or a file")
    return made
