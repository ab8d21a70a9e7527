"""The minutes of a deliberation, in English or Chinese: claims by round, conflicts and how they were settled.

Reasons of a shot are told here, too.
"""

from dataclasses import replace
from typing import Literal

from dramatis.director.pattern import Pattern
from dramatis.director.rounds.chinese import in_chinese
from dramatis.story import Claim, Conflict, Deliberation, Reason

Language = Literal["en", "zh"]
_CHINESE = Pattern(r"[一-鿿]")
_EXPERTS = {"audio": "声音专家", "visual": "画面专家", "text": "文字专家", "director": "导演"}
_KINDS = {
    "emotion": "情绪", "action": "动作", "camera": "镜头", "framing": "景别", "speaker": "说话者", "listener": "倾听",
    "look": "外貌", "setting": "场景", "style": "风格", "mood": "气氛", "avoid": "避免", "line": "台词",
}  # fmt: skip
_FELT = ("emotion", "action", "camera")
_DEGREES = ((0.5, "a little"), (0.85, ""), (1.1, "strongly"))
_PARTS = (
    (Pattern(r"conflict about (.+)"), "关于{}的分歧"),
    (Pattern(r"([\d.]+)-([\d.]+) s"), "{}–{} 秒"),
    (Pattern(r'at "(.+)"'), "说到“{}”时"),
    (Pattern("a little"), "轻微"),
    (Pattern("strongly"), "强烈"),
    (Pattern(rf"({'|'.join(_KINDS)}): (.+)"), "{}：{}"),
)


def reason_of(claim: Claim) -> Reason:
    """A claim as a reason of a shot."""
    felt = claim.kind in _FELT
    much = next(word for most, word in _DEGREES if claim.intensity < most) if felt else ""
    when = f"{claim.span.start:.1f}-{claim.span.end:.1f} s" if claim.span else ""
    at = f'at "{claim.at}"' if claim.at else ""
    what = claim.what if felt else f"{claim.kind}: {claim.what}"
    said = ", ".join(part for part in (claim.who or "", what, much, when, at) if part)
    return Reason(claim.expert, said, claim.evidence, round(claim.confidence, 2))


def told(reason: Reason, language: Language) -> Reason:
    """A reason in the language."""
    if language == "en":
        return reason
    return replace(reason, claim="，".join(map(_part, reason.claim.split(", "))), evidence=in_chinese(reason.evidence))


def told_conflict(conflict: Conflict, language: Language) -> Conflict:
    """A conflict in the language."""
    return conflict if language == "en" else replace(conflict, about=_word(conflict.about), how=in_chinese(conflict.how))


def _part(said: str) -> str:
    for pattern, told_so in _PARTS:
        match = pattern.fullmatch(said)
        if match:
            return told_so.format(*map(_word, match.groups()))
    return _word(said)


def chinese(words: str) -> bool:
    """Whether a text is (partly) Chinese."""
    return _CHINESE.search(words) is not None


def minutes(deliberation: Deliberation, language: Language = "en") -> tuple[str, ...]:
    """One line for each claim, conflict, gap and wish that cannot be shown; claims are numbered as others refer to them."""
    lines, now = [], None
    for place, claim in enumerate(deliberation.claims):
        if claim.round != now:
            now = claim.round
            lines.append(f"第 {now} 轮" if language == "zh" else f"Round {now}")
        filled = place in deliberation.filled
        lines.append(f"  {place + 1}. {_claim(claim, filled, language)}")
    for conflict in deliberation.conflicts:
        settled = told_conflict(conflict, language)
        among, kept = (", ".join(str(place + 1) for place in places) for places in (conflict.claims, conflict.kept))
        if language == "zh":
            lines.append(f"冲突 ({among})：{settled.about}；保留 {kept or '无'}。{settled.how}")
        else:
            lines.append(f"Conflict ({among}) about {settled.about}: kept {kept or 'nothing'}. {settled.how}")
    for one in deliberation.unshown:
        if language == "zh":
            lines.append(f"无法呈现：{one.wish}" + (f"（代之以：{one.shown}）" if one.shown else ""))
        else:
            lines.append(f"Cannot be shown: {one.wish}" + (f" ({one.shown} is shown)" if one.shown else ""))
    return tuple(lines)


def _word(word: str) -> str:
    return _KINDS.get(word) or in_chinese(word)


def _claim(claim: Claim, filled: bool, language: Language) -> str:
    zh = language == "zh"
    expert = _EXPERTS[claim.expert] if zh else claim.expert
    what = f"{_KINDS[claim.kind]}：{_word(claim.what)}" if zh else f"{claim.kind} {claim.what}"
    parts = [f"{claim.who} {what}" if claim.who else what]
    if claim.kind in ("emotion", "action", "camera"):
        parts.append(f"{'强度' if zh else 'intensity'} {claim.intensity:.2f}")
    if claim.span is not None:
        parts.append(f"{claim.span.start:.1f}-{claim.span.end:.1f} {'秒' if zh else 's'}")
    if claim.at:
        parts.append(f"说到“{claim.at}”时" if zh else f'at the word "{claim.at}"')
    parts.append(f"{'把握' if zh else 'sure'} {claim.confidence:.0%}")
    for name, places in (("支持" if zh else "supports", claim.supports), ("反对" if zh else "contradicts", claim.contradicts)):
        if places:
            parts.append(f"{name} {', '.join(str(place + 1) for place in places)}")
    if filled:
        parts.append("补全" if zh else "fills a gap")
    evidence = f" — {in_chinese(claim.evidence) if zh else claim.evidence}" if claim.evidence else ""
    return f"{expert}{'：' if zh else ': '}{', '.join(parts)}{evidence}"
