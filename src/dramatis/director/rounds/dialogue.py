"""The experts' rounds: each expert sees the others' claims and answers; the director settles conflicts and fills gaps.

Round 1 has each expert's report. In the next rounds each may support or contradict claims of others, or revise its
own (a revision supports the claim that it replaces). When no expert adds anything, conflicts are settled by
priority (words, then voice, then picture), and emotions are blended: the second modifies the first.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from dramatis.clock import Span
from dramatis.director.casting.portrayal import portrayed
from dramatis.director.claims import AudioReport, Material, TextReport, VisualReport
from dramatis.director.rounds.defaults import defaults, narrow
from dramatis.director.rounds.negative import negatives
from dramatis.story import FRAMINGS, Claim, Conflict, Deliberation

Answer = Callable[[Sequence[Claim], int], list[Claim]]
"""All claims so far and the round's number -> what an expert adds."""
ROUNDS = 3
WEIGHT = {"text": 4.0, "audio": 1.0, "visual": 0.5, "director": 0.0}
"""Weight of an expert's emotion where experts differ."""
IMPLIED = 0.7
"""Words with a lower confidence than this only imply an emotion, and yield to a voice with a higher one."""
TRACE = 0.06
"""Minimum intensity in a blend."""
HANDS = frozenset(
    ("wave", "raise both hands", "fold arms", "point", "shrug", "clap", "take off glasses", "drink", "hand over", "bow")
)
BODY = frozenset(("walk in", "sit down", "stand up", "dance", "turn left", "turn right"))


@dataclass
class Discussion:
    """All claims so far, and the director's result."""

    claims: list[Claim] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)
    filled: list[int] = field(default_factory=list)

    def say(self, claim: Claim) -> int:
        """The place of a new claim."""
        self.claims.append(claim)
        return len(self.claims) - 1

    def active(self, *kinds: str) -> list[tuple[int, Claim]]:
        """Valid claims: without answers to others, and without revised or dropped ones."""
        return [
            (place, claim)
            for place, claim in enumerate(self.claims)
            if place not in self.dropped and (not kinds or claim.kind in kinds) and not self._answers(claim)
        ]

    def _answers(self, claim: Claim) -> bool:
        spoken_of = [self.claims[place].expert for place in (*claim.supports, *claim.contradicts)]
        return claim.round > 1 and claim.expert != "director" and bool(spoken_of) and claim.expert not in spoken_of


def deliberate(
    material: Material, audio: AudioReport, visual: VisualReport, text: TextReport, answers: Sequence[Answer] | None = None
) -> Deliberation:
    """The complete deliberation; `answers` are the experts' answer functions (None: by rules)."""
    discussion = Discussion([*text.claims, *audio.claims, *visual.claims])
    visual = as_filmed(material, visual)
    for number in range(2, ROUNDS + 1):
        heard = tuple(discussion.claims)
        said = [claim for answer in (answers if answers is not None else by_rules(visual)) for claim in answer(heard, number)]
        discussion.claims += said
        if not said:
            break
    _revise(discussion)
    _feel(discussion, material)
    _show(discussion, material, visual)
    _frame(discussion, material)
    for claim in defaults(material, audio, visual, [claim for _, claim in discussion.active()]):
        discussion.filled.append(discussion.say(claim))
    for claim in negatives([claim for _, claim in discussion.active()], material.names, material.prompt):
        discussion.say(claim)
    cast = portrayed(material, audio, [claim for _, claim in discussion.active()])
    discussion.filled += [discussion.say(claim) for claim in cast.claims]
    agreed = tuple(place for place, _ in discussion.active())
    return Deliberation(tuple(discussion.claims), tuple(discussion.conflicts), agreed, tuple(discussion.filled), cast.unshown)


def as_filmed(material: Material, visual: VisualReport) -> VisualReport:
    """The pictures whose framing the film has; a camera that films from any place keeps none."""
    return VisualReport(claims=visual.claims) if material.limits.framings else visual


# --- what the experts answer by rules ----------------------------------------------------------------------------------------


def by_rules(visual: VisualReport) -> tuple[Answer, ...]:
    """The three experts' answers without a language model."""
    return heard_against_words, lambda claims, number: seen_against_wishes(claims, number, visual), words_against_voice


