"""Role and Word: what a single word can be in a name or beside one, found once for each spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from newscrawler.text.clitics import readings
from newscrawler.text.names import Name
from newscrawler.text.noun_shapes import is_hundreds, is_noun_shaped


class Role:
    """What a word can be, one bit each. Plain numbers: an IntFlag's operators are Python code, many times slower."""

    GIVEN: Final = 1
    """A given name that people of Arabic names have."""
    GIVEN_COMMON: Final = 1 << 1
    """A given name that is an ordinary word as well."""
    COMPOUND_TAIL: Final = 1 << 2
    """The second half of one: «نور الدين»."""
    PARTICLE: Final = 1 << 3
    """What binds the parts of a name: «بن»."""
    TITLE: Final = 1 << 4
    """An office, rank, profession or kinship."""
    HONORIFIC: Final = 1 << 5
    """A title after which one word is a name: «الملك»."""
    SAYING: Final = 1 << 6
    """A verb of which people are the subject."""
    AFTER_NAME: Final = 1 << 7
    """What often follows a name."""
    FUNCTION: Final = 1 << 8
    """A word of grammar, time or number."""
    COMMON: Final = 1 << 9
    """An ordinary word, or a form of one."""
    PLACE_CUE: Final = 1 << 10
    """What stands before a place and is left out: «مدينة»."""
    PLACE_HEAD: Final = 1 << 11
    """What a place's name begins with: «مطار»."""
    PLACE_TAIL: Final = 1 << 12
    """What it may end with: «الدولي»."""
    PLACE_FIRST: Final = 1 << 13
    """The first of two words: «سيدي بوزيد»."""
    ORG_HEAD: Final = 1 << 14
    """What an organisation's name begins with: «وزارة»."""
    MEDIA_HEAD: Final = 1 << 15
    """What stands before a newspaper or a station and is left out."""
    INSTITUTION: Final = 1 << 16
    """What is national with a country's adjective: «الحكومة»."""
    ORG_ADJECTIVE: Final = 1 << 17
    """«العام», «الوطني»."""
    LOCATED_HEAD: Final = 1 << 18
    """An organisation that a place's name locates: «شرطة لندن»."""
    DEMONYM: Final = 1 << 19
    """The adjective of a country."""
    NOT_A_HEAD: Final = 1 << 20
    """After an organisation's head it says that it is none: «حركة المرور»."""
    GIVEN_FOREIGN: Final = 1 << 22
    """Another given name, in Arabic letters."""
    WEAK_HEAD: Final = 1 << 21
    """As ORG_HEAD, and as often no name: «إدارة»."""
    PORTFOLIO: Final = 1 << 23
    """What a ministry is for; the second one is joined with و."""
    DEFINITE: Final = 1 << 24
    """With the article, or with a pronoun («رئيسها»)."""
    NUMBER: Final = 1 << 25
    """Holds a figure."""
    BY_SHAPE: Final = 1 << 27
    """COMMON by its stem and ending only: «حمدون» looks like a plural of «حمد»."""
    FOREIGN: Final = 1 << 26
    """Of other letters than Arabic ones."""
    EXACT: Final = 1 << 28
    """COMMON as it stands; no stem of other words."""
    FORM: Final = COMMON | EXACT
    """A form of an ordinary word whose endings would make names ordinary: «حبر» is one, «حبري» a family."""


HEADS: Final = Role.ORG_HEAD | Role.WEAK_HEAD
"""Words that begin an organisation's name."""

ROLES: Final = {
    name.lower(): bit
    for name, bit in vars(Role).items()
    if isinstance(bit, int) and bit not in (Role.DEFINITE, Role.NUMBER, Role.FOREIGN, Role.BY_SHAPE, Role.EXACT)
}
"""What a list of words may be a list of → its bit. The other bits come from a word's shape."""

NOT_A_NAME: Final = "not_a_name"
"""A list of phrases that look like a person's name and are none; it gives its words no bit."""