def heard_against_words(claims: Sequence[Claim], number: int) -> list[Claim]:
    """The audio expert on feelings that the words wish for: the voice agrees, or it says another one."""
    if number > 2:
        return []
    answers = []
    for place, wish in enumerate(claims):
        if wish.expert != "text" or wish.kind != "emotion":
            continue
        heard = [claim for claim in claims if claim.expert == "audio" and claim.kind == "emotion" and together(claim, wish)]
        if heard:
            own = max(heard, key=lambda claim: common(claim, wish) * claim.confidence)
            agree = own.what == wish.what
            answers.append(
                replace(
                    own,
                    round=number,
                    span=wish.span,
                    evidence=f"the voice {'says so too' if agree else f'sounds like {own.what}'}: {own.evidence}".rstrip(": "),
                    supports=(place,) if agree else (),
                    contradicts=() if agree else (place,),
                )
            )
    return answers


def seen_against_wishes(claims: Sequence[Claim], number: int, visual: VisualReport) -> list[Claim]:
    """The visual expert on actions that the picture has no room for."""
    if number > 2:
        return []
    answers = []
    for place, wish in enumerate(claims):
        framing = hidden(wish, visual)
        if framing:
            evidence = f"a {framing} shows no {'hands' if wish.what in HANDS else 'body'}"
            answers.append(Claim("visual", number, "framing", framing, wish.who, None, evidence=evidence, contradicts=(place,)))
    return answers


def words_against_voice(claims: Sequence[Claim], number: int) -> list[Claim]:
    """The text expert on a voice that contradicts it: explicit words stay, implied ones get a lower confidence."""
    answers = []
    for other in claims:
        for place in other.contradicts if other.expert == "audio" and other.round == number - 1 else ():
            own = claims[place]
            if own.expert == "text" and own.confidence < IMPLIED:
                evidence = "the words only imply it, and the voice says otherwise"
                answers.append(replace(own, round=number, confidence=own.confidence / 2, evidence=evidence, supports=(place,)))
    return answers


def hidden(wish: Claim, visual: VisualReport) -> str:
    """The framing that hides an action, or "": nobody shows it in any picture."""
    if wish.kind != "action" or wish.what not in HANDS | BODY:
        return ""
    seen = [person for scene in visual.scenes for person in scene.people if wish.who in (None, person.who)]
    if not seen or any(
        person.framing == "full" or (wish.what in HANDS and (person.hands or person.framing == "medium")) for person in seen
    ):
        return ""
    return seen[0].framing


# --- what the director settles -----------------------------------------------------------------------------------------------


def together(one: Claim, two: Claim) -> bool:
    """Whether two claims concern the same person at the same time."""
    return (one.who is None or two.who is None or one.who == two.who) and common(one, two) > 0


def common(one: Claim, two: Claim) -> float:
    """Seconds that both hold; much, where one holds for the whole film."""
    if one.span is None or two.span is None:
        return (one.span or two.span or Span(0.0, 1e6)).seconds
    return one.span.overlap(two.span)


def _revise(discussion: Discussion) -> None:
    """What an expert revised counts no more."""
    for claim in discussion.claims:
        for place in claim.supports:
            old = discussion.claims[place]
            if (old.expert, old.kind) == (claim.expert, claim.kind):
                discussion.dropped.add(place)


def _feel(discussion: Discussion, material: Material) -> None:
    """Feelings: the first expert's stand, the others' colour them where both hold."""
    ranked = sorted(discussion.active("emotion"), key=lambda entry: -WEIGHT[entry[1].expert])
    met: dict[int, list[int]] = {}
    kept: dict[int, list[int]] = {}
    for at, (place, second) in enumerate(ranked):
        firsts = [
            entry for entry in ranked[:at] if WEIGHT[entry[1].expert] > WEIGHT[second.expert] and together(entry[1], second)
        ]
        for first_place, first in _nearest(firsts):
            kept.setdefault(first_place, []).extend(discussion.say(claim) for claim in blended(first, second, material.seconds))
            if second.what != first.what:
                met.setdefault(first_place, []).append(place)
        if _covered(second, [first for _, first in firsts], material.seconds):
            discussion.dropped.add(place)
    for first_place, others in met.items():
        first, other = discussion.claims[first_place], discussion.claims[others[0]]
        come = {"text": "the words come", "audio": "the voice comes", "visual": "the picture comes"}
        how = f"{come[first.expert]} first: {first.what} leads, {other.what} colours it"
        discussion.conflicts.append(Conflict((first_place, *others), "emotion", tuple(kept[first_place]), how))
    for place, claims in kept.items():
        if any(discussion.claims[said].span == _span(discussion.claims[place], material.seconds) for said in claims):
            discussion.dropped.add(place)