_WITH_ARTICLE: Final = (
    Role.TITLE | Role.COMMON | Role.PLACE_CUE | Role.PLACE_HEAD | Role.PLACE_TAIL | Role.ORG_HEAD | Role.WEAK_HEAD
    | Role.MEDIA_HEAD | Role.INSTITUTION | Role.ORG_ADJECTIVE | Role.DEMONYM | Role.FUNCTION | Role.LOCATED_HEAD
    | Role.PORTFOLIO
)  # fmt: skip
_FEMININE: Final = Role.TITLE | Role.ORG_ADJECTIVE | Role.DEMONYM | Role.COMMON
_ENDINGS: Final = frozenset({
    "هما", "تهم", "تها", "تان", "تين", "ات", "ان", "ون", "ين", "هم", "ها", "هن", "نا", "كم", "ته", "تم", "وا", "يه",
    "يها", "يهم", "ه", "ا", "ت",
})  # fmt: skip
_LOOSE_ENDINGS: Final = _ENDINGS | {"ي", "ن", "ك", "و"}
"""Of words without article; with it they end the names of families: «الشابي»."""
_PRONOUNS: Final = frozenset({"هما", "هم", "ها", "هن", "نا", "ه", "ي", "ك"})
_OWNED: Final = ("تهما", "هما", "تهم", "تها", "اته", "هم", "ها", "يون", "يين")
_OWNED_MIN: Final = 6
"""Letters from which a word with a pronoun, or a plural in ي, is no name, whatever its stem."""
_VERB: Final = frozenset("يتنا")
_HOLDERS: Final = Role.TITLE | Role.SAYING
_STEM_MIN: Final = 3
_NO_NAMES: Final[dict[str, tuple[tuple[int, Name], ...]]] = {}
_REMEMBERED: Final = 100_000
"""Words whose analysis is kept: 30 MB at most. Nine of ten words of an article were in the articles before."""


@dataclass(slots=True)
class Word:
    """A folded word and what is known about it. Never changed; `frozen` would make it in 1.2 µs instead of 0.4."""

    text: str
    """As it stands in the folded text."""
    bare: str
    """Without the particles of the reading that `roles` belong to."""
    clitic: int
    """Letters of those particles."""
    roles: int
    """Everything it can be, in that reading."""
    names: Mapping[str, tuple[tuple[int, Name], ...]]
    """Listed names that may begin here, by their second word («» for those of one word), longest first, each with the
    letters of particles before it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words with a role, and the first words of all listed names."""

    roles: Mapping[str, int] = field(repr=False)
    """Folded word without article → roles."""
    names: Mapping[str, tuple[Name, ...]] = field(repr=False)
    """Folded first word → names that begin with it, longest first."""
    _known: dict[str, Word] = field(default_factory=dict, repr=False, compare=False)

    def word(self, text: str) -> Word:
        """What a folded word can be. Remembered, since most words come again."""
        word = self._known.get(text)
        if word is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            word = self._known[text] = self._analysed(text)
        return word

    def words(self, texts: Sequence[str]) -> list[Word]:
        """As `word` for each."""
        known = self._known.get
        return [known(text) or self.word(text) for text in texts]

    def _analysed(self, text: str) -> Word:
        names: list[tuple[int, Name]] = []
        best: tuple[int, str, int] | None = None
        every = list(readings(text))
        for clitic, bare in every:
            if bare in self.names:
                names += [(clitic, name) for name in self.names[bare]]
            if best is None:
                roles = self._roles(bare)
                if roles or (not clitic and not text.isalpha()):
                    best = (clitic, bare, roles)
        clitic, bare, roles = best or (0, text, 0)
        if not roles:
            clitic, bare, roles = self._by_shape(text, every)
        return Word(text, bare, clitic, roles, _by_second(names))

    def _roles(self, bare: str) -> int:
        """What the lists say, for the word itself, its masculine, and both without the article."""
        roles = self.roles.get(bare, 0) | (Role.FUNCTION if is_hundreds(bare) else 0)
        if bare.endswith("ه") and len(bare) > _STEM_MIN:
            roles |= self.roles.get(bare[:-1], 0) & _FEMININE
        if bare.startswith("ال") and len(bare) > 4:
            stem = bare[2:]
            within = self.roles.get(stem, 0) & _WITH_ARTICLE
            if stem.endswith("ه"):
                within |= self.roles.get(stem[:-1], 0) & _FEMININE
            if within & Role.ORG_ADJECTIVE:
                within &= ~Role.FUNCTION  # «عام» is a year as well, «العام» describes
            if within:
                roles |= within | Role.DEFINITE
        elif not roles & ~Role.COMMON:
            roles |= self._owned_title(bare)
        return roles

    def _owned_title(self, bare: str) -> int:
        """«رئيسها», «زوجته»: a title with a pronoun is definite."""
        for letters in (1, 2, 3):
            if bare[-letters:] in _PRONOUNS and len(bare) - letters >= _STEM_MIN:
                stem = bare[:-letters]
                without_t = stem.removesuffix("ت")  # «زوجته» is of زوجة
                if any(self.roles.get(form, 0) & Role.TITLE for form in (stem, without_t, without_t + "ه")):
                    return Role.TITLE | Role.DEFINITE
        return 0

    def _by_shape(self, text: str, every: Sequence[tuple[int, str]]) -> tuple[int, str, int]:
        """An unlisted word: a number, Latin letters, a form of an ordinary word, or nothing that is known."""
        if not text.isalpha():
            figures = any(letter.isdigit() for letter in text)
            return 0, text, Role.NUMBER if figures else Role.FOREIGN
        if text.isascii():
            return 0, text, Role.FOREIGN
        for clitic, bare in every:
            if self._is_ordinary(bare):
                return clitic, bare, Role.COMMON | Role.BY_SHAPE
        if len(text) >= _OWNED_MIN and (text.endswith(_OWNED) or text.startswith(("يست", "تست"))):
            return 0, text, Role.COMMON | Role.BY_SHAPE
        return 0, text, 0

    def _is_ordinary(self, bare: str) -> bool:
        """Whether article, ending and the verb's prefix leave the stem of an ordinary word."""
        stems = [bare]
        if bare.startswith("ال") and len(bare) > 4:
            stems.append(bare[2:])
        elif bare[0] == "س" and len(bare) > 4 and bare[1] in _VERB:
            stems += [bare[1:], bare[2:]]
        elif bare[0] in _VERB and len(bare) > _STEM_MIN:
            stems.append(bare[1:])
        endings = _ENDINGS if len(stems) > 1 and stems[1] == bare[2:] else _LOOSE_ENDINGS
        for stem in stems:
            if self._is_common(stem) or is_noun_shaped(stem) or self._ends_ordinarily(stem, endings):
                return True
        return False

    def _ends_ordinarily(self, stem: str, endings: frozenset[str]) -> bool:
        for letters in (1, 2, 3):
            if stem[-letters:] in endings and len(stem) - letters >= _STEM_MIN:
                rest = stem[:-letters]
                if self._is_common(rest) or self._is_common(rest + "ه"):
                    return True
        return False

    def _is_common(self, stem: str) -> bool:
        roles = self.roles.get(stem, 0)
        return bool(roles & _HOLDERS) or roles & Role.FORM == Role.COMMON


def _by_second(names: list[tuple[int, Name]]) -> dict[str, tuple[tuple[int, Name], ...]]:
    if not names:
        return _NO_NAMES
    names.sort(key=lambda found: (-len(found[1].words), found[0], found[1].entity is None))
    found: dict[str, list[tuple[int, Name]]] = {}
    for clitic, name in names:
        found.setdefault(name.words[1] if len(name.words) > 1 else "", []).append((clitic, name))
    return {second: tuple(each) for second, each in found.items()}