def _nearest(firsts: list[tuple[int, Claim]]) -> list[tuple[int, Claim]]:
    """Of several experts that come before, the first one's claims."""
    best = max((WEIGHT[claim.expert] for _, claim in firsts), default=0.0)
    return [entry for entry in firsts if WEIGHT[entry[1].expert] == best]


def blended(first: Claim, second: Claim, seconds: float) -> list[Claim]:
    """The first feeling, nearer to the second in strength; where they differ, the second remains as a trace."""
    one, two = _span(first, seconds), _span(second, seconds)
    start, end = max(one.start, two.start), min(one.end, two.end)
    if end <= start:
        return []
    mine, theirs = WEIGHT[first.expert] * first.confidence, WEIGHT[second.expert] * second.confidence
    share = theirs / max(mine + theirs, 1e-6)
    alike = first.what == second.what
    strength = first.intensity * (1 - share) + (second.intensity * share if alike else 0.0)
    lead = replace(
        first, expert="director", round=ROUNDS + 1, who=second.who or first.who, span=Span(start, end),
        intensity=round(strength, 3), supports=(), contradicts=(), evidence=f"{first.evidence}; {second.evidence}".strip("; "),
    )  # fmt: skip
    trace = replace(lead, what=second.what, intensity=round(second.intensity * share, 3), evidence=second.evidence)
    return [lead] if alike or trace.intensity < TRACE else [lead, trace]


def _span(claim: Claim, seconds: float) -> Span:
    return claim.span or Span(0.0, seconds)


def _covered(claim: Claim, others: Iterable[Claim], seconds: float) -> bool:
    """Whether others hold everywhere where a claim holds."""
    at, own = _span(claim, seconds).start, _span(claim, seconds)
    for span in sorted(_span(other, seconds) for other in others):
        if span.start <= at + 1e-6:
            at = max(at, span.end)
    return at >= own.end - 1e-6


def _show(discussion: Discussion, material: Material, visual: VisualReport) -> None:
    """Wishes that the picture or the engine cannot show are named; they stay in the plan."""
    for place, wish in discussion.active("action", "camera"):
        framing = hidden(wish, visual)
        if framing:
            said = [at for at, claim in enumerate(discussion.claims) if place in claim.contradicts and claim.kind == "framing"]
            needed = "medium" if wish.what in HANDS else "full"
            if material.limits.needs_face:
                kept: tuple[int, ...] = (place,)
                how = "the picture stays; the wish is shown by what is in it"
            else:
                claim = Claim("director", ROUNDS + 1, "framing", needed, wish.who, evidence=f"room for: {wish.what}")
                kept, how = (place, discussion.say(claim)), f"the words come first: a {needed} picture"
            discussion.conflicts.append(
                Conflict((place, *said), f"framing: {wish.what} cannot be seen in a {framing}", kept, how)
            )
        elif wish.what in material.limits.cannot:
            how = "the wish stays in the plan, and what is nearest to it is shown"
            discussion.conflicts.append(
                Conflict((place,), f"the engine {material.limits.name} cannot show: {wish.what}", (place,), how)
            )
        elif wish.kind == "camera" and wish.what != "static" and narrow(material, visual):
            how = "the wish stays in the plan; a camera that keeps the face whole hardly moves"
            discussion.conflicts.append(Conflict((place,), f"framing: the face leaves no room for: {wish.what}", (place,), how))


def _frame(discussion: Discussion, material: Material) -> None:
    """One framing each: the words', but a picture that is filmed as it is cannot become wider."""
    for place, wish in discussion.active("framing"):
        seen = [entry for entry in discussion.active("framing") if entry[1].expert == "visual" and wish.expert != "visual"]
        for other_place, other in seen:
            if other.what not in FRAMINGS or wish.what not in FRAMINGS or wish.what == other.what:
                continue
            wider = FRAMINGS.index(wish.what) > FRAMINGS.index(other.what)
            lost = place if wider and material.limits.needs_face else other_place
            if wider and wish.expert == "text":
                how = "a picture cannot become wider than it is" if lost == place else "the words come first"
                kept = other_place if lost == place else place
                discussion.conflicts.append(Conflict((place, other_place), "framing", (kept,), how))
            discussion.dropped.add(lost)
